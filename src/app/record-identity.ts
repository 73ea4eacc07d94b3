import { createHash } from 'node:crypto';
import type { RecordSetName } from './ports-ingest.ts';

/** What is known of a record beside what it says: which one it is, and when it happened. */

/** A record as the schema of its kind has read it. */
export type ReadRecord = Readonly<Record<string, unknown>>;

/** The fields that say when something of a kind happened. What is missing here is a state and has no moment. */
const MOMENTS: Partial<Record<RecordSetName, readonly string[]>> = {
  responses: ['at'],
  events: ['at'],
  sessions: ['startAt', 'endAt'],
  views: ['at'],
  tickets: ['createdAt'],
  sprints: ['completedAt'],
  issues: ['createdAt', 'doneAt'],
  items: ['createdAt', 'doneAt'],
  deploys: ['startedAt', 'finishedAt'],
  bugs: ['createdAt'],
  reports: ['at'],
  hours: ['at'],
  entries: ['at'],
  payments: ['paidAt'],
  refunds: ['refundedAt'],
  disputes: ['closedAt'],
};

/** The first and the last moment that a record speaks of; null when it speaks of none. */
export function momentsOf(kind: RecordSetName, record: ReadRecord): { first: Date; last: Date } | null {
  const found = (MOMENTS[kind] ?? []).flatMap((field) => {
    const moment = record[field];
    return moment instanceof Date ? [moment] : [];
  });
  const [first, last] = found.toSorted((a, b) => a.getTime() - b.getTime());
  return first === undefined ? null : { first, last: last ?? first };
}

/**
 * The ids under which records are kept. One without an id of its own is named by what it says, and by how many in the
 * same delivery say the same: the same file again names them the same.
 */
export function recordIds(records: readonly { id: string | null; record: ReadRecord }[]): string[] {
  const seen = new Map<string, number>();
  return records.map(({ id, record }) => {
    if (id !== null) return id;
    const digest = createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return count === 1 ? `#${digest}` : `#${digest}.${count}`;
  });
}
