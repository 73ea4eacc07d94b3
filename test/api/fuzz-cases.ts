import fc from 'fast-check';
import { type Operation, resolve, type Schema } from './contract/document.ts';

/** A request that no client of ours would send. */
export type Hostile = {
  what: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
};

const DEEP = 200;
const long = 'x'.repeat(100_000);
const deepArray = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
const deepObject = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;

/** JSON texts, for not all of these can be made by `JSON.stringify`. */
export const VALUES: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '1e308',
  '5e-324',
  '9007199254740993',
  '123456789012345678901234567890123456789012345678901234567890',
  '"NaN"',
  '"Infinity"',
  '""',
  '" "',
  `"${long}"`,
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u202e\\u0627\\u0644"',
  '"\\u200b\\u200d\\ufeff"',
  '"👩‍👩‍👧‍👦🏳️‍🌈"',
  '"Z̸̡̛͇a̵l̷g̶o̸"',
  '"\'; DROP TABLE workspace; --"',
  '"${7*7}{{7*7}}<script>alert(1)</script>"',
  '"../../../../etc/passwd"',
  '"__proto__"',
  '"constructor"',
  '"2026-02-30"',
  '"0000-00-00"',
  '"9999-12-31"',
  '"275760-09-14"',
  '"2026-01-01T00:00:00Z"',
  '"http://169.254.169.254/latest/meta-data"',
  '"file:///etc/passwd"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[{}]',
  '{"a":1}',
  '{"length":1e9}',
  '{"toString":1,"valueOf":2,"hasOwnProperty":3,"then":4,"toJSON":5}',
  deepArray,
  deepObject,
];
const POLLUTING: readonly string[] = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"prototype":{"polluted":true}}',
  '{"\\u005f_proto__":{"polluted":true}}',
];
const GARBAGE: readonly string[] = [
  '',
  'null',
  '"text"',
  '12',
  '[]',
  '{',
  '{"a":1,}',
  '\u0000',
  '\ufeff{}',
  `[${'0,'.repeat(20_000)}0]`,
  deepArray,
  deepObject,
  'NaN',
];
const TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json, text/html',
  ';',
  'application/x-www-form-urlencoded',
];
const IDS = [
  '%2e%2e%2f%2e%2e%2fboard',
  '..%2f..%2f',
  '%00',
  'a%00b',
  '%ed%a0%80',
  '%',
  '%zz',
  'x'.repeat(5_000),
  '__proto__',
  'constructor',
  '%27%20OR%201%3D1--',
  '%F0%9F%92%A9',
  '%E2%80%AE',
  'toString',
  '-1',
  '%2F',
  ' '.replace(' ', '%20'),
  '*',
  '%0d%0aSet-Cookie:a=b',
];
const QUERIES = [
  '__proto__[polluted]=1',
  'constructor.prototype.polluted=1',
  'limit=1e400',
  'limit=-1',
  'limit=NaN',
  'limit=1&limit=2',
  'cursor=%00',
  `cursor=${'A'.repeat(3_000)}`,
  'cursor=eyJhIjoxfQ.AAAA',
  'asOf=0000-00-00',
  'asOf=275760-09-14T00:00:00Z',
  'from=9999-12-31&to=0001-01-01',
  'from=%00',
  '%ff=%ff',
  'a&'.repeat(2_000),
  'a[b][c]=1',
  '?',
  '%',
];
const HEADERS: readonly Record<string, string>[] = [
  { 'if-match': '"'.repeat(4_000) },
  { 'if-none-match': `${'W/"a",'.repeat(1_000)}*` },
  { 'idempotency-key': '\u00ff' },
  { 'idempotency-key': '__proto__' },
  { 'x-request-id': 'a'.repeat(9_000) },
  { 'last-event-id': '-1' },
  { 'accept-language': 'zh,'.repeat(2_000) },
  { accept: '*'.repeat(2_000), cookie: `${'a=b; '.repeat(800)}tdm_sid=__proto__` },
  { 'x-forwarded-for': "127.0.0.1, ' OR 1=1" },
  { 'content-encoding': 'gzip' },
  { expect: 'nothing' },
  { range: 'bytes=0-18446744073709551615' },
  { origin: 'null' },
];

type Valid = { path: string; body: Record<string, unknown> | null; file: boolean };

/**
 * Hostile requests of one operation, drawn with the seed; every field of its body is among them with a wrong value at least
 * once over the rounds.
 */
export function hostileRequests(operation: Operation, valid: Valid, seed: number, count: number): Hostile[] {
  const usual = valid.file
    ? { 'content-type': 'application/octet-stream' }
    : { 'content-type': 'application/json' };
  const writes = operation.method !== 'GET';
  const inPath = operation.path.includes('{');
  const withId = (id: string): string => operation.path.replace(/\{\w+\}/g, () => id);
  const whole = valid.body === null ? '{}' : JSON.stringify(valid.body);
  const withQuery = (query: string): string => `${valid.path}${valid.path.includes('?') ? '&' : '?'}${query}`;
  const names = operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  const texts = VALUES.map((value) => (value.startsWith('"') ? value.slice(1, -1) : value)).filter(
    (value) => value.length < 5_000,
  );
  const of = <T>(all: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...all);
  const request = (what: string, more: Partial<Hostile>): Hostile => ({
    what,
    path: valid.path,
    headers: usual,
    ...(writes ? { body: whole } : {}),
    ...more,
  });
  const kinds: fc.Arbitrary<Hostile>[] = [
    of(QUERIES).map((query) => request('query', { path: withQuery(query) })),
    of(HEADERS).map((headers) => request('headers', { headers: { ...usual, ...headers } })),
  ];
  if (names.length > 0)
    kinds.push(
      fc.tuple(of(names), of(texts)).map(([name, value]) =>
        request('parameter', {
          path: withQuery(
            `${name}=${encodeURIComponent(value.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => (/^d[89a-f]/.test(hex) ? '\ufffd' : String.fromCharCode(Number.parseInt(hex, 16)))))}`,
          ),
        }),
      ),
    );
  if (inPath) kinds.push(of(IDS).map((id) => request('id', { path: withId(id) })));
  if (writes) {
    kinds.push(
      of(GARBAGE).map((body) => request('garbage', { body })),
      of(POLLUTING).map((body) => request('pollution', { body })),
      of(TYPES).map((type) => request('type', { headers: { 'content-type': type } })),
      fc.string({ unit: 'binary', maxLength: 400 }).map((body) => request('noise', { body })),
      fc.json({ maxDepth: 6 }).map((body) => request('any JSON', { body })),
    );
    const places = placesOf(operation);
    if (places.length > 0) {
      const spoilt = fc
        .tuple(of(places), of([...VALUES, ...POLLUTING]))
        .map(([place, value]) =>
          request(`/${place.join('/')}`, { body: withValue(valid.body ?? {}, place, value) }),
        );
      kinds.push(
        spoilt,
        spoilt,
        spoilt,
        of(places).map((place) =>
          request(`without /${place.join('/')}`, { body: without(valid.body ?? {}, place) }),
        ),
        of(places).map((place) =>
          request('a key twice', { body: whole.replace(/^\{/, `{${JSON.stringify(place[0])}:1,`) }),
        ),
      );
    }
  }
  return fc.sample(fc.oneof(...kinds), { numRuns: count, seed });
}

type Place = readonly string[];

/** Every field of the body, with those inside of it; of an array its first item. */
export function placesOf(operation: Operation): Place[] {
  const schema = operation.body['application/json']?.schema;
  return schema === undefined ? [] : [...inside(schema, [], 0)];
}

function* inside(given: Schema, at: Place, depth: number): Generator<Place> {
  if (depth > 5) return;
  const schema = resolve<Schema>(given);
  for (const list of ['anyOf', 'oneOf', 'allOf'])
    for (const each of (schema[list] ?? []) as Schema[]) yield* inside(each, at, depth + 1);
  for (const [name, each] of Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)) {
    yield [...at, name];
    yield* inside(each, [...at, name], depth + 1);
  }
  if (typeof schema['items'] === 'object' && schema['items'] !== null) {
    yield [...at, '0'];
    yield* inside(schema['items'] as Schema, [...at, '0'], depth + 1);
  }
}

const HERE = 'here-comes-the-value';
/** The body as JSON, with a text in its place that need not be what `JSON.stringify` would write. */
export function withValue(body: object, place: Place, text: string): string {
  const copy = structuredClone(body) as Record<string, unknown>;
  put(copy, place, HERE);
  return JSON.stringify(copy).replace(`"${HERE}"`, () => text);
}

function without(body: object, place: Place): string {
  const copy = structuredClone(body) as Record<string, unknown>;
  put(copy, place, undefined);
  return JSON.stringify(copy);
}

function put(at: Record<string, unknown>, [first = '', ...rest]: Place, value: unknown): void {
  if (rest.length === 0) {
    at[first] = value;
    return;
  }
  const next = at[first];
  const holds = typeof next === 'object' && next !== null;
  const made = rest[0] === '0' ? [] : {};
  if (!holds) at[first] = made;
  put(at[first] as Record<string, unknown>, rest, value);
}
