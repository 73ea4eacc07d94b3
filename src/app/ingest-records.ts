import { isDay, localDay } from '../domain/day.ts';
import type { ProductEvent } from '../domain/events/records.ts';
import { AppError, invalidField } from './errors.ts';
import { findConnection } from './find.ts';
import { ingestEventRows } from './ingest-events.ts';
import { digestOf } from './ingest-values.ts';
import type { Actor, ConnectionRecord, Deps } from './ports.ts';
import type { IngestFormat, IngestOutcome, RecordSetName, RecordWrite } from './ports-ingest.ts';
import { recordChange } from './record-change.ts';
import { momentsOf, type ReadRecord, recordIds } from './record-identity.ts';

/** The connector whose records are sent to us instead of being read. */
export const RECORDS_CONNECTOR = 'records';

export type RecordsSent = {
  connection: string;
  kind: RecordSetName;
  via: 'push' | 'upload';
  format: IngestFormat;
  /** In the order in which they were sent; `id` null where the kind has none. */
  records: readonly { id: string | null; record: ReadRecord }[];
  /** Everything up to that day is told; null: up to the newest of them. */
  through: string | null;
  note: string | null;
  idempotencyKey: string | null;
};

/**
 * Takes records, such as survey answers, and asks for the metrics over them to be computed anew. The same id again
 * replaces the record.
 */
export async function ingestRecords(
  deps: Deps,
  actor: Actor,
  sent: RecordsSent,
): Promise<IngestOutcome & { connection: ConnectionRecord }> {
  const connection = await findRecordsConnection(deps, actor, sent.connection);
  const now = await deps.clock.now();
  refuseFuture(sent, now);
  const { timeZone } = actor.workspace;
  const ids = recordIds(sent.records);
  const records = sent.records.map(
    ({ record }, index): RecordWrite => ({
      recordId: ids[index] as string, // one id a record, in the same order
      at: momentsOf(sent.kind, record)?.first ?? null,
      payload: JSON.parse(JSON.stringify(record)) as Record<string, unknown>, // dates become RFC 3339 text
    }),
  );
  const through = throughOf(sent, now, timeZone);
  const { kind, via, format, note, idempotencyKey } = sent;
  const digest = digestOf([
    connection.id,
    kind,
    records.map(({ recordId, payload }) => [recordId, payload]),
    sent.through,
    note,
  ]);
  const delivery = {
    workspaceId: actor.workspace.id,
    via,
    format,
    digest,
    idempotencyKey,
    actor: actor.name,
    note,
  };
  const outcome =
    kind === 'events'
      ? await ingestEventRows(
          deps,
          connection.id,
          delivery,
          { ids, events: eventsOf(sent) },
          { ...through, timeZone },
        )
      : await deps.records.ingest(connection.id, delivery, { kind, records, through, timeZone });
  if (outcome.replayed) return { ...outcome, connection };
  const { id, rows, changed } = outcome.ingest;
  const told = { ingest: id, kind, via, rows, changed, throughDay: through.day, digest };
  await recordChange(deps, actor, 'ingest', 'connection', connection.id, told);
  // Whoever has paused the connection reads it when it is resumed.
  if (connection.state !== 'paused') await deps.runs.request(actor.workspace.id, connection.id, 'manual');
  return { ...outcome, connection };
}

/** Each was read by the schema of its kind. */
function eventsOf({ records }: RecordsSent): ProductEvent[] {
  return records.map(({ record }) => record as unknown as ProductEvent);
}

/** @throws AppError when nothing can be sent to the connection, because it is read */
export async function findRecordsConnection(
  deps: Deps,
  actor: Actor,
  key: string,
): Promise<ConnectionRecord> {
  const connection = await findConnection(deps, actor, key);
  if (connection.connectorId === RECORDS_CONNECTOR) return connection;
  throw new AppError(
    'conflict',
    'not_a_records_connection',
    `The connection "${connection.key}" is read from ${connection.connectorId}, so no records are taken for it.`,
    `Make one for records of your own: \`tidemark connection add ${RECORDS_CONNECTOR} --key KEY\`.`,
  );
}

/** What has not happened yet cannot be told; it would make the days until then look told, too. */
function refuseFuture({ kind, records }: RecordsSent, now: Date): void {
  const [first, ...others] = records.flatMap(({ id, record }, index) => {
    const last = momentsOf(kind, record)?.last;
    if (last === undefined || last <= now) return [];
    const named = id === null ? '' : `, id "${id}"`;
    const detail = `Record ${index + 1}${named}: ${last.toISOString()} lies in the future, and it is ${now.toISOString()}.`;
    return [{ pointer: `/records/${index}`, code: 'record_refused', detail }];
  });
  if (first === undefined) return;
  const rest = others.length === 0 ? '' : ` ${others.length} more lie in the future.`;
  throw new AppError(
    'invalid',
    'records_refused',
    `${first.detail}${rest}`,
    'Correct the times, then send all of it again. Nothing was stored.',
    {
      errors: [first, ...others].slice(0, 20),
    },
  );
}

function throughOf(
  { kind, records, through }: RecordsSent,
  now: Date,
  timeZone: string,
): { day: string; exactly: boolean } {
  const today = localDay(now, timeZone);
  if (through !== null) {
    const no = (detail: string) =>
      invalidField('/through', 'day_invalid', detail, 'Name the last day that is told completely.');
    if (!isDay(through)) throw no(`"${through}" is not a day of the calendar.`);
    if (through > today) throw no(`${through} lies in the future, and today is ${today}.`);
    return { day: through, exactly: true };
  }
  const newest = records.reduce<Date | null>((latest, { record }) => {
    const last = momentsOf(kind, record)?.last ?? null;
    return last !== null && (latest === null || last > latest) ? last : latest;
  }, null);
  // A state without a moment is told as it is now.
  return { day: newest === null ? today : localDay(newest, timeZone), exactly: false };
}
