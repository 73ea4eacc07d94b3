import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductEvent } from '../../src/domain/events/records.ts';
import { bigquery } from '../../src/event-sql/dialects/bigquery.ts';
import { clickhouse } from '../../src/event-sql/dialects/clickhouse.ts';
import { compileAsk, type DialectName } from '../../src/event-sql/index.ts';
import { cohort, period } from '../domain/events/measure.ts';
import { type Engine, eventTable, openDuckdb, openPostgres } from './support/engines.ts';

/** Names as somebody would write them who wants more than to name an event. */
const hostile = [
  "x' OR '1'='1",
  "x'; DROP TABLE person; --",
  "\\' OR 1=1 --",
  'back\\slash',
  'ends with \\',
  `quote " and tick \``,
  '$1 ? @name {{x}} /* no comment */',
  'two\nlines\r\n',
  'E\\047 \\x27 \\u0027',
  '日本語 🎉',
];
const window = period('2026-03-01', '2026-03-02');
const did = (event: string, userId: string, properties = {}): ProductEvent => ({
  id: null,
  userId,
  event,
  at: new Date('2026-03-01T10:00:00Z'),
  properties,
});

const engines: { dialect: DialectName; open: () => Promise<Engine> }[] = [
  { dialect: 'duckdb', open: openDuckdb },
  { dialect: 'postgres', open: openPostgres },
];

describe.each(engines)('on $dialect', ({ dialect, open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    // Each name by one person, and one by two, which a condition that is always true would count too.
    const events = hostile.map((name, index) => did(name, `p${index}`, { [name]: 'cart' }));
    await engine.hold([...events, did('open', 'x'), did('open', 'y')]);
  });
  afterAll(() => engine.close());

  it.each(hostile)('an event named %j is that event and nothing else', async (name) => {
    const count = async (params: Record<string, string | string[]>) => {
      const ask = { metric: 'active_users', params: { passiveEvents: [], ...params }, windows: [window] };
      const { measure, sql } = compileAsk(ask, eventTable, dialect);
      return measure(await engine.rows(sql))[0]?.value;
    };
    expect(await count({ activeEvent: name })).toBe(1);
    expect(await count({ activeEvent: '*', passiveEvents: [name] })).toBe(hostile.length + 1);
  });

  it.each([...hostile, 'a.b', 'a/b~c', '$', '0', '"', '[*]'])(
    'a property named %j is that property',
    async (name) => {
      const signup = did('sign_up', 'z');
      await engine.hold([
        signup,
        did('open', 'z', { [name]: 1, other: 2 }),
        did('open', 'z', { [name]: '1' }),
      ]);
      const measured = async (minCount: number) => {
        const params = { signupEvent: 'sign_up', event: 'open', minCount, distinctProperty: name };
        const ask = {
          metric: 'activation_rate',
          params: { ...params, withinDays: 1, clock: 'rolling', minCohort: 1 },
          windows: [cohort('2026-03-01', '2026-03-02', '2026-03-09T00:00:00Z')],
        };
        const { measure, sql } = compileAsk(ask, eventTable, dialect);
        return measure(await engine.rows(sql))[0]?.value;
      };
      // The number 1 and the text "1" are two values.
      expect(await measured(2)).toBe(1);
      expect(await measured(3)).toBe(0);
    },
  );
});

/** Reads a literal as engines do in which a backslash escapes; null when it does not end at its last character. */
function readEscaped(literal: string, quote: string): string | null {
  const meant: Record<string, string> = { n: '\n', r: '\r', '\\': '\\', [quote]: quote };
  let text = '';
  if (literal[0] !== quote) return null;
  for (let index = 1; index < literal.length; index += 1) {
    const character = literal[index] ?? '';
    if (character === quote) return index === literal.length - 1 ? text : null;
    if (character === '\n' || character === '\r') return null; // BigQuery wants them escaped
    if (character !== '\\') text += character;
    else {
      index += 1;
      const escape = meant[literal[index] ?? ''];
      if (escape === undefined) return null;
      text += escape;
    }
  }
  return null;
}

const nasty = fc.string({ unit: fc.constantFrom("'", '"', '`', '\\', '\n', '\r', 'n', 'x', '-', ';', '$') });

it.each([
  { engine: 'ClickHouse', dialect: clickhouse },
  { engine: 'BigQuery', dialect: bigquery },
])('$engine: every text and every name ends where its literal ends, and reads as it was', ({ dialect }) => {
  fc.assert(
    fc.property(nasty, (value) => {
      expect(readEscaped(dialect.text(value), "'")).toBe(value);
      expect(readEscaped(dialect.name(value), '`')).toBe(value);
    }),
    { numRuns: 500 },
  );
});

it('refuses a NUL, which no engine can hold and at which some stop reading', () => {
  const ask = { metric: 'new_users', params: { signupEvent: 'a\0b' }, windows: [window] };
  for (const dialect of ['duckdb', 'postgres', 'clickhouse', 'bigquery'] as const) {
    expect(() => compileAsk(ask, eventTable, dialect)).toThrow(RangeError);
  }
});

it('BigQuery refuses a property that its paths cannot name, rather than look up another', () => {
  expect(() => bigquery.json({ kind: 'json', column: 'p' }, 't', 'a"b')).toThrow(RangeError);
});
