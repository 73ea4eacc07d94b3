/** A form out of the JSON Schema of a metric's parameters: fields as text, and back to what the API takes. */

export type ParamField = {
  name: string;
  kind: 'text' | 'lines' | 'number' | 'flag' | 'choice' | 'list' | 'json';
  required: boolean;
  /** In the words of the connector. */
  description: string;
  /** What is taken when nothing is said; empty: nothing. */
  usual: string;
  /** As they are sent; they are shown as text. */
  choices: readonly (string | number)[];
  min: string | null;
  max: string | null;
};

type Schema = {
  type?: unknown;
  enum?: unknown;
  description?: unknown;
  default?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  items?: unknown;
  contentMediaType?: unknown;
  anyOf?: unknown;
  oneOf?: unknown;
  const?: unknown;
};

export function paramFields(schema: Readonly<Record<string, unknown>>): ParamField[] {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>; // JSON Schema, as the API says
  const required = (Array.isArray(schema['required']) ? schema['required'] : []) as string[];
  const fields = Object.entries(properties).map(([name, property]) => {
    const usual = property.default === undefined ? '' : textOf(property.default);
    return {
      name,
      kind: kindOf(property),
      // What has a default need not be said, whatever the schema calls it.
      required: required.includes(name) && property.default === undefined,
      description: typeof property.description === 'string' ? property.description : '',
      usual,
      choices: choicesOf(property),
      min: typeof property.minimum === 'number' ? String(property.minimum) : null,
      max: typeof property.maximum === 'number' ? String(property.maximum) : null,
    };
  });
  return fields.toSorted((a, b) => Number(b.required) - Number(a.required));
}

function kindOf(schema: Schema): ParamField['kind'] {
  if (choicesOf(schema).length > 0) return 'choice';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'array') return 'list';
  // Text of a language of its own, such as a query, has several lines.
  if (schema.type === 'string' && schema.contentMediaType !== undefined) return 'lines';
  return schema.type === 'string' || schema.type === undefined ? 'text' : 'json';
}

/** Those of a list, or of alternatives each of which is one value. */
function choicesOf({ anyOf, enum: words, oneOf }: Schema): (string | number)[] {
  const alternatives = [anyOf, oneOf].find(Array.isArray) as Schema[] | undefined; // JSON Schema, as the API says
  const listed: unknown[] = Array.isArray(words) ? words : (alternatives ?? []).map((each) => each.const);
  const plain = listed.filter((each) => typeof each === 'string' || typeof each === 'number');
  return plain.length === listed.length ? plain : [];
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was typed as the types that the schema asks for; what was left empty is left out. */
export function typedParams(
  fields: readonly ParamField[],
  texts: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const given = fields.flatMap((field) => {
    const text = (texts[field.name] ?? '').trim();
    return text === '' ? [] : [[field.name, typed(field, text)] as const];
  });
  return Object.fromEntries(given);
}

function typed({ choices, kind }: ParamField, text: string): unknown {
  switch (kind) {
    case 'number': {
      const value = Number(text);
      // The API says what is wrong with it, in the field's own words.
      return Number.isFinite(value) ? value : text;
    }
    case 'flag':
      return text === 'true';
    case 'list':
      return text.split(/[,\n，]/).flatMap((item) => {
        const word = item.trim();
        return word === '' ? [] : [/^-?\d+$/.test(word) ? Number(word) : word];
      });
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return text;
      }
    case 'choice':
      return choices.find((choice) => String(choice) === text) ?? text;
    case 'lines':
    case 'text':
      return text;
  }
}

/** The fields that have to be filled in and are not. */
export function missingFields(
  fields: readonly ParamField[],
  texts: Readonly<Record<string, string>>,
): string[] {
  return fields
    .filter(({ name, required }) => required && (texts[name] ?? '').trim() === '')
    .map(({ name }) => name);
}
