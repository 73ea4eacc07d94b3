import type { Channel, ChannelSettings } from '../../alerts-queries.ts';
import { listOf } from './channel-draft.ts';

export type Topic = ChannelSettings['topics'][number];
export const topics: readonly Topic[] = ['key_results', 'sources', 'check_ins'];
export type ChannelEvent = Channel['events'][number];
export const channelEvents: readonly ChannelEvent[] = [
  'alert.fired',
  'alert.resolved',
  'key_result.status_changed',
  'key_result.progress_changed',
  'source.failed',
  'source.recovered',
  'run.finished',
];

/** The settings as fields hold them: times and numbers as text, what can be absent with a switch or as nothing. */
export type SettingsDraft = {
  topics: readonly Topic[];
  warnings: ChannelSettings['warnings'];
  owners: string;
  /** Empty: the workspace's. */
  timeZone: string;
  isQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  workingDays: readonly number[];
  digest: 'daily' | 'weekly' | 'none';
  digestAt: string;
  digestWeekday: number;
  /** Empty: no limit. */
  immediatePerDay: string;
  groupWaitMinutes: string;
  groupIntervalMinutes: string;
  events: readonly ChannelEvent[];
};

/** Null for a channel that takes progress back: it is told no news. */
export function draftOf({ events, settings }: Channel): SettingsDraft | null {
  if (settings === null) return null;
  const { digest, owners, quietHours } = settings;
  return {
    topics: settings.topics,
    warnings: settings.warnings,
    owners: (owners ?? []).join(', '),
    timeZone: settings.timeZone ?? '',
    isQuiet: quietHours !== null,
    quietFrom: quietHours?.from ?? '20:00',
    quietTo: quietHours?.to ?? '07:00',
    workingDays: settings.workingDays,
    digest: digest?.period ?? 'none',
    digestAt: digest?.at ?? '08:00',
    digestWeekday: digest?.weekday ?? 1,
    immediatePerDay: settings.immediatePerDay === null ? '' : String(settings.immediatePerDay),
    groupWaitMinutes: String(settings.groupWaitMinutes),
    groupIntervalMinutes: String(settings.groupIntervalMinutes),
    events,
  };
}

export function settingsOf(draft: SettingsDraft): ChannelSettings {
  const owners = listOf(draft.owners);
  return {
    topics: topics.filter((topic) => draft.topics.includes(topic)),
    warnings: draft.warnings,
    owners: owners.length === 0 ? null : owners,
    timeZone: draft.timeZone === '' ? null : draft.timeZone,
    quietHours: draft.isQuiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
    workingDays: draft.workingDays.toSorted((one, other) => one - other),
    digest:
      draft.digest === 'none'
        ? null
        : { period: draft.digest, at: draft.digestAt, weekday: draft.digestWeekday },
    immediatePerDay: draft.immediatePerDay.trim() === '' ? null : Number(draft.immediatePerDay),
    groupWaitMinutes: Number(draft.groupWaitMinutes),
    groupIntervalMinutes: Number(draft.groupIntervalMinutes),
  };
}

/** ISO weekdays by their names, Monday first. */
export function weekdays(lang: string): { day: number; name: string }[] {
  const name = new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' });
  // 1 January 2024 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, name: name.format(Date.UTC(2024, 0, day)) }));
}

/** The zones that this browser knows, and the one that is set. */
export function zones(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
}
