import { describe, expect, it } from 'vitest';
import {
  type AlertSeverity,
  type Circumstances,
  type Episode,
  nothingTold,
  type Told,
  tell,
} from '../../src/domain/telling.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = new Date('2026-08-12T08:00:00Z');
const before = (ms: number): Date => new Date(now.getTime() - ms);

const free: Circumstances = {
  now,
  channelSince: before(90 * dayMs),
  snoozed: false,
  snoozeEndedAt: null,
  inhibited: false,
  acknowledged: null,
  repeatAfterMs: null,
};
const told = (state: Told['state'], severity: AlertSeverity): Told => ({
  state,
  severity,
  lastAt: before(3 * dayMs),
  said: 2,
});
const episode = (state: Episode['state'], severity: AlertSeverity, lasted = true): Episode => ({
  state,
  severity,
  firedAt: state === 'pending' ? null : before(5 * dayMs),
  lasted,
});

/** What the channel has been told. Three days ago something was last said; the episode fired two days before that. */
const heard = {
  nothing: nothingTold,
  assumed: told('assumed', 'warning'),
  warning: told('firing', 'warning'),
  critical: told('firing', 'critical'),
  over: told('over', 'warning'),
};
const episodes = {
  pending: episode('pending', 'warning'),
  warning: episode('firing', 'warning'),
  critical: episode('firing', 'critical'),
  resolved: episode('resolved', 'warning'),
  short: episode('resolved', 'warning', false),
  closed: episode('closed', 'critical'),
};
// Acknowledged: /w at the severity warning, /c at critical. Awake: a silence ended since something was last said.
const circumstances = {
  free,
  snoozed: { ...free, snoozed: true, repeatAfterMs: dayMs },
  inhibited: { ...free, inhibited: true, snoozeEndedAt: before(dayMs) },
  awake: { ...free, snoozeEndedAt: before(dayMs) },
  'awake/w': { ...free, snoozeEndedAt: before(dayMs), acknowledged: 'warning' },
  due: { ...free, repeatAfterMs: 3 * dayMs },
  'due/w': { ...free, repeatAfterMs: 3 * dayMs, acknowledged: 'warning' },
  'due/c': { ...free, repeatAfterMs: 3 * dayMs, acknowledged: 'critical' },
  early: { ...free, repeatAfterMs: 3 * dayMs + 1, snoozeEndedAt: before(3 * dayMs) },
} satisfies Record<string, Circumstances>;

// "-": nothing is said and nothing remembered; "shut": nothing is said, and the episode is over for this channel.
const table = `
  heard    episode  | free      snoozed inhibited awake     awake/w   due       due/w     due/c     early
  nothing  pending  | -         -       -         -         -         -         -         -         -
  nothing  warning  | fired     -       -         fired     fired     fired     fired     fired     fired
  nothing  critical | fired     -       -         fired     fired     fired     fired     fired     fired
  nothing  resolved | shut      -       -         shut      shut      shut      shut      shut      shut
  nothing  short    | shut      -       -         shut      shut      shut      shut      shut      shut
  nothing  closed   | shut      -       -         shut      shut      shut      shut      shut      shut
  assumed  warning  | -         -       -         still     -         still     -         -         -
  assumed  critical | got_worse -       -         got_worse got_worse got_worse got_worse got_worse got_worse
  assumed  resolved | shut      -       -         shut      shut      shut      shut      shut      shut
  assumed  short    | shut      -       -         shut      shut      shut      shut      shut      shut
  assumed  closed   | shut      -       -         shut      shut      shut      shut      shut      shut
  warning  warning  | -         -       -         still     -         still     -         -         -
  warning  critical | got_worse -       -         got_worse got_worse got_worse got_worse got_worse got_worse
  warning  resolved | over      -       -         over      over      over      over      over      over
  warning  short    | shut      -       -         shut      shut      shut      shut      shut      shut
  warning  closed   | shut      -       -         shut      shut      shut      shut      shut      shut
  critical warning  | -         -       -         still     -         still     -         -         -
  critical critical | -         -       -         still     still     still     still     -         -
  critical resolved | over      -       -         over      over      over      over      over      over
  critical short    | shut      -       -         shut      shut      shut      shut      shut      shut
  critical closed   | shut      -       -         shut      shut      shut      shut      shut      shut
  over     pending  | -         -       -         -         -         -         -         -         -
  over     warning  | -         -       -         -         -         -         -         -         -
  over     critical | -         -       -         -         -         -         -         -         -
  over     resolved | -         -       -         -         -         -         -         -         -
  over     short    | -         -       -         -         -         -         -         -         -
  over     closed   | -         -       -         -         -         -         -         -         -`;
const [header = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/[ |]+/));
const cells = rows.flatMap(([was = '', is = '', ...answers]) =>
  answers.map((answer, i) => ({ was, is, how: header[i + 2] ?? '', answer })),
);
function named<T>(from: Record<string, T>, name: string): T {
  const found = from[name];
  if (found === undefined) throw new RangeError(`the table names "${name}", which is nothing`);
  return found;
}

/** What is remembered after such an answer. */
function remembered(was: Told, is: Episode, answer: string): Told {
  if (answer === '-') return was;
  if (answer === 'shut') return { ...was, state: 'over' };
  if (answer === 'over') return { ...was, state: 'over', lastAt: now, said: was.said + 1 };
  return { state: 'firing', severity: is.severity, lastAt: now, said: was.said + 1 };
}

describe('what a channel is told', () => {
  it('is written down for every state and circumstance', () => {
    // 5 x 6 states, less the three in which something was told of what is only pending; 9 circumstances.
    expect(cells).toHaveLength(27 * 9);
    expect(new Set(cells.map(({ how, is, was }) => `${was} ${is} ${how}`)).size).toBe(27 * 9);
  });

  it.each(cells)('heard $was, is $is, $how: $answer, and no more when asked again', (cell) => {
    const [was, is] = [named(heard, cell.was), named(episodes, cell.is)];
    const how = named<Circumstances>(circumstances, cell.how);
    const result = tell(was, is, how);
    expect(result.say).toBe(cell.answer === '-' || cell.answer === 'shut' ? null : cell.answer);
    expect(result.told).toEqual(remembered(was, is, cell.answer));
    expect(tell(result.told, is, how)).toEqual({ told: result.told, say: null });
  });
});

describe('a channel that came after it fired', () => {
  const late = { ...free, channelSince: before(4 * dayMs) };

  it.each([
    { is: episodes.warning, how: late, why: 'is not told of the beginning' },
    { is: episodes.critical, how: late, why: 'nor that it is critical already' },
    { is: episodes.warning, how: { ...late, snoozed: true }, why: 'not even in silence' },
  ])('$why', ({ how, is }) => {
    const { say, told: after } = tell(nothingTold, is, how);
    expect(say).toBeNull();
    expect(after).toEqual({ state: 'assumed', severity: is.severity, lastAt: late.channelSince, said: 0 });
  });

  it('is told when it gets worse, and then of its end', () => {
    const assumed = tell(nothingTold, episodes.warning, late).told;
    const worse = tell(assumed, episodes.critical, late);
    expect(worse.say).toBe('got_worse');
    expect(tell(worse.told, episodes.resolved, late).say).toBe('over');
  });

  it('is told nothing of an end where it was told of no beginning', () => {
    const assumed = tell(nothingTold, episodes.warning, late).told;
    expect(tell(assumed, episodes.resolved, late)).toMatchObject({ say: null, told: { state: 'over' } });
    expect(tell(nothingTold, episodes.resolved, late)).toMatchObject({ say: null, told: { state: 'over' } });
  });

  it('is reminded as if it had been told when it came', () => {
    const repeating = { ...late, repeatAfterMs: 4 * dayMs };
    expect(tell(nothingTold, episodes.warning, repeating).say).toBe('still');
    expect(
      tell(nothingTold, episodes.warning, { ...repeating, repeatAfterMs: 4 * dayMs + 1 }).say,
    ).toBeNull();
  });

  it('is told of the beginning when it came at that very moment', () => {
    expect(tell(nothingTold, episodes.warning, { ...free, channelSince: before(5 * dayMs) }).say).toBe(
      'fired',
    );
  });
});

describe('borders', () => {
  it('reminds at the very moment that the time is up, and not a millisecond before', () => {
    const was = { ...heard.warning, lastAt: before(7 * dayMs) };
    expect(tell(was, episodes.warning, { ...free, repeatAfterMs: 7 * dayMs }).say).toBe('still');
    expect(tell(was, episodes.warning, { ...free, repeatAfterMs: 7 * dayMs + 1 }).say).toBeNull();
  });

  it('says once that it still burns after a silence, although something was said at the moment it ended', () => {
    const ended = { ...free, snoozeEndedAt: now };
    const first = tell(heard.warning, episodes.warning, ended);
    expect(first.say).toBe('still');
    const later = { ...ended, now: new Date(now.getTime() + hourMs) };
    expect(tell(first.told, episodes.warning, later).say).toBeNull();
  });

  it('waits out a silence within which another one ended', () => {
    const within = { ...free, snoozed: true, snoozeEndedAt: before(hourMs) };
    expect(tell(heard.warning, episodes.warning, within).say).toBeNull();
    expect(tell(heard.warning, episodes.warning, { ...free, snoozeEndedAt: now }).say).toBe('still');
  });

  it('says it got worse once more when it had eased and that was said', () => {
    const eased = tell(heard.critical, episodes.warning, { ...free, repeatAfterMs: dayMs });
    expect(eased.say).toBe('still');
    expect(tell(eased.told, episodes.critical, free).say).toBe('got_worse');
    // Without a word in between nobody knows that it had eased.
    expect(tell(tell(heard.critical, episodes.warning, free).told, episodes.critical, free).say).toBeNull();
  });
});

it('C23: breach, recovery and breach are two alerts and one recovery notice, none while unchanged', () => {
  const said: string[] = [];
  const days: [number: number, is: Episode][] = [
    [1, episodes.pending],
    ...Array.from({ length: 6 }, (): [number, Episode] => [1, episodes.warning]),
    ...Array.from({ length: 6 }, (): [number, Episode] => [1, episodes.resolved]),
    [2, episodes.pending],
    ...Array.from({ length: 6 }, (): [number, Episode] => [2, episodes.warning]),
  ];
  const memory = new Map<number, Told>();
  days.forEach(([number, is], i) => {
    const at = { ...free, now: new Date(now.getTime() + i * dayMs) };
    const result = tell(memory.get(number) ?? nothingTold, is, at);
    memory.set(number, result.told);
    if (result.say !== null) said.push(`${result.say} ${number} on day ${i}`);
  });
  expect(said).toEqual(['fired 1 on day 1', 'over 1 on day 7', 'fired 2 on day 14']);
});
