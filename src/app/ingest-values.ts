import { createHash } from 'node:crypto';
import { addDays } from '../domain/day.ts';
import { checkValues, type ValueRow } from './check-values.ts';
import { AppError } from './errors.ts';
import { findMetric } from './find.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import type { IngestFormat, IngestOutcome, ValueWrite } from './ports-ingest.ts';
import { recordChange } from './record-change.ts';
import {
  type LineProblem,
  placed,
  type RowProblem,
  refuseLines,
  refuseRows,
  rowProblem,
} from './refused-rows.ts';

export type ValuesSent = {
  metric: string;
  via: 'push' | 'upload';
  format: IngestFormat;
  rows: readonly ValueRow[];
  /** What was wrong with other rows before they could be read: it is told with the rest. */
  unread?: { problems: readonly LineProblem[]; more: boolean };
  note: string | null;
  idempotencyKey: string | null;
};

/**
 * Takes days of a metric that people or programs bring. A day that is told again replaces what was told before, which
 * is kept as a revision.
 *
 * @throws AppError that lists everything that is wrong by its line; nothing is stored then
 */
export async function ingestValues(
  deps: Deps,
  actor: Actor,
  sent: ValuesSent,
): Promise<IngestOutcome & { metric: MetricRecord }> {
  const metric = await findMetric(deps, actor, sent.metric);
  refuseOtherSources(metric);
  const unread = sent.unread ?? { problems: [], more: false };
  const nothingRead = sent.rows.length === 0 && unread.problems.length > 0;
  const { problems, values } = nothingRead
    ? { problems: [], values: [] }
    : checkValues(metric, sent.rows, await deps.clock.now());
  refuseLines([...unread.problems, ...placed(problems)], unread.more);
  refuseRows(await takenBack(deps, metric, values, sent.rows));
  const { via, format, note, idempotencyKey } = sent;
  const delivery = {
    workspaceId: actor.workspace.id,
    via,
    format,
    digest: digestOf([metric.versionId, values, note]),
    idempotencyKey,
    actor: actor.name,
    note,
  };
  const outcome = await deps.atomically(async (inside) => {
    const taken = await inside.ingest.values(metric.versionId, delivery, values);
    if (taken.replayed) return taken;
    const { id, rows, changed, digest } = taken.ingest;
    await recordChange(inside, actor, 'ingest', 'metric', metric.id, {
      ingest: id,
      via,
      rows,
      changed,
      digest,
    });
    return taken;
  });
  return { ...outcome, metric };
}

/** The same content has the same digest, in whatever format it came. */
export function digestOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function refuseOtherSources(metric: MetricRecord): void {
  if (metric.source === 'values') return;
  const refused = (what: string, next: string) => new AppError('conflict', 'not_pushable', what, next);
  switch (metric.source) {
    case 'connector':
      throw refused(
        `"${metric.key}" is read from the connection "${metric.connectionKey}", so no values are taken for it.`,
        'Bring your own number as a metric of its own: `tidemark metric add KEY --values`.',
      );
    case 'formula':
      throw refused(
        `"${metric.key}" is computed from other metrics, so no values are taken for it.`,
        'Send values to the metrics that it combines, or make one of its own: `tidemark metric add KEY --values`.',
      );
    case 'check_in':
      throw refused(
        `"${metric.key}" holds the check-ins of one Key Result.`,
        'Check in with `tidemark checkin`, or make a metric for values: `tidemark metric add KEY --values`.',
      );
  }
}

/** A day that holds a value can get another one, but none can be taken back: nobody would see that it was there. */
async function takenBack(
  deps: Pick<Deps, 'sources'>,
  metric: MetricRecord,
  values: readonly ValueWrite[],
  rows: readonly ValueRow[],
): Promise<RowProblem[]> {
  const problems: RowProblem[] = [];
  for (const [index, { day, value }] of values.entries()) {
    if (value !== null) continue;
    const [stored] = await deps.sources.points(metric.versionId, day, addDays(day, 1));
    if (stored === undefined || stored.value === null) continue;
    const what = `${day} holds ${stored.value} already, and no value cannot replace it; send the value that is right`;
    problems.push(rowProblem(rows[index]?.line ?? 1, 'denominator', what));
  }
  return problems;
}
