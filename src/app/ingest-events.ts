import { isDay, localDay } from '../domain/day.ts';
import type { ProductEvent } from '../domain/events/records.ts';
import { AppError, invalidField } from './errors.ts';
import { findRecordsConnection } from './ingest-records.ts';
import { digestOf } from './ingest-values.ts';
import { keepEvents } from './keep-events.ts';
import type { Actor, ConnectionRecord, Deps } from './ports.ts';
import type { EventFile, EventWrite, RefusedEvents, StagedEvents } from './ports-events.ts';
import type { Delivery, IngestOutcome } from './ports-ingest.ts';
import { recordChange } from './record-change.ts';

type Through = { day: string; exactly: boolean };

/** Takes events that were sent as rows into the event store. `ids` name them, in the same order. */
export async function ingestEventRows(
  deps: Deps,
  connectionId: string,
  delivery: Delivery,
  rows: { ids: readonly string[]; events: readonly ProductEvent[] },
  through: Through & { timeZone: string },
): Promise<IngestOutcome> {
  const signal = new AbortController().signal;
  const staged = await stagedOf(deps, connectionId, writesOf(rows), signal);
  return keep(deps, connectionId, staged, delivery, through, signal);
}

async function* writesOf({
  events,
  ids,
}: {
  ids: readonly string[];
  events: readonly ProductEvent[];
}): AsyncGenerator<EventWrite> {
  for (const [index, { at, event, properties, userId }] of events.entries())
    yield { id: ids[index] ?? null, userId, event, at, properties };
}

export type EventsSent = {
  connection: string;
  file: EventFile;
  /** Of the file as it came: the same file again is the same delivery. */
  sha256: string;
  /** Everything up to that day is told; null: up to the newest of them. */
  through: string | null;
  note: string | null;
  idempotencyKey: string | null;
};

/**
 * Takes a file of events of any size, all of it or nothing, and asks for the metrics over them to be computed anew. The same
 * id again replaces the event.
 *
 * @throws AppError `records_refused` with the first rows that are no events
 */
export async function ingestEventFile(
  deps: Deps,
  actor: Actor,
  { connection: key, file, idempotencyKey, note, sha256, through }: EventsSent,
  signal: AbortSignal,
): Promise<IngestOutcome & { connection: ConnectionRecord }> {
  const connection = await findRecordsConnection(deps, actor, key);
  const now = await deps.clock.now();
  const { timeZone } = actor.workspace;
  const today = localDay(now, timeZone);
  if (through !== null) refuseThrough(through, today);
  const staged = await stagedOf(deps, connection.id, file, signal);
  try {
    refuseFuture(staged, now);
  } catch (error) {
    await deps.eventFiles.discard(staged);
    throw error;
  }
  const newest = staged.lastAt === null ? today : localDay(staged.lastAt, timeZone);
  const told = { day: through ?? newest, exactly: through !== null, timeZone };
  const digest = digestOf([connection.id, 'events', sha256, file.columns, through, note]);
  const delivery: Delivery = {
    workspaceId: actor.workspace.id,
    via: 'upload',
    format: file.format,
    digest,
    idempotencyKey,
    actor: actor.name,
    note,
  };
  const outcome = await keep(deps, connection.id, staged, delivery, told, signal);
  if (outcome.replayed) return { ...outcome, connection };
  const { id, rows, changed } = outcome.ingest;
  const change = { ingest: id, kind: 'events', via: 'upload', rows, changed, throughDay: told.day, digest };
  await recordChange(deps, actor, 'ingest', 'connection', connection.id, change);
  if (connection.state !== 'paused') await deps.runs.request(actor.workspace.id, connection.id, 'manual');
  return { ...outcome, connection };
}

async function stagedOf(
  deps: Deps,
  connectionId: string,
  input: AsyncIterable<EventWrite> | EventFile,
  signal: AbortSignal,
): Promise<StagedEvents> {
  const taken = await deps.eventFiles.stage(connectionId, input, signal);
  if (taken.ok) return taken.staged;
  throw refused(taken.refused);
}

async function keep(
  deps: Deps,
  connectionId: string,
  staged: StagedEvents,
  delivery: Delivery,
  through: Through & { timeZone: string },
  signal: AbortSignal,
): Promise<IngestOutcome> {
  const store = { files: deps.eventFiles, listings: deps.eventListings };
  const told = { delivery, through };
  const { outcome } = await keepEvents(store, connectionId, staged, null, told, signal);
  if (outcome === 'listed') throw new Error('a delivery was listed without being kept');
  return outcome;
}

function refused({ count, problems }: RefusedEvents): AppError {
  const [first] = problems;
  const rest = count > 1 ? ` ${count - 1} more rows are no events.` : '';
  return new AppError(
    'invalid',
    'records_refused',
    `Row ${first?.row}: ${first?.problem}${rest}`,
    'Correct the rows, or name the columns that hold user, event and time, then send all of it again. Nothing was stored.',
    {
      errors: problems.map(({ problem, row }) => ({
        pointer: `/rows/${row}`,
        code: 'record_refused',
        detail: `Row ${row}: ${problem}`,
      })),
    },
  );
}

function refuseFuture({ lastAt }: StagedEvents, now: Date): void {
  if (lastAt === null || lastAt <= now) return;
  throw new AppError(
    'invalid',
    'records_refused',
    `The newest event is of ${lastAt.toISOString()}, which lies in the future: it is ${now.toISOString()}.`,
    'Correct the times, then send all of it again. Nothing was stored.',
  );
}

function refuseThrough(through: string, today: string): void {
  const no = (detail: string) =>
    invalidField('/through', 'day_invalid', detail, 'Name the last day that is told completely.');
  if (!isDay(through)) throw no(`"${through}" is not a day of the calendar.`);
  if (through > today) throw no(`${through} lies in the future, and today is ${today}.`);
}
