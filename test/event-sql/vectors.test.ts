import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWindow } from '../../src/conformance/to-window.ts';
import { fileSchema, type Vector, vectorSchema } from '../../src/conformance/vector-file.ts';
import { checkParams, findMetric, type Measurement } from '../../src/domain/catalog/index.ts';
import { compileAsk, type DialectName, isCompiled } from '../../src/event-sql/index.ts';
import { projectRoot } from '../../src/project.ts';
import { parseRecordSets } from '../../src/records/index.ts';
import { type Engine, eventTable, openDuckdb, openPostgres } from './support/engines.ts';

/** The worked examples of metrics that are computed from events: the same files that the domain has to satisfy. */
const folder = join(projectRoot(), 'test', 'vectors');
const vectors = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => fileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).vectors)
  .map((raw) => vectorSchema.parse(raw))
  // Sessions that a source has cut are records of their own.
  .filter(({ input, metric }) => isCompiled(metric) && 'events' in input);

it('has examples of funnels, activation, retention and sessions', () => {
  expect(vectors.length).toBeGreaterThan(30);
  const stages = new Set(vectors.map(({ metric }) => findMetric(metric)?.stage));
  expect(stages).toContain('activation');
  expect(stages).toContain('retention');
  expect(stages).toContain('engagement');
});

const engines: { dialect: DialectName; open: () => Promise<Engine> }[] = [
  { dialect: 'duckdb', open: openDuckdb },
  { dialect: 'postgres', open: openPostgres },
];

describe.each(engines)('on $dialect', ({ dialect, open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  it.each(vectors)('$id: $description', async (vector) => {
    const measured = await measuredBy(vector);
    if ('reason' in vector.expected) {
      expect(measured).toMatchObject({ value: null, reason: vector.expected.reason });
      return;
    }
    const { tolerance } = vector.expected;
    const wanted = 'values' in vector.expected ? vector.expected.values : { value: vector.expected.value };
    const told: Record<string, unknown> = { ...measured.beside, ...measured.parts, ...measured };
    for (const [name, number] of Object.entries(wanted)) {
      expect(Math.abs(Number(told[name === 'n' ? 'sampleSize' : name]) - number), name).toBeLessThanOrEqual(
        tolerance,
      );
    }
  });

  async function measuredBy({ input, metric: key, params, window }: Vector): Promise<Measurement> {
    const metric = findMetric(key);
    const parsed = parseRecordSets(input);
    const checked = metric === null ? null : checkParams(metric, params);
    if (!parsed.ok || checked?.ok !== true) throw new RangeError(`${key} cannot be asked so`);
    await engine.hold(parsed.records.events ?? []);
    const ask = { metric: key, params: checked.params, windows: [toWindow(window)] };
    const { measure, sql } = compileAsk(ask, eventTable, dialect);
    const [measured] = measure(await engine.rows(sql));
    if (measured === undefined) throw new RangeError('a window has no measurement');
    return measured;
  }
});
