import { invalid, unknownParameter } from './errors.ts';

/** The parameters of a request by their bracketed names, and what it wants expanded. */
export type Query = { values: ReadonlyMap<string, string>; expand: readonly string[] };

export type Range = { gt?: number; gte?: number; lt?: number; lte?: number };

const MAX_LIMIT = 100;
const MAX_EXPAND_LEVELS = 4;

/** Reads both spellings, `created[gte]` and `created%5Bgte%5D`, and both of arrays, `expand[]` and `expand[0]`. */
export function parseQuery(search: string): Query {
  const values = new Map<string, string>();
  const expand: string[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    if (/^expand\[\d*\]$/.test(name)) expand.push(value);
    else if (name === 'expand') throw invalid('Invalid array', { param: 'expand' });
    else values.set(name.endsWith('[]') ? `${name.slice(0, -1)}${values.size}]` : name, value);
  }
  for (const path of expand) {
    if (path.split('.').length > MAX_EXPAND_LEVELS) {
      const message = `You cannot expand more than ${MAX_EXPAND_LEVELS} levels of a property. Property: ${path}`;
      throw invalid(message, { code: 'property_expansion_max_depth' });
    }
  }
  return { values, expand };
}

/** @throws Refusal for the first parameter whose name, without brackets, is not allowed */
export function refuseUnknown(query: Query, allowed: readonly string[]): void {
  for (const name of query.values.keys()) {
    const base = name.replace(/\[.*$/, '');
    if (!allowed.includes(base)) throw unknownParameter(base);
  }
}

export function limitOf(query: Query): number {
  const text = query.values.get('limit');
  if (text === undefined) return 10;
  const limit = integer(text, 'limit');
  if (limit < 1) throw invalid('This value must be greater than or equal to 1.', { param: 'limit' });
  if (limit > MAX_LIMIT) {
    throw invalid(`This value must be less than or equal to ${MAX_LIMIT}.`, { param: 'limit' });
  }
  return limit;
}

/** A range filter such as `created`, given as bounds or as one exact second; null when it is not asked for. */
export function rangeOf(query: Query, name: string): Range | null {
  const exact = query.values.get(name);
  if (exact !== undefined) {
    const second = integer(exact, name);
    return { gte: second, lte: second };
  }
  const range: Range = {};
  for (const [key, value] of query.values) {
    if (!key.startsWith(`${name}[`)) continue;
    const bound = key.slice(name.length + 1, -1);
    if (bound !== 'gt' && bound !== 'gte' && bound !== 'lt' && bound !== 'lte') throw unknownParameter(key);
    range[bound] = integer(value, key);
  }
  return Object.keys(range).length === 0 ? null : range;
}

export function inRange(value: number, { gt, gte, lt, lte }: Range): boolean {
  if (gt !== undefined && value <= gt) return false;
  if (gte !== undefined && value < gte) return false;
  if (lt !== undefined && value >= lt) return false;
  return lte === undefined || value <= lte;
}

/** The members of an array parameter, `types[0]=a&types[1]=b`; null when it is not asked for. */
export function arrayOf(query: Query, name: string): string[] | null {
  const members = [...query.values].filter(([key]) => key.startsWith(`${name}[`)).map(([, value]) => value);
  return members.length === 0 ? null : members;
}

export function booleanOf(text: string, param: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw invalid(`Invalid boolean: ${text}`, { param });
}

function integer(text: string, param: string): number {
  if (!/^-?\d+$/.test(text)) {
    throw invalid(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param });
  }
  return Number(text);
}
