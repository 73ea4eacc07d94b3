import type { Body } from '../api/client-types.ts';
import type { ChannelSettingsView } from '../api/contracts/alerting.ts';
import { parseCount, parseDurationMs } from './amounts.ts';
import { usageError } from './cli-error.ts';

type ChangeSettings = NonNullable<Body<'changeChannel'>['settings']>;

/** When and of what a channel hears, as flags say it and as `channel show` writes it: one can be pasted into the other. */
export type SettingsFlags = {
  quietHours?: string;
  days?: string;
  zone?: string;
  digest?: string;
  warnings?: string;
  topics?: string;
  owners?: string;
  perDay?: string;
  wait?: string;
  interval?: string;
};

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const topicNames = {
  'key-results': 'key_results',
  sources: 'sources',
  'check-ins': 'check_ins',
} as const;

/**
 * The settings that the flags name; those that are not given stay as they are.
 *
 * @throws CliError (exit code 2) naming the flag, its value and how it is written
 */
export function settingsFromFlags(flags: SettingsFlags): ChangeSettings {
  const settings: ChangeSettings = {};
  if (flags.quietHours !== undefined) settings.quietHours = quietOf(flags.quietHours);
  if (flags.days !== undefined) settings.workingDays = daysOf(flags.days);
  if (flags.zone !== undefined) settings.timeZone = flags.zone === 'workspace' ? null : flags.zone;
  if (flags.digest !== undefined) settings.digest = digestOf(flags.digest);
  if (flags.warnings !== undefined) settings.warnings = warningsOf(flags.warnings);
  if (flags.topics !== undefined) settings.topics = topicsOf(flags.topics);
  if (flags.owners !== undefined) settings.owners = flags.owners === 'all' ? null : namesOf(flags.owners);
  if (flags.perDay !== undefined) {
    settings.immediatePerDay = flags.perDay === 'none' ? null : parseCount(flags.perDay, '--per-day');
  }
  if (flags.wait !== undefined) settings.groupWaitMinutes = minutesOf(flags.wait, '--wait');
  if (flags.interval !== undefined) settings.groupIntervalMinutes = minutesOf(flags.interval, '--interval');
  return settings;
}

/** The same settings in the words of the flags. */
export function settingsAsFlags(settings: ChannelSettingsView): Required<SettingsFlags> {
  const { digest, immediatePerDay, owners, quietHours } = settings;
  return {
    quietHours: quietHours === null ? 'none' : `${quietHours.from}-${quietHours.to}`,
    days: daysText(settings.workingDays),
    zone: settings.timeZone ?? 'workspace',
    digest: digest === null ? 'off' : digestText(digest),
    warnings: settings.warnings === 'at_once' ? 'at-once' : 'digest',
    topics: settings.topics.map((topic) => topic.replace('_', '-')).join(','),
    owners: owners === null ? 'all' : owners.join(','),
    perDay: immediatePerDay === null ? 'none' : String(immediatePerDay),
    wait: minutesText(settings.groupWaitMinutes),
    interval: minutesText(settings.groupIntervalMinutes),
  };
}

function quietOf(text: string): NonNullable<ChannelSettingsView['quietHours']> | null {
  if (text === 'none') return null;
  const [from = '', to = '', ...rest] = text.split('-');
  if (rest.length === 0 && isClockTime(from) && isClockTime(to)) return { from, to };
  throw usageError(
    `--quiet-hours "${text}" is not a stretch of the day`,
    'Write it like 20:00-07:00, or none.',
  );
}

function digestOf(text: string): NonNullable<ChannelSettingsView['digest']> | null {
  if (text === 'off') return null;
  const [, period = '', day, at = ''] = /^(daily|weekly)(?::([a-z]+))?@(.+)$/i.exec(text) ?? [];
  const weekday = day === undefined ? 1 : dayNames.indexOf(day.toLowerCase()) + 1;
  const isDaily = period === 'daily' && day === undefined;
  const isWeekly = period === 'weekly' && weekday > 0;
  if (isClockTime(at) && isDaily) return { period: 'daily', at, weekday: 1 };
  if (isClockTime(at) && isWeekly) return { period: 'weekly', at, weekday };
  throw usageError(
    `--digest "${text}" names no time of a digest`,
    'Write it like daily@08:00, weekly:mon@08:00, or off.',
  );
}

function digestText({ at, period, weekday }: NonNullable<ChannelSettingsView['digest']>): string {
  return period === 'daily' ? `daily@${at}` : `weekly:${dayNames[weekday - 1]}@${at}`;
}

/** `mon-fri`, `mon,wed,fri`, `sun-thu`, `all`: from one day through the other, around the end of the week too. */
function daysOf(text: string): number[] {
  if (text === 'all') return [1, 2, 3, 4, 5, 6, 7];
  const found = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const [first, last, ...rest] = part.split('-').map((name) => dayNames.indexOf(name.trim()));
    const to = last ?? first;
    if (first === undefined || to === undefined || rest.length > 0 || first < 0 || to < 0) {
      throw usageError(
        `--days "${text}" names no days of the week`,
        'Write it like mon-fri, mon,wed,fri or all.',
      );
    }
    for (let at = first; at !== to; at = (at + 1) % 7) found.add(at + 1);
    found.add(to + 1);
  }
  return [...found].toSorted((one, other) => one - other);
}

/** Three days and more in a row as a stretch. */
function daysText(days: readonly number[]): string {
  const name = (day: number): string => dayNames[day - 1] ?? '';
  if (days.length === 7) return 'all';
  const parts: string[] = [];
  for (let at = 0; at < days.length; ) {
    let end = at;
    while (days[end + 1] === (days[end] ?? 0) + 1) end += 1;
    const run = days.slice(at, end + 1);
    const [first = 0] = run;
    parts.push(run.length > 2 ? `${name(first)}-${name(run.at(-1) ?? 0)}` : run.map(name).join(','));
    at = end + 1;
  }
  return parts.join(',');
}

function warningsOf(text: string): ChannelSettingsView['warnings'] {
  if (text === 'at-once') return 'at_once';
  if (text === 'digest') return 'digest';
  throw usageError(`--warnings "${text}" is none of at-once, digest`);
}

function topicsOf(text: string): ChannelSettingsView['topics'] {
  if (text === 'all') return Object.values(topicNames);
  return namesOf(text).map((name) => {
    const topic = Object.entries(topicNames).find(([known]) => known === name)?.[1];
    if (topic !== undefined) return topic;
    const known = Object.keys(topicNames).join(', ');
    throw usageError(`--topics "${text}" names "${name}", which is no topic`, `The topics are: ${known}.`);
  });
}

function namesOf(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function minutesOf(text: string, flag: string): number {
  const minutes = text === '0' ? 0 : parseDurationMs(text, flag) / 60_000;
  if (!Number.isInteger(minutes)) throw usageError(`${flag} "${text}" is not a whole number of minutes`);
  return minutes;
}

function minutesText(minutes: number): string {
  if (minutes === 0) return '0';
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
