import { begunDays, type DayWindow, localDay, type MetricReading, type PointReading } from '../sdk/index.ts';
import type { FeedContext } from './client.ts';
import { type Reach, reachOf } from './coverage.ts';
import { type Entry, instantOf, plainCategory } from './entry.ts';
import type { PostParams } from './params.ts';
import { type Feed, feedSince } from './walk.ts';

/**
 * How many entries were published on each day. A day of which the feed can no longer tell gets no point, so that what was
 * read while it could stays.
 */
export async function readPosts(
  context: FeedContext,
  window: DayWindow,
  { category }: PostParams,
): Promise<MetricReading> {
  const { timeZone } = window;
  const feed = await feedSince(context, window);
  const wanted = feed.entries.filter(
    (entry) =>
      hasCategory(entry, category) && instantOf(entry.publishedAt, timeZone) <= context.now.getTime(),
  );
  const byDay = new Map<string, Entry[]>();
  for (const entry of wanted) {
    const day = dayOf(entry, timeZone);
    byDay.set(day, [...(byDay.get(day) ?? []), entry]);
  }
  const reach = reachOf(feed, timeZone);
  const days = begunDays(window, context.now);
  const known = days.filter((day) => reach.kind === 'all' || (reach.kind === 'from' && day >= reach.day));
  const points = known.map((day) => pointOf(day, byDay.get(day) ?? []));
  const notes = known.length === days.length ? [] : [cutNote(feed, reach)];
  return { points, completeness: { ...feed.completeness, notes } };
}

function pointOf(day: string, entries: readonly Entry[]): PointReading {
  const datedByChange = entries.filter(({ isDatedByChange }) => isDatedByChange).length;
  const value = String(entries.length);
  return datedByChange === 0 ? { day, value } : { day, value, flags: { datedByChange } };
}

function dayOf({ publishedAt }: Entry, timeZone: string): string {
  return 'day' in publishedAt ? publishedAt.day : localDay(publishedAt.ms, timeZone);
}

function hasCategory({ categories }: Entry, wanted: string | undefined): boolean {
  return (
    wanted === undefined || categories.some((category) => plainCategory(category) === plainCategory(wanted))
  );
}

function cutNote({ entries }: Feed, reach: Reach): string {
  if (entries.length === 0)
    return 'the feed is empty and does not say since when: nothing is said of any day';
  if (reach.kind === 'from') {
    return `the feed tells of ${entries.length} entries and not whether there were others before: nothing is said of days before ${reach.day}`;
  }
  return `the ${entries.length} entries of the feed are in no order of time, so it is unknown which are left out: nothing is said of any day`;
}
