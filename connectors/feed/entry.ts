import { z } from 'zod';
import { instantOfWall } from '../sdk/index.ts';
import { type PublishedAt, readDate } from './dates.ts';

/** What is taken of an entry, in whatever format it came. */
export type Entry = {
  /** What tells it from others: guid, id, or the address that it links to. */
  key: string;
  publishedAt: PublishedAt;
  /** The last change, where the format tells it. */
  changedAt: PublishedAt | null;
  /** As written, for people. */
  categories: readonly string[];
  /** It has no date of publication: that of its last change stands in. */
  isDatedByChange: boolean;
};

/** One document of a feed. */
export type FeedPage = {
  title: string;
  entries: Entry[];
  /** Where older entries are (RFC 5005): null when this is the last document, or the only one. */
  older: { href: string; isArchive: boolean } | null;
  /** It says that it is one of several, or that it is all: then its end is the end of the feed. */
  isEndKnown: boolean;
};

const date = z.string().transform((text, context): PublishedAt => {
  const read = readDate(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'is no date with a zone' });
  return z.NEVER;
});

/** Dates and keys under the names that the mapping gave them, whatever the format calls them. */
const entrySchema = z
  .object({
    key: z.string({ error: 'an entry has neither id nor link' }).min(1).max(4_096),
    published: date.optional(),
    updated: date.optional(),
    categories: z.array(z.string()),
  })
  .transform(({ categories, key, published, updated }, context): Entry => {
    const publishedAt = published ?? updated;
    if (publishedAt === undefined) {
      context.addIssue({ code: 'custom', path: ['published'], message: 'an entry has no date' });
      return z.NEVER;
    }
    const isDatedByChange = published === undefined;
    return { key, publishedAt, changedAt: updated ?? null, categories, isDatedByChange };
  });

export const pageSchema = z.object({
  title: z.string(),
  entries: z.array(entrySchema),
  older: z.object({ href: z.string(), isArchive: z.boolean() }).nullable(),
  isEndKnown: z.boolean(),
});

/** The instant of a date; a day without a time begins at its midnight in the zone. */
export function instantOf(at: PublishedAt, timeZone: string): number {
  return 'ms' in at ? at.ms : instantOfWall(Date.parse(at.day), timeZone);
}

/** Categories are compared like this: in any case, and with single blanks. */
export function plainCategory(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
