import type { z } from 'zod';
import type { LedgerKind, LedgerRecord } from '../../sdk/index.ts';
import type { Cursor, Identified, Reader } from './reader.ts';

/** Seconds, half-open: what Stripe's `created` filter takes. */
export type Created = { gte?: number; lt: number };
/** `lastAt`: when the last one on the page came to be, in seconds; null on an empty page. */
export type SourcePage = { ids: string[]; hasMore: boolean; lastAt: number | null; records: LedgerRecord[] };

/** One of Stripe's lists, as a walk reads it: a page, or one object by its id. */
export type Source = {
  /** What it mirrors, and the name of its place in the state. */
  kind: LedgerKind;
  /** What the list holds, for messages. */
  what: string;
  page(reader: Reader, created: Created, after: string | null, now: Date): Promise<SourcePage>;
  /** Null: gone. Absent where Stripe never changes what it has listed. */
  fetch: ((reader: Reader, id: string, now: Date) => Promise<LedgerRecord[] | null>) | null;
};

export type SourceParts<T> = {
  kind: LedgerKind;
  what: string;
  schema: z.ZodType<T>;
  list(reader: Reader, at: Cursor & { created: Created }): Promise<unknown>;
  retrieve: ((reader: Reader, id: string) => Promise<unknown>) | null;
  /** Brings what a page leaves out of an object: the rest of its inner lists, and coupons that no list shows. */
  complete?(reader: Reader, object: T): Promise<{ object: T; records: LedgerRecord[] }>;
  map(object: T, now: Date): LedgerRecord;
};

export function source<T extends Identified & { created: number }>(parts: SourceParts<T>): Source {
  const { kind, what, schema, list, retrieve, map } = parts;
  const complete = parts.complete ?? (async (_reader, object) => ({ object, records: [] }));

  async function recordsOf(reader: Reader, found: T, now: Date): Promise<LedgerRecord[]> {
    const { object, records } = await complete(reader, found);
    return [...records, map(object, now)];
  }

  return {
    kind,
    what,
    async page(reader, created, after, now) {
      const { items, hasMore } = await reader.page(what, schema, after, (at) =>
        list(reader, { ...at, created }),
      );
      // Together, because the limiter spaces the requests; one page at most is under way.
      const records = await Promise.all(items.map((item) => recordsOf(reader, item, now)));
      const lastAt = items.at(-1)?.created ?? null;
      return { ids: items.map(({ id }) => id), hasMore, lastAt, records: records.flat() };
    },
    fetch:
      retrieve === null
        ? null
        : async (reader, id, now) => {
            const found = await reader.one(`one of its ${what}`, schema, () => retrieve(reader, id));
            return found === null ? null : recordsOf(reader, found, now);
          },
  };
}
