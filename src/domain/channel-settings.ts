import type { Calm, DigestTime } from './calm.ts';

/** What a channel may hear of: how Key Results stand, how their sources work, and who is asked to check in. */
export type Topic = 'key_results' | 'sources' | 'check_ins';

/** When and of what a channel wants to hear. */
export type ChannelSettings = {
  /** Null: the workspace's zone. */
  timeZone: string | null;
  quietHours: Calm['quietHours'];
  workingDays: readonly number[];
  /** Whether what is no emergency is told at once, or in the next digest. */
  warnings: 'at_once' | 'digest';
  /** Null: no digest; then everything is told at once. */
  digest: DigestTime | null;
  /** Messages a day beyond which the rest waits for the digest; null: no such limit. */
  immediatePerDay: number | null;
  /** How long the first news of a group waits for others, and the least time between two messages of one group. */
  groupWaitMinutes: number;
  groupIntervalMinutes: number;
  topics: readonly Topic[];
  /** Only news about what these people own; null: about everything that nobody else's channel is for. */
  owners: readonly string[] | null;
};

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const everything: Topic[] = ['key_results', 'sources', 'check_ins'];

/** For people: within working hours, what belongs together in one message, and a summary in the morning. */
export const forPeople: ChannelSettings = {
  timeZone: null,
  quietHours: { from: '20:00', to: '07:00' },
  workingDays: [1, 2, 3, 4, 5],
  warnings: 'at_once',
  digest: { period: 'daily', at: '08:00', weekday: 1 },
  immediatePerDay: 5,
  groupWaitMinutes: 10,
  groupIntervalMinutes: 240,
  topics: everything,
  owners: null,
};

/** For programs: each event by itself, at once. */
export const forPrograms: ChannelSettings = {
  timeZone: null,
  quietHours: null,
  workingDays: everyDay,
  warnings: 'at_once',
  digest: null,
  immediatePerDay: null,
  groupWaitMinutes: 0,
  groupIntervalMinutes: 0,
  topics: everything,
  owners: null,
};

/** The settings of a channel: what was stored of them, and the usual ones of its kind for the rest. */
export function settingsOf(kind: string, stored: Partial<ChannelSettings>): ChannelSettings {
  return { ...(kind === 'webhook' ? forPrograms : forPeople), ...stored };
}

/** Which of the channels hear of something that somebody owns: those that are that person's own, or else everybody's. */
export function audienceOf<Channel extends { settings: ChannelSettings }>(
  channels: readonly Channel[],
  topic: Topic,
  owner: string | null,
): Channel[] {
  const interested = channels.filter(({ settings }) => settings.topics.includes(topic));
  const own = interested.filter(({ settings }) => owner !== null && settings.owners?.includes(owner));
  const open = interested.filter(({ settings }) => settings.owners === null);
  // News of a source is for whoever can mend it; of a Key Result for its owner and for everybody who listens to all.
  return topic === 'sources' && own.length > 0 ? own : [...own, ...open];
}

/** Whether news travels at once or waits for the digest. */
export function laneOf(
  settings: ChannelSettings,
  news: { isUrgent: boolean; isReminder: boolean },
): 'now' | 'digest' {
  if (settings.digest === null || news.isUrgent) return 'now';
  return settings.warnings === 'digest' || news.isReminder ? 'digest' : 'now';
}
