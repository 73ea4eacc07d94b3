import type { ChannelSettings } from '../domain/channel-settings.ts';
import { isTimeZone } from '../domain/day.ts';

export type SettingsProblem = { field: keyof ChannelSettings; code: string; detail: string; fix: string };

/** What is wrong with settings whose fields read well one by one: each names the field, its value and the next step. */
export function checkChannelSettings(settings: ChannelSettings): SettingsProblem[] {
  return [...wrongTimes(settings), ...wrongLists(settings), ...withoutDigest(settings)];
}

function wrongTimes({ quietHours, timeZone }: ChannelSettings): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (timeZone !== null && !isTimeZone(timeZone)) {
    problems.push({
      field: 'timeZone',
      code: 'unknown_time_zone',
      detail: `There is no time zone "${timeZone}".`,
      fix: 'Name an IANA zone such as Europe/Berlin, or use that of the workspace.',
    });
  }
  if (quietHours !== null && quietHours.from === quietHours.to) {
    problems.push({
      field: 'quietHours',
      code: 'no_quiet_hours',
      detail: `Quiet hours from ${quietHours.from} to ${quietHours.to} have no length.`,
      fix: 'Name two different times, or have no quiet hours at all.',
    });
  }
  return problems;
}

function wrongLists({ owners, topics, workingDays }: ChannelSettings): SettingsProblem[] {
  const lists = { workingDays, topics, owners: owners ?? [] } as const;
  return Object.entries(lists).flatMap(([name, values]): SettingsProblem[] => {
    const field = name as keyof typeof lists; // its own keys
    const list: readonly (string | number)[] = values;
    const twice = list.find((value, at) => list.indexOf(value) !== at);
    if (twice === undefined) return [];
    const detail = `"${twice}" stands twice in ${field}.`;
    return [{ field, code: 'repeated', detail, fix: 'Name each once.' }];
  });
}

/** What waits for a digest that never comes would never be told. */
function withoutDigest({ digest, warnings }: ChannelSettings): SettingsProblem[] {
  if (digest !== null || warnings === 'at_once') return [];
  return [
    {
      field: 'warnings',
      code: 'no_digest',
      detail: 'Warnings are to wait for the digest, and this channel has none.',
      fix: 'Give it a digest, or let warnings be told at once.',
    },
  ];
}
