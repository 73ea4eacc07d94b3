import { usageError } from './cli-error.ts';

/** The part of a JSON Schema that decides how the text of a flag is read. */
type FieldSchema = { type?: unknown; anyOf?: unknown; oneOf?: unknown; description?: unknown };
export type ObjectSchema = {
  properties?: Record<string, FieldSchema>;
  required?: string[];
  /** Groups of which at least one field has to be given, the usual one first. */
  allOf?: { anyOf?: { required?: string[] }[] }[];
};

/** `--param a=1 --param b=x`: names once each, values as text. */
export function parsePairs(pairs: readonly string[], flag: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = at < 0 ? '' : pair.slice(0, at).trim();
    // The value is not repeated: it may be a secret that was typed in the wrong place.
    if (name === '')
      throw usageError(`${flag} needs a name and a value`, `Write it like ${flag} name=value.`);
    if (Object.hasOwn(values, name)) throw usageError(`${flag} ${name} is given twice`);
    values[name] = pair.slice(at + 1);
  }
  return values;
}

/**
 * Texts as the types that a JSON Schema asks for. A name that the schema does not know stays a text: the API
 * refuses it with the list of what it knows.
 */
export function typedValues(
  values: Record<string, string>,
  schema: ObjectSchema,
  flag: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [
      name,
      typedValue(text, schema.properties?.[name], `${flag} ${name}`),
    ]),
  );
}

export function typedValue(text: string, schema: FieldSchema | undefined, flag: string): unknown {
  const types = typesOf(schema);
  if (types.size === 0 || types.has('string')) return text;
  if (types.has('number') || types.has('integer')) {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw usageError(`${flag} has to be a number`);
    return value;
  }
  if (types.has('boolean')) {
    if (text !== 'true' && text !== 'false') throw usageError(`${flag} has to be true or false`);
    return text === 'true';
  }
  if (types.has('array') && !text.trim().startsWith('[')) return text.split(',').map((item) => item.trim());
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw usageError(`${flag} has to be JSON`);
  }
}

function typesOf(schema: FieldSchema | undefined): Set<string> {
  if (schema === undefined) return new Set();
  const own = Array.isArray(schema.type) ? schema.type : [schema.type];
  const choices = [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const types = new Set(own.filter((type) => typeof type === 'string'));
  for (const choice of choices) for (const type of typesOf(choice as FieldSchema)) types.add(type);
  return types;
}
