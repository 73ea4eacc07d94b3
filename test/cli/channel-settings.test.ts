import { describe, expect, it } from 'vitest';
import { type SettingsFlags, settingsAsFlags, settingsFromFlags } from '../../src/cli/channel-settings.ts';
import { forPeople } from '../../src/domain/channel-settings.ts';

const usual = {
  ...forPeople,
  workingDays: [...forPeople.workingDays],
  topics: [...forPeople.topics],
  owners: null,
};

// ISO weekdays: 1 is Monday, 7 is Sunday.
it.each([
  { flags: { quietHours: '20:00-07:00' }, settings: { quietHours: { from: '20:00', to: '07:00' } } },
  { flags: { quietHours: 'none' }, settings: { quietHours: null } },
  { flags: { days: 'mon-fri' }, settings: { workingDays: [1, 2, 3, 4, 5] } },
  { flags: { days: 'sun-thu' }, settings: { workingDays: [1, 2, 3, 4, 7] } },
  { flags: { days: 'wed,mon,fri' }, settings: { workingDays: [1, 3, 5] } },
  { flags: { days: 'sat' }, settings: { workingDays: [6] } },
  { flags: { days: 'all' }, settings: { workingDays: [1, 2, 3, 4, 5, 6, 7] } },
  { flags: { zone: 'Asia/Shanghai' }, settings: { timeZone: 'Asia/Shanghai' } },
  { flags: { zone: 'workspace' }, settings: { timeZone: null } },
  { flags: { digest: 'daily@08:30' }, settings: { digest: { period: 'daily', at: '08:30', weekday: 1 } } },
  {
    flags: { digest: 'weekly:thu@17:00' },
    settings: { digest: { period: 'weekly', at: '17:00', weekday: 4 } },
  },
  { flags: { digest: 'off' }, settings: { digest: null } },
  { flags: { warnings: 'digest' }, settings: { warnings: 'digest' } },
  { flags: { topics: 'sources,check-ins' }, settings: { topics: ['sources', 'check_ins'] } },
  { flags: { owners: 'Mei, José' }, settings: { owners: ['Mei', 'José'] } },
  { flags: { owners: 'all' }, settings: { owners: null } },
  { flags: { perDay: '3' }, settings: { immediatePerDay: 3 } },
  { flags: { perDay: 'none' }, settings: { immediatePerDay: null } },
  { flags: { wait: '10m', interval: '4h' }, settings: { groupWaitMinutes: 10, groupIntervalMinutes: 240 } },
  { flags: { wait: '0' }, settings: { groupWaitMinutes: 0 } },
])('$flags is read as it is meant, and nothing else changes', ({ flags, settings }) => {
  expect(settingsFromFlags(flags as SettingsFlags)).toEqual(settings);
});

it.each([
  { quietHours: '20-07' },
  { quietHours: '24:00-07:00' },
  { days: 'mon-' },
  { days: 'weekdays' },
  { days: 'mon-wed-fri' },
  { digest: 'daily@8' },
  { digest: 'daily:mon@08:00' },
  { digest: 'weekly:someday@08:00' },
  { warnings: 'never' },
  { topics: 'key-results,gossip' },
  { perDay: '0' },
  { wait: '90s' },
  { interval: 'soon' },
])('%j is refused with its flag and its value', (flags: SettingsFlags) => {
  const [name = '', value = ''] = Object.entries(flags)[0] ?? [];
  const flag = `--${name.replace('perDay', 'per-day').replace('quietHours', 'quiet-hours')} "${value}"`;
  expect(() => settingsFromFlags(flags)).toThrow(flag);
});

describe('settings as flags', () => {
  it('are written as they are typed', () => {
    expect(settingsAsFlags(usual)).toEqual({
      quietHours: '20:00-07:00',
      days: 'mon-fri',
      zone: 'workspace',
      digest: 'daily@08:00',
      warnings: 'at-once',
      topics: 'key-results,sources,check-ins',
      owners: 'all',
      perDay: '5',
      wait: '10m',
      interval: '4h',
    });
  });

  it.each([
    { ...usual, workingDays: [1, 2, 4, 5, 6], quietHours: null, digest: null },
    { ...usual, workingDays: [7], timeZone: 'Europe/Berlin', immediatePerDay: null },
    { ...usual, digest: { period: 'weekly' as const, at: '09:15', weekday: 7 }, owners: ['Mei', 'Ana'] },
    { ...usual, groupWaitMinutes: 0, groupIntervalMinutes: 90, topics: ['sources' as const] },
  ])('can be pasted back and mean the same: $workingDays', (settings) => {
    expect(settingsFromFlags(settingsAsFlags(settings))).toEqual(settings);
  });
});
