import { type CalendarWorld, calendarWorldOf } from '../calendar/world.ts';
import { type FeedWorld, feedWorldOf } from '../feed/world.ts';
import type { GoogleAccount } from '../google/token.ts';
import type { Cell, GoogleSheetsWorld, Sheet } from '../google-sheets/world.ts';
import { utcDay } from '../model/time.ts';
import type { Work } from '../model/work/work.ts';
import { calendarPath, SPREADSHEET_ID } from './names.ts';

/** What the team writes down, as its sheets, its calendar and its blog stand at an instant. */

const iso = (at: number): string => new Date(at * 1_000).toISOString();
/** Wall time of UTC. */
const wall = (at: number): string => iso(at).slice(0, 16);
const dayCell = (at: number): Cell => ({ day: utcDay(at) });

export function googleSheetsOf(work: Work, account: GoogleAccount, now: number): GoogleSheetsWorld {
  const sheet = (title: string, head: readonly string[], rows: Cell[][]): Sheet => ({
    title,
    rows: [head, ...rows],
  });
  const sheets = [
    sheet(
      'Remote tests',
      ['Date', 'Session', 'Status'],
      work.remoteTests.map(({ dayAt, id, status }) => [dayCell(dayAt), id, status]),
    ),
    sheet(
      'Learning',
      ['Week', 'Learning hours', 'All hours'],
      work.learning.map(({ dayAt, learningHours, totalHours }) => [
        dayCell(dayAt),
        learningHours,
        totalHours,
      ]),
    ),
    sheet(
      'Plans',
      ['Date', 'Done', 'Planned'],
      work.plans.map(({ dayAt, done, planned }) => [dayCell(dayAt), done, planned]),
    ),
    sheet(
      'Spend',
      ['Date', 'Sales and marketing'],
      work.spend.map(({ dayAt, minor }) => [dayCell(dayAt), minor / 100]),
    ),
    sheet(
      'Books',
      ['Month end', 'Revenue', 'Cost of revenue'],
      work.books.map(({ costMinor, day, revenueMinor }) => [{ day }, revenueMinor / 100, costMinor / 100]),
    ),
  ];
  const spreadsheet = {
    id: SPREADSHEET_ID,
    title: 'Acme in numbers (sandbox data)',
    timeZone: 'Etc/UTC',
    sheets,
    namedRanges: [],
    sharedWith: [account.clientEmail],
  };
  return { account, nowSeconds: now, spreadsheets: [spreadsheet], isEnabled: true, readsPerMinute: 60 };
}

export function feedOf({ posts }: Work, now: number): FeedWorld {
  return feedWorldOf({
    nowSeconds: now,
    title: 'Acme’s blog (sandbox data)',
    format: 'rss2',
    posts: posts.map(({ publishedAt, ...post }) => ({ ...post, publishedAt: iso(publishedAt) })),
    keeps: 20,
    older: 'pages',
  });
}

export function calendarOf({ meetings, weeklySession }: Work, token: string, now: number): CalendarWorld {
  const { category, firstAt, hours, leftOut, summary, uid } = weeklySession;
  const single = meetings.map(({ cancelled, categories, endAt, startAt, ...meeting }) => ({
    uid: meeting.uid,
    title: meeting.summary,
    categories,
    start: wall(startAt),
    zone: 'UTC',
    minutes: (endAt - startAt) / 60,
    cancelled,
  }));
  const series = {
    uid,
    title: summary,
    categories: [category],
    start: wall(firstAt),
    zone: 'UTC',
    minutes: hours * 60,
    repeats: { every: 'week' } as const,
    without: leftOut.map(wall),
  };
  return calendarWorldOf({
    nowSeconds: now,
    name: 'Acme research (sandbox data)',
    entries: [...single, series],
    path: calendarPath(token),
  });
}
