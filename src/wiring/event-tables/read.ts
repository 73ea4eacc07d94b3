import { driftError } from '../../../connectors/sdk/index.ts';
import type { ExchangeRecord, ReadOutcome, ReadRequest } from '../../app/ports.ts';
import type { Measurement } from '../../domain/catalog/index.ts';
import type { CompiledAsk } from '../../event-sql/index.ts';
import { pointOf } from '../records-points.ts';
import type { TableConfig } from './config.ts';
import { endsReading, failureOf } from './failure.ts';
import { TITLE } from './info.ts';
import { newestAt, throughDayOf } from './newest.ts';
import { notesOf } from './notes.ts';
import { planOf } from './plan.ts';
import type { TableSession } from './session.ts';
import { countSql } from './table.ts';

type Record = (exchange: ExchangeRecord) => void;
type Known = { session: TableSession; config: TableConfig; newest: Date | null; now: Date };

/** The points of several metrics of one table: what fails for one is told there, what ends the session ends the rest. */
export async function readTable(
  session: TableSession,
  config: TableConfig,
  requests: readonly ReadRequest[],
  now: Date,
): Promise<ReadOutcome[]> {
  const shared: ExchangeRecord[] = [];
  let ended: unknown = null;
  let newest: Date | null = null;
  try {
    newest = await newestAt(session, config, now, (exchange) => shared.push(exchange));
  } catch (error) {
    ended = error;
  }
  const outcomes: ReadOutcome[] = [];
  for (const request of requests) {
    const exchanges = [...shared];
    if (ended !== null) {
      outcomes.push({ ok: false, failure: failureOf(ended, TITLE), exchanges });
      continue;
    }
    try {
      const known = { session, config, newest, now };
      outcomes.push(await readMetric(request, known, exchanges));
    } catch (error) {
      outcomes.push({ ok: false, failure: failureOf(error, TITLE), exchanges });
      if (endsReading(error)) ended = error;
    }
  }
  return outcomes;
}

async function readMetric(
  request: ReadRequest,
  { config, newest, now, session }: Known,
  exchanges: ExchangeRecord[],
): Promise<ReadOutcome> {
  const record: Record = (exchange) => exchanges.push(exchange);
  const throughDay = throughDayOf(newest, now, request.timeZone);
  const { asks, days, unit } = planOf(request, config, throughDay, now);
  const measured: Measurement[] = [];
  for (const ask of asks) measured.push(...ask.measure(await session.ask(ask.sql, record)));
  const items = asks.length === 0 ? 0 : await countRows(session, config, asks, record);
  const points = days.map((day, at) => pointOf(unit, day, measured[at] as Measurement)); // one a window, in the same order
  const notes = notesOf(config, { newest, now, throughDay, items, asks });
  return {
    ok: true,
    exchanges,
    reading: { points, completeness: { pages: asks.length, items, lastPageReached: true, notes } },
  };
}

/** What the statements looked at: the proof that a zero was counted over something. */
async function countRows(
  session: TableSession,
  config: TableConfig,
  asks: readonly CompiledAsk[],
  record: Record,
): Promise<number> {
  const starts = asks.map(({ fromMs }) => fromMs);
  const fromMs = starts.reduce((first, ms) => (first === null || ms === null ? null : Math.min(first, ms)));
  const untilMs = Math.max(...asks.map((ask) => ask.untilMs));
  const [names] = asks.map((ask) => ask.names); // the same of every part: they differ in their windows alone
  const [row] = await session.ask(countSql(config, { fromMs, untilMs, names: names ?? null }), record);
  const count = Number(row?.['looked_at']);
  if (Number.isSafeInteger(count)) return count;
  throw driftError(config.engine, 'a count of rows', '/looked_at');
}
