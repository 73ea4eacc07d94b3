import { checkIn } from '../../app/check-in.ts';
import type { ValueRow } from '../../app/check-values.ts';
import { createValuesMetric } from '../../app/create-values-metric.ts';
import { invalidField } from '../../app/errors.ts';
import { findKeyResult, findMetric } from '../../app/find.ts';
import { findRecordsConnection, ingestRecords } from '../../app/ingest-records.ts';
import { ingestValues } from '../../app/ingest-values.ts';
import type { Actor, Deps, KeyResultRecord } from '../../app/ports.ts';
import type { RecordSetName } from '../../app/ports-ingest.ts';
import { viewKeyResults } from '../../app/read-board.ts';
import { MAX_ROWS, refuseLines } from '../../app/refused-rows.ts';
import { tickStep } from '../../app/tick-step.ts';
import { localDay } from '../../domain/day.ts';
import type { Unit } from '../../domain/metric.ts';
import { type ReadRows, type RecordKind, type RowFormat, readRows, rowKinds } from '../../records/index.ts';
import { type Operations, page } from '../call.ts';
import type { ingestRoutes } from '../contracts/ingest.ts';
import * as views from '../views.ts';
import { checkInView, coverageView, ingestView } from '../views-ingest.ts';
import { pushedRows } from './pushed-rows.ts';

/** Far more than one Key Result has: a page shows some of them. */
const CHECK_INS_SHOWN = 100_000;

export const ingestOperations: Pick<Operations, keyof typeof ingestRoutes> = {
  createValuesMetric: async ({ deps, actor, body }) => {
    const unit = body.unit as Unit | null; // an open set of words: "custom:…" is one
    return views.metricView(await createValuesMetric(deps, actor, { ...body, unit }));
  },
  pushValues: async ({ deps, actor, params, body, idempotencyKey }) => {
    const { problems, rows } = pushedRows(body.values);
    refuseLines(problems);
    const { note } = body;
    return ingestView(
      await ingestValues(deps, actor, {
        metric: params.id,
        via: 'push',
        format: 'json',
        rows,
        note,
        idempotencyKey,
      }),
    );
  },
  uploadValues: async ({ deps, actor, params, body, idempotencyKey }) => {
    const { timeZone } = await findMetric(deps, actor, params.id);
    const today = localDay(await deps.clock.now(), timeZone);
    const read = readRows(body.text, body.format, 'values', { maxRows: MAX_ROWS, today });
    const rows = (read.ok ? read.rows : read.good).map((row): ValueRow => ({ ...row, currency: null }));
    const { format, note } = body;
    return ingestView(
      await ingestValues(deps, actor, {
        metric: params.id,
        via: 'upload',
        format,
        rows,
        ...(read.ok ? {} : { unread: { problems: read.problems, more: read.more } }),
        note,
        idempotencyKey,
      }),
    );
  },
  checkIn: async ({ deps, actor, params, body, idempotencyKey }) => {
    const made = await checkIn(deps, actor, params.id, { ...body, idempotencyKey });
    return {
      checkIn: checkInView(made.checkIn),
      keyResult: await rowOf(deps, actor, made.keyResult),
      replayed: made.replayed,
    };
  },
  listCheckIns: async ({ deps, actor, params }) => {
    const keyResult = await findKeyResult(deps, actor, params.id);
    return page((await deps.ingest.listCheckIns(keyResult.id, CHECK_INS_SHOWN)).map(checkInView));
  },
  tickStep: async ({ deps, actor, params, body }) =>
    rowOf(deps, actor, await tickStep(deps, actor, params.id, body)),
  pushRecords: async ({ deps, actor, params, body, idempotencyKey }) => {
    // The same rows as in a file of JSON lines: the n-th record is line n.
    const text = body.records.map((record) => JSON.stringify(record)).join('\n');
    const { through, note } = body;
    const sent = {
      connection: params.id,
      via: 'push',
      format: 'json',
      through,
      note,
      idempotencyKey,
    } as const;
    const kind = kindOf(body.kind);
    const records = recordsIn(text, 'jsonl', kind, actor);
    return ingestView(await ingestRecords(deps, actor, { ...sent, kind, records }));
  },
  uploadRecords: async ({ deps, actor, params, body, idempotencyKey }) => {
    const { format, through, note } = body;
    const sent = { connection: params.id, via: 'upload', format, through, note, idempotencyKey } as const;
    const kind = kindOf(body.kind);
    const records = recordsIn(body.text, format, kind, actor);
    return ingestView(await ingestRecords(deps, actor, { ...sent, kind, records }));
  },
  listRecords: async ({ deps, actor, params }) => {
    const connection = await findRecordsConnection(deps, actor, params.id);
    return page((await deps.records.coverage(connection.id)).map(coverageView));
  },
};

async function rowOf(deps: Deps, actor: Actor, keyResult: KeyResultRecord) {
  const [view] = await viewKeyResults(deps, actor, [keyResult], '2000-01-01');
  if (view === undefined) throw new Error(`the Key Result ${keyResult.id} vanished while it was read`);
  return views.keyResultRow(view, (id) => deps.connectors.find(id)?.title ?? id);
}

/** @throws AppError that names every line that cannot be read */
function taken<Row>(read: ReadRows<Row>): Row[] {
  if (read.ok) return read.rows;
  refuseLines(read.problems, read.more);
  return [];
}

function kindOf(written: string): RecordKind & RecordSetName {
  if (Object.hasOwn(rowKinds, written)) return written as RecordKind; // it is one of its keys
  const known = Object.keys(rowKinds).join(', ');
  throw invalidField(
    '/kind',
    'unknown_kind',
    `There is no kind of record "${written}".`,
    `Name one of: ${known}.`,
  );
}

function recordsIn(text: string, format: RowFormat, kind: RecordKind, actor: Actor) {
  const { unique } = rowKinds[kind];
  const rows = taken<Record<string, unknown>>(
    readRows(text, format, kind, { maxRows: MAX_ROWS, timeZone: actor.workspace.timeZone }),
  );
  return rows.map((record) => {
    const id = unique === null ? null : record[unique];
    return { id: typeof id === 'string' ? id : null, record };
  });
}
