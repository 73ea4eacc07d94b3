import { createHash } from 'node:crypto';
import {
  type Acceptance,
  ConnectorError,
  type DayWindow,
  defineMetric,
  localDay,
  type MetricDefinition,
  type MetricReading,
} from '../sdk/index.ts';
import { EXPERIMENTAL, type SqlConfig } from './config.ts';
import { dryRun } from './engines/bigquery.ts';
import type { Bound } from './engines/session.ts';
import { ask, engineContext, type SqlContext } from './open.ts';
import { paramsSchema, type SqlParams } from './params.ts';
import { checkColumns, pointsOf } from './points.ts';
import { type Statement, statementOf, typeOf } from './statement.ts';
import { ofOneQuery, queryError } from './words.ts';

/** As many whole days as a try asks for, beside the one that is running. */
const TRIED_DAYS = 3;
/** What a query says shows in its first lines. */
const SHOWN_CHARACTERS = 4_000;
const dayMs = 86_400_000;

async function read(context: SqlContext, window: DayWindow, params: SqlParams): Promise<MetricReading> {
  const statement = statementIn(context, params);
  const startedMs = performance.now();
  const answer = await ask(context, statement, (names) => boundOf(names, window), context.record);
  const points = pointsOf(answer, params, window, context.now);
  const tookMs = Math.round(performance.now() - startedMs);
  const notes = notesOf(context.config, params, answer.rows.length, tookMs);
  return {
    points,
    completeness: { pages: answer.pages ?? 1, items: answer.rows.length, lastPageReached: true, notes },
  };
}

function statementIn({ config }: SqlContext, params: SqlParams): Statement {
  const made = statementOf(config.engine, params.query);
  if (made.ok) return made.statement;
  throw queryError('refused', made.problem, 'Correct the parameter "query".');
}

export function boundOf(names: Statement['bound'], window: DayWindow): Bound[] {
  const values = {
    start: window.startAt.toISOString(),
    end: window.endAt.toISOString(),
    start_day: window.startDay,
    end_day: window.endDay,
    tz: window.timeZone,
  };
  return names.map((name) => ({ name, type: typeOf(name), value: values[name] }));
}

function notesOf({ engine }: SqlConfig, { query }: SqlParams, rows: number, tookMs: number): string[] {
  const digest = createHash('sha256').update(query).digest('hex');
  const shown =
    query.length > SHOWN_CHARACTERS
      ? `${query.slice(0, SHOWN_CHARACTERS)} … (${query.length} characters)`
      : query;
  return [
    `${engine}: ${rows} rows in ${tookMs} ms`,
    ...(EXPERIMENTAL.includes(engine)
      ? [`experimental: what is said to ${engine} was written after its documentation`]
      : []),
    `query, sha256 ${digest}:\n${shown}`,
  ];
}

/** Runs the query over the newest days; where running costs money, asks what it would give and cost. */
async function accept(context: SqlContext, params: SqlParams): Promise<Acceptance> {
  const told = { timeZone: null, currency: null };
  try {
    return { problems: [], warnings: await tried(context, params), ...told };
  } catch (caught) {
    const error = ofOneQuery(caught);
    if (!(error instanceof ConnectorError) || error.concerns !== 'metric') throw error;
    return { problems: [error.message], warnings: [], ...told };
  }
}

async function tried(context: SqlContext, params: SqlParams): Promise<string[]> {
  const statement = statementIn(context, params);
  const window = newestDays(context.now);
  const warnings = windowWarnings(statement);
  if (context.config.engine === 'bigquery') {
    const query = { sql: statement.sql, bound: boundOf(statement.bound, window) };
    const { columns, gigabytes } = await dryRun(engineContext(context), query, context.record);
    if (columns.length > 0) checkColumns(columns, params);
    return [...warnings, `BigQuery would read ${gigabytes.toFixed(2)} GB for ${TRIED_DAYS} days.`];
  }
  const answer = await ask(context, statement, (names) => boundOf(names, window), context.record);
  pointsOf(answer, params, window, context.now);
  if (answer.rows.length > 0) return warnings;
  return [...warnings, `The query gave no row for the last ${TRIED_DAYS} days.`];
}

function windowWarnings({ bound }: Statement): string[] {
  const from = bound.includes('start') || bound.includes('start_day');
  const until = bound.includes('end') || bound.includes('end_day');
  if (from && until) return [];
  return [
    'The query does not use both ends of the window (:start and :end, or :start_day and :end_day): a day outside of it is an error.',
  ];
}

/** In UTC: a definition is looked at before its zone is known. */
function newestDays(now: Date): DayWindow {
  const day = (offset: number) => localDay(now.getTime() + offset * dayMs, 'UTC');
  const startDay = day(-TRIED_DAYS);
  const endDay = day(1);
  const at = (each: string) => new Date(`${each}T00:00:00Z`);
  return { startDay, endDay, timeZone: 'UTC', startAt: at(startDay), endAt: at(endDay) };
}

export const query = defineMetric<SqlConfig, SqlParams>({
  title: 'SQL query',
  description:
    'A number by day, worked out by your own database: one query with the columns day and value, or day, numerator and denominator.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema,
  currencyParam: 'currency',
  // The schema lets nothing else through.
  unitOf: ({ unit }) => unit as MetricDefinition<SqlConfig, SqlParams>['unit'],
  kindOf: ({ kind }) => kind,
  settlesAfterHours: ({ settlesAfterHours }) => settlesAfterHours,
  rereadDays: ({ rereadDays }) => rereadDays,
  history: 'backfill',
  accept,
  read,
});
