import { createCycle } from '../../src/app/create-cycle.ts';
import { createKeyResult } from '../../src/app/create-key-result.ts';
import { createObjective } from '../../src/app/create-objective.ts';
import { createValuesMetric } from '../../src/app/create-values-metric.ts';
import { ingestValues } from '../../src/app/ingest-values.ts';
import type { Actor } from '../../src/app/ports.ts';
import { addDays, localDay } from '../../src/domain/day.ts';
import type { Services } from '../../src/wiring/services.ts';

const HISTORY_DAYS = 365;
const PER_OBJECTIVE = 20;
const EVALUATED_AT_ONCE = 100;

/**
 * A workspace with many Key Results, each on a metric of its own with a year of days. The first is made by the use cases;
 * the others are copies of its rows with a course of their own, and all are judged by the evaluation.
 *
 * @returns the key of a Key Result with its year of history
 */
export async function foundCompany(services: Services, keyResults: number): Promise<string> {
  const { database, deps, workspace } = services;
  const actor: Actor = { workspace, name: 'bench', requestId: null };
  const today = localDay(await deps.clock.now(), workspace.timeZone);
  const plan = { description: '', owner: null };
  await createCycle(deps, actor, { key: 'now', startDay: addDays(today, -45), endDay: addDays(today, 45) });
  for (let number = 0; number < Math.ceil(keyResults / PER_OBJECTIVE); number += 1) {
    const title = `Objective ${number}`;
    await createObjective(deps, actor, { ...plan, key: `o${number}`, title, cycle: 'now', parent: null });
  }
  const meaning = { kind: 'flow', unit: 'count', currency: null, timeZone: workspace.timeZone } as const;
  const metric = { ...meaning, key: 'm0', title: 'Sign-ups 0', staleAfterDays: 10, definition: null };
  await createValuesMetric(deps, actor, metric);
  const blank = { numerator: null, denominator: null, unit: null, currency: null, note: null, key: null };
  await ingestValues(deps, actor, {
    metric: 'm0',
    via: 'push',
    format: 'json',
    note: null,
    idempotencyKey: null,
    rows: Array.from({ length: HISTORY_DAYS }, (_, day) => ({
      ...blank,
      line: day + 1,
      day: addDays(today, day - HISTORY_DAYS),
      value: String(100 + (day % 7) * 5),
    })),
  });
  await createKeyResult(deps, actor, {
    ...plan,
    key: 'k0',
    title: 'Reach 10,000 sign-ups (0)',
    objective: 'o0',
    goal: { kind: 'accumulate', targetValue: 10_000 },
    paceCurve: { kind: 'linear' },
    aggregate: null,
    metric: 'm0',
  });
  const { pool } = database;
  for (const statement of COPIES) await pool.query(statement, [keyResults - 1, PER_OBJECTIVE]);
  await pool.query('ANALYZE');
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM key_result ORDER BY id');
  for (let from = 0; from < rows.length; from += EVALUATED_AT_ONCE) {
    await deps.evaluate(rows.slice(from, from + EVALUATED_AT_ONCE).map(({ id }) => id));
  }
  return 'k0';
}

/** $1: how many copies, $2: Key Results of one objective. Whatever a row has beside what is named stays as it was. */
const COPIES = [
  `INSERT INTO metric SELECT (jsonb_populate_record(m, jsonb_build_object(
     'id', m.id || n, 'key', 'm' || n, 'title', 'Sign-ups ' || n))).*
   FROM metric m, generate_series(1, $1::int) n WHERE m.key = 'm0' AND $2::int > 0`,
  `INSERT INTO metric_version SELECT (jsonb_populate_record(v, jsonb_build_object(
     'id', v.id || n, 'metric_id', v.metric_id || n, 'definition_hash', v.definition_hash || n))).*
   FROM metric_version v JOIN metric m ON m.id = v.metric_id, generate_series(1, $1::int) n
   WHERE m.key = 'm0' AND $2::int > 0`,
  `INSERT INTO metric_point (metric_version_id, day, value, origin, revision, run_seq, fetched_at, believed_from)
   SELECT p.metric_version_id || n, p.day, round(p.value * (0.5 + (n * 37 % 100) / 100.0)), p.origin, p.revision, p.run_seq,
     p.fetched_at, p.believed_from
   FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id,
     generate_series(1, $1::int) n
   WHERE m.key = 'm0' AND $2::int > 0`,
  `INSERT INTO key_result SELECT (jsonb_populate_record(k, jsonb_build_object(
     'id', k.id || n, 'key', 'k' || n, 'title', 'Reach 10,000 sign-ups (' || n || ')',
     'objective_id', (SELECT o.id FROM objective o WHERE o.key = 'o' || (n / $2::int)),
     'metric_version_id', k.metric_version_id || n))).*
   FROM key_result k, generate_series(1, $1::int) n WHERE k.key = 'k0'`,
];
