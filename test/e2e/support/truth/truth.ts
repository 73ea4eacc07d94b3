import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Sandbox } from '../../../../sandbox/index.ts';
import type { Board } from '../../../../src/api/contract.ts';
import { createDatabase, dropDatabase } from '../../../support/database.ts';
import { KEY_RESULT_TRUTHS, METRIC_TRUTHS } from './definitions.ts';
import { dumped } from './dumped.ts';
import { type Standing, standingOf } from './standing.ts';

/** What a Key Result of the board should say. Null is no value. */
export type Verdict = {
  key: string;
  asOfDay: string | null;
  current: number | null;
  progress: number | null;
};

/** The company's raw events in PostgreSQL, and plain SQL over them that shares no code with what it judges. */
export type Truth = {
  /** A metric's days that have a point, and whether each has settled. */
  days(metric: string): Promise<Map<string, { value: number | null; settled: boolean }>>;
  /** Between which bounds a day lies for whoever knows only what the provider still tells; null: it is told. */
  bounds(metric: string | null, day: string | null): { low: number; high: number } | null;
  verdicts(board: Board): Promise<Map<string, Verdict>>;
  close(): Promise<void>;
};

/** Lines in one statement: the text stays a few megabytes. */
const BATCH_LINES = 20_000;

/** What is true of the company as it is now. */
export async function openTruth(sandbox: Sandbox): Promise<Truth> {
  const url = await createDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const close = async (): Promise<void> => {
    await client.end();
    await dropDatabase(url);
  };
  let standing: Standing;
  try {
    // Apart from Tidemark's own tables, which every new database has.
    await client.query('CREATE SCHEMA truth; SET search_path TO truth');
    await client.query(sql('load/raw'));
    await insert(client, dumped(sandbox));
    for (const file of ['views', 'pricing', 'subscriptions', 'invoices'])
      await client.query(sql(`load/${file}`));
    for (const [metric, truth] of Object.entries(METRIC_TRUTHS)) {
      if (truth.sql === null) continue;
      const statement = `INSERT INTO point SELECT '${metric}', found.day, value, numerator, denominator FROM (${sql(`metrics/${truth.sql}`)}) AS found`;
      await client.query(statement, [...truth.asked]);
    }
    standing = standingOf(sandbox);
    await insertStanding(client, standing);
    for (const file of ['judged', 'verdicts']) await client.query(sql(`goals/${file}`));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    days: (metric) => days(client, metric),
    bounds: (metric, day) => boundsOf(standing, metric, day),
    verdicts: (board) => verdicts(client, board),
    close,
  };
}

const sql = (name: string): string => readFileSync(new URL(`${name}.sql`, import.meta.url), 'utf8');

async function insert(client: pg.Client, lines: Iterable<string>): Promise<void> {
  let batch: string[] = [];
  let before = 0;
  const write = async (): Promise<void> => {
    await client.query(sql('load/lines'), [before, batch.map((line) => line.trimEnd()).join('\n')]);
    before += batch.length;
    batch = [];
  };
  for (const line of lines) {
    batch.push(line);
    if (batch.length === BATCH_LINES) await write();
  }
  if (batch.length > 0) await write();
}

/** What a statement has told already, such as of today, stays as it is. */
async function insertStanding(client: pg.Client, standing: Standing): Promise<void> {
  for (const [metric, byDay] of Object.entries(standing)) {
    await client.query(
      `INSERT INTO point SELECT $1, t.day, t.value, NULL, NULL FROM unnest($2::date[], $3::numeric[]) AS t(day, value)
       ON CONFLICT DO NOTHING`,
      [metric, [...byDay.keys()], [...byDay.values()].map(({ value }) => value)],
    );
  }
}

function boundsOf(
  standing: Standing,
  metric: string | null,
  day: string | null,
): { low: number; high: number } | null {
  const stand = Object.hasOwn(standing, metric ?? '')
    ? standing[metric as keyof Standing].get(day ?? '')
    : undefined;
  if (stand === undefined || stand.low === null || stand.low === stand.high) return null;
  return { low: stand.low, high: stand.high ?? Number.POSITIVE_INFINITY };
}

async function days(client: pg.Client, metric: string): ReturnType<Truth['days']> {
  const { rows } = await client.query<{ day: string; value: number | null; settled: boolean }>(
    `SELECT day::text, value::float8,
       CASE
         WHEN $2::int IS NULL THEN true
         ELSE ((day + 1)::timestamp AT TIME ZONE time_zone) + $2 * interval '1 hour' <= until
       END AS settled
     FROM point, company WHERE metric = $1 ORDER BY day`,
    [metric, METRIC_TRUTHS[metric]?.settlesAfterHours],
  );
  return new Map(rows.map(({ day, value, settled }) => [day, { value, settled }]));
}

async function verdicts(client: pg.Client, { cycle, objectives }: Board): Promise<Map<string, Verdict>> {
  if (cycle === null) throw new Error('the board has no cycle');
  await client.query('DELETE FROM key_result');
  for (const { key, goal } of objectives.flatMap((each) => each.keyResults)) {
    const known = KEY_RESULT_TRUTHS[key];
    if (known === undefined) throw new Error(`no SQL knows what the Key Result ${key} should say`);
    const hours = known.metric === null ? null : METRIC_TRUTHS[known.metric]?.settlesAfterHours;
    const { startDay, endDay } = cycle;
    await client.query('INSERT INTO key_result VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      key,
      known.metric,
      hours,
      known.trailingDays ?? null,
      startDay,
      endDay,
      JSON.stringify(goal),
    ]);
  }
  const { rows } = await client.query<Verdict>(
    'SELECT key, as_of::text AS "asOfDay", current::float8, progress::float8 FROM verdict',
  );
  return new Map(rows.map((row) => [row.key, row]));
}
