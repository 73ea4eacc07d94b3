import { type Calm, type DueDigest, digestFromDay } from '../domain/calm.ts';
import { addDays, localDay } from '../domain/day.ts';
import type { Frame } from './compose-messages.ts';
import { grouped } from './grouped.ts';
import type { DigestSection, News, NewsEvent, NewsItem } from './news.ts';
import type { Composition, Standing, WaitingNotice } from './ports-alerting.ts';

/** More of one section are counted, not named. */
const MAX_DIGEST_ITEMS = 8;

/**
 * The digest that is due, or null when there is nothing to say. However many were missed, it is one, and covers every
 * day since the last.
 */
export async function digestOf(
  { appUrl, channel, now }: Frame,
  calm: Calm,
  due: DueDigest,
  waiting: WaitingNotice[],
  standing: () => Promise<Standing>,
): Promise<Composition['messages'][number] | null> {
  const { digest } = channel.settings;
  if (digest === null) return null;
  const { decided, stillOffTrack } = await standing();
  const told = new Set(waiting.map(({ alertId }) => alertId));
  const achieved = new Set(
    waiting.filter(({ event }) => event === 'key_result.achieved').map(({ item }) => item.subject.id),
  );
  const all = [
    ...waiting.map(({ item }) => item),
    ...decided.filter(({ subject }) => !achieved.has(subject.id)),
    ...stillOffTrack.filter(({ alertId }) => alertId === null || !told.has(alertId)),
  ];
  // What merely goes on is no reason to write to anybody.
  if (all.length === 0 || (waiting.length === 0 && decided.length === 0 && digest.period === 'daily'))
    return null;
  const sections = sectionsOf(all);
  return {
    eventKey: `digest:${channel.id}:${due.at.toISOString()}`,
    groupKey: null,
    kind: 'digest',
    noticeIds: waiting.map(({ id }) => id),
    supersedes: [],
    news: {
      v: 2,
      type: 'digest',
      workspace: channel.workspace,
      occurredAt: now.toISOString(),
      period: digest.period,
      fromDay: digestFromDay(digest, calm, due.firstAt),
      throughDay: addDays(localDay(due.at, calm.timeZone), -1),
      ...(due.missed === 0 ? {} : { missed: due.missed }),
      sections,
      appUrl,
    },
  };
}

const sectionOf: Record<NewsEvent, DigestSection> = {
  'key_result.off_track': 'newly_off_track',
  'key_result.got_worse': 'got_worse',
  'key_result.still_off_track': 'still_off_track',
  'key_result.recovered': 'recovered',
  'key_result.achieved': 'achieved',
  'key_result.missed': 'missed',
  'key_result.check_in_due': 'check_in_due',
  'key_result.no_data': 'no_data',
  'key_result.data_back': 'data_back',
  'connection.no_data': 'no_data',
  'connection.failing': 'no_data',
  'connection.data_back': 'data_back',
  'connection.working': 'data_back',
};
const sectionOrder: DigestSection[] = [
  'newly_off_track',
  'got_worse',
  'missed',
  'no_data',
  'check_in_due',
  'still_off_track',
  'recovered',
  'achieved',
  'data_back',
];

function sectionsOf(items: NewsItem[]): Extract<News, { type: 'digest' }>['sections'] {
  const bySection = grouped(items, ({ event }) => sectionOf[event]);
  return sectionOrder.flatMap((section) => {
    const found = bySection.get(section) ?? [];
    if (found.length === 0) return [];
    const shown = found.slice(0, MAX_DIGEST_ITEMS).map((item) => ({ ...item, chart: null }));
    return [{ section, items: shown, more: found.length - shown.length }];
  });
}
