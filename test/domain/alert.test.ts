import { describe, expect, it } from 'vitest';
import {
  type AlertConfig,
  type AlertEvaluation,
  type AlertEvent,
  type AlertState,
  quietAlert,
  redefined,
  step,
} from '../../src/domain/alert.ts';
import type { DataState } from '../../src/domain/data-state.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Status } from '../../src/domain/status.ts';

const config: AlertConfig = {
  forEvaluations: 3,
  keepFiringEvaluations: 2,
  fireBelow: 0.25,
  clearAbove: 0.45,
};
const yesterday = '2026-08-11';
const today = '2026-08-12';

const at = (over: Partial<AlertState>): AlertState => ({
  ...quietAlert,
  lastTickDay: yesterday,
  episode: 4,
  ...over,
});
const judged = (
  chance: number | null,
  status: Status,
  dataState: DataState = 'fresh',
  asOfDay: string | null = today,
): AlertEvaluation => ({ asOfDay, status, dataState, chance });

/** Every kind of tick, by all that belongs to it; `null` is a redefinition. */
const ticks = {
  // With a chance the status says nothing: its borders are others.
  breach: [
    judged(0.01, 'off_track'),
    judged(0.2499, 'at_risk'),
    judged(0.1, 'off_track', 'late'),
    judged(null, 'off_track'),
    judged(null, 'off_track', 'late'),
  ],
  between: [judged(0.25, 'off_track'), judged(0.35, 'at_risk'), judged(0.45, 'on_track', 'late')],
  clear: [
    judged(0.4501, 'off_track'),
    judged(0.9, 'on_track'),
    judged(0.6, 'at_risk', 'late'),
    // The pace rule has its own margin: at risk is not off track.
    judged(null, 'at_risk'),
    judged(null, 'on_track'),
    judged(null, 'on_track', 'late'),
  ],
  away: [
    judged(null, 'unknown', 'stale'),
    judged(0.1, 'off_track', 'stale'),
    judged(0.9, 'on_track', 'paused'),
    judged(null, 'unknown', 'paused'),
    judged(null, 'unknown', 'none', null),
  ],
  held: [
    judged(0.1, 'off_track', 'failing'),
    judged(0.9, 'on_track', 'failing'),
    judged(0.1, 'too_early'),
    judged(null, 'too_early', 'late'),
    judged(null, 'not_started', 'fresh', null),
    judged(0.1, 'unknown'),
    judged(0.1, 'off_track', 'fresh', null),
  ],
  again: [
    judged(0.1, 'off_track', 'fresh', yesterday),
    judged(0.9, 'on_track', 'fresh', yesterday),
    judged(0.1, 'off_track', 'fresh', '2026-08-01'),
    judged(null, 'on_track', 'fresh', yesterday),
  ],
  achieved: [judged(0.1, 'achieved'), judged(null, 'achieved', 'late'), judged(1, 'achieved', 'fresh')],
  missed: [judged(0.9, 'missed'), judged(null, 'missed'), judged(0, 'missed', 'stale')],
  redefined: [null],
} satisfies Record<string, (AlertEvaluation | null)[]>;

// What follows: phase, count, message. Three days fire, two end it. "same": all is as it was. "away": the same, marked
// as interrupted. A phase "+gap" is marked so already; "+quiet" has one day to wait since the promise has changed.
const table = `
  from             breach         between    clear                away held again achieved           missed          redefined
  normal/0         pending/1      normal/0   normal/0             away same same  closed/0           closed/0        closed/0
  pending/1        pending/2      normal/0   normal/0             away same same  closed/0           closed/0        closed/0
  pending/2        firing/0/fired normal/0   normal/0             away same same  closed/0           closed/0        closed/0
  firing/0         firing/0       firing/0   recovering/1         away same same  closed/0/recovered closed/0/closed closed/0/closed
  recovering/1     firing/0       firing/0   resolved/0/recovered away same same  closed/0/recovered closed/0/closed closed/0/closed
  resolved/0       pending/1      resolved/0 resolved/0           away same same  closed/0           closed/0        closed/0
  closed/0         pending/1      normal/0   normal/0             away same same  closed/0           closed/0        closed/0
  closed/0+quiet   closed/0       closed/0   closed/0             away same same  closed/0           closed/0        closed/0
  pending/2+gap    pending/1      normal/0   normal/0             away same same  closed/0           closed/0        closed/0
  firing/0+gap     firing/0       firing/0   recovering/1         away same same  closed/0/recovered closed/0/closed closed/0/closed
  recovering/1+gap firing/0       firing/0   recovering/1         away same same  closed/0/recovered closed/0/closed closed/0/closed`;
const [[, ...kinds] = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));
const cells = rows.flatMap(([from = '', ...answers]) =>
  answers.map((to, i) => ({ from, kind: kinds[i] as keyof typeof ticks, to })),
);
function stateNamed(name: string): AlertState {
  const [place = '', mark] = name.split('+');
  const [phase, count] = place.split('/');
  return at({
    phase: phase as AlertState['phase'],
    ticks: Number(count),
    interrupted: mark === 'gap',
    ...(mark === 'quiet' ? { quietTicks: 1 } : {}),
  });
}

describe('one step', () => {
  it.each(cells)('from $from, $kind: $to', ({ from: name, kind, to }) => {
    const from = stateNamed(name);
    for (const evaluation of ticks[kind]) {
      const { events, state } =
        evaluation === null ? redefined(from, today, config) : step(from, evaluation, config);
      if (to === 'same' || to === 'away') {
        expect(state, JSON.stringify(evaluation)).toEqual(
          to === 'away' ? { ...from, interrupted: true } : from,
        );
        expect(events).toEqual([]);
        continue;
      }
      const [phase, count, message] = to.split('/');
      // Only a breach that opens an episode raises its number.
      const opened = phase === 'pending' && from.phase !== 'pending';
      const expected = { phase, ticks: Number(count), episode: opened ? 5 : 4 };
      expect(state, JSON.stringify(evaluation)).toMatchObject(expected);
      expect(events).toEqual(message === undefined ? [] : [{ kind: message, episode: 4, day: today }]);
      if (['breach', 'between', 'clear'].includes(kind))
        expect(state).toMatchObject({ lastTickDay: today, interrupted: false });
    }
  });

  it('is written down for every phase and every kind of tick', () => {
    expect(new Set(rows.map(([from]) => from?.split('/')[0])).size).toBe(6);
    expect(kinds).toEqual(Object.keys(ticks));
    expect(cells).toHaveLength(11 * 9);
  });

  it('leaves the state it was given as it was', () => {
    const from = Object.freeze(at({ phase: 'pending', ticks: 2, firedDays: [] }));
    Object.freeze(from.firedDays);
    expect(step(from, judged(0.1, 'off_track'), config).events).toHaveLength(1);
  });
});

/** One evaluation a day from 1 August on. A number is a chance, a word a status of the pace rule. */
type Day = number | Status | { away: DataState } | { redefined: true };
function story(days: Day[], rule: AlertConfig = config) {
  let state = quietAlert;
  const said: string[] = [];
  const note = (i: number, events: AlertEvent[]): void => {
    said.push(...events.map(({ episode, kind }) => `${kind} ${episode} on ${i + 1} August`));
  };
  days.forEach((what, i) => {
    const day = addDays('2026-08-01', i);
    if (typeof what === 'object' && 'redefined' in what) {
      const result = redefined(state, day, rule);
      state = result.state;
      note(i, result.events);
      return;
    }
    const evaluation =
      typeof what === 'number'
        ? judged(what, 'at_risk', 'fresh', day)
        : typeof what === 'string'
          ? judged(null, what, 'fresh', day)
          : judged(null, 'unknown', what.away, day);
    const result = step(state, evaluation, rule);
    state = result.state;
    note(i, result.events);
  });
  return { said, state };
}
const times = (n: number, what: Day): Day[] => Array.from({ length: n }, () => what);
const stale: Day = { away: 'stale' };

it('C23: breach, recovery and breach are two alerts and one recovery notice, and nothing while unchanged', () => {
  const { said } = story([...times(10, 'off_track'), ...times(10, 'on_track'), ...times(10, 'off_track')]);
  expect(said).toEqual(['fired 1 on 3 August', 'recovered 1 on 12 August', 'fired 2 on 23 August']);
});

it('C23: the same with chances', () => {
  const { said } = story([...times(10, 0.1), ...times(10, 0.8), ...times(10, 0.1)]);
  expect(said).toEqual(['fired 1 on 3 August', 'recovered 1 on 12 August', 'fired 2 on 23 August']);
});

it('tells one story of a quarter: two bad days, a long trouble, a false recovery, a source away, the goal met', () => {
  const { said, state } = story([
    0.6, // 1: fine
    0.2,
    0.24, // 2 and 3: two bad days, episode 1
    0.25, // 4: on the border is not below it, episode 1 is forgotten
    0.2,
    0.2,
    0.2, // 5 to 7: episode 2 fires
    0.3,
    0.44, // 8 and 9: better, but not over
    0.46, // 10: one day above the border
    0.45, // 11: and back
    stale,
    stale, // 12 and 13: the source is away
    0.5, // 14: one
    stale, // 15: away once more
    0.5,
    0.5, // 16 and 17: two days in a row, over
    0.5,
    0.2,
    0.2, // 19 and 20: episode 3
    stale, // 21
    0.2,
    0.2,
    0.2, // 22 to 24: counted anew, fires
    0.1,
    'achieved', // 26: met after all
    'achieved',
  ]);
  expect(said).toEqual([
    'fired 2 on 7 August',
    'recovered 2 on 17 August',
    'fired 3 on 24 August',
    'recovered 3 on 26 August',
  ]);
  expect(state).toMatchObject({ phase: 'closed', episode: 3 });
});

it('closes without news of a recovery when the goal is missed', () => {
  expect(story([...times(4, 0.1), 'missed', 'missed']).said).toEqual([
    'fired 1 on 3 August',
    'closed 1 on 5 August',
  ]);
});

it('goes on where the forecast ends and the pace rule takes over', () => {
  expect(story([0.1, 0.1, 'off_track', 'on_track', 0.5]).said).toEqual([
    'fired 1 on 3 August',
    'recovered 1 on 5 August',
  ]);
});

it('C21: is silent while it is too early, however bad the chance', () => {
  let state = quietAlert;
  for (let i = 0; i < 9; i += 1) {
    const result = step(state, judged(0.02, 'too_early', 'fresh', addDays('2026-08-01', i)), config);
    expect(result.events).toEqual([]);
    state = result.state;
  }
  expect(state).toEqual(quietAlert);
});

it('C13: a source that is away for four days changes nothing about an alert, and its return fires nothing', () => {
  expect(story([...times(3, 0.1), ...times(4, stale), 0.1]).said).toEqual(['fired 1 on 3 August']);
  const { said, state } = story([0.1, 0.1, ...times(4, stale), 0.1, 0.1]);
  expect(said).toEqual([]);
  expect(state).toMatchObject({ phase: 'pending', ticks: 2 });
});

it('a failing run for a day stops the count and does not begin it anew', () => {
  expect(story([0.1, 0.1, { away: 'failing' }, 0.1]).said).toEqual(['fired 1 on 4 August']);
});

it('does not alert on two bad days, however often they are evaluated', () => {
  let state = quietAlert;
  for (const day of ['2026-08-01', '2026-08-02']) {
    for (let i = 0; i < 24; i += 1) state = step(state, judged(0.1, 'at_risk', 'fresh', day), config).state;
  }
  expect(state).toMatchObject({ phase: 'pending', ticks: 2 });
});

it('does not flap between at risk and off track', () => {
  const swinging = Array.from({ length: 20 }, (_, i): Day => (i % 2 === 0 ? 'off_track' : 'at_risk'));
  expect(story([...times(3, 'off_track'), ...swinging]).said).toEqual(['fired 1 on 3 August']);
});

describe('the flap guard', () => {
  const quick: AlertConfig = { ...config, forEvaluations: 1, keepFiringEvaluations: 1 };
  /** Fires on each of the days, and is over on the day after it. */
  const flapping = (...fires: number[]): Day[] =>
    Array.from({ length: fires.at(-1) ?? 0 }, (_, i) => (fires.includes(i + 1) ? 0.1 : 0.8));
  const upTo = (days: Day[], until: number): Day[] => [...days, ...times(until - days.length, 0.8)];

  it('asks for twice the days once three episodes fired within fourteen days', () => {
    // Fired on the 1st, 8th and 15th: fourteen days from the first to the third.
    const { said } = story([...flapping(1, 8, 15), 0.8, 0.8, 0.1, 0.1], quick);
    expect(said.slice(-3)).toEqual([
      'fired 3 on 15 August',
      'recovered 3 on 17 August', // the 16th is not enough any more
      'fired 4 on 19 August', // nor is the 18th
    ]);
  });

  it('leaves three episodes within fifteen days alone', () => {
    const { said } = story([...flapping(1, 8, 16), 0.8, 0.1], quick);
    expect(said.slice(-3)).toEqual([
      'fired 3 on 16 August',
      'recovered 3 on 17 August',
      'fired 4 on 18 August',
    ]);
  });

  it('leaves two episodes alone, however near', () => {
    expect(story([0.1, 0.8, 0.1, 0.8], quick).said.at(-1)).toBe('recovered 2 on 4 August');
  });

  it('ends fourteen days after the last time it fired', () => {
    // Fired on the 1st, 3rd and 5th; the 19th is fourteen days later, the 20th fifteen.
    const guarded = story([...upTo(flapping(1, 3, 5), 18), 0.1], quick);
    expect(guarded.state).toMatchObject({ phase: 'pending', ticks: 1 });
    expect(story([...upTo(flapping(1, 3, 5), 19), 0.1], quick).said.at(-1)).toBe('fired 4 on 20 August');
  });

  it('looks at the newest three episodes only', () => {
    // The 1st is long ago; the 20th, 22nd and 24th are near, and so the 25th alone is not enough.
    const { said } = story([...flapping(1, 20, 22, 24), 0.8, 0.8], quick);
    expect(said.slice(-2)).toEqual(['fired 4 on 24 August', 'recovered 4 on 26 August']);
    // Of the 1st, 3rd, 5th and 25th the newest three are far apart.
    const far = story([...upTo(flapping(1, 3, 5), 24), 0.1, 0.8], quick).said;
    expect(far.slice(-2)).toEqual(['fired 4 on 25 August', 'recovered 4 on 26 August']);
  });
});

describe('a promise that has changed', () => {
  it('ends an episode that fired, and waits three evaluated days before three others can fire', () => {
    const { said } = story([...times(4, 0.1), { redefined: true }, ...times(6, 0.1)]);
    expect(said).toEqual(['fired 1 on 3 August', 'closed 1 on 5 August', 'fired 2 on 11 August']);
  });

  it('forgets a breach that was only pending', () => {
    const { said } = story([0.1, 0.1, { redefined: true }, 0.1, 0.1, 0.1, 0.1, 0.1]);
    expect(said).toEqual([]);
  });

  it('does not count days without data, nor a day twice, as seen', () => {
    expect(story([{ redefined: true }, stale, stale, stale, ...times(5, 0.1)]).said).toEqual([]);
    let state = redefined(at({ phase: 'firing' }), today, config).state;
    for (let i = 0; i < 10; i += 1) state = step(state, judged(0.1, 'off_track'), config).state;
    expect(state).toMatchObject({ phase: 'closed', quietTicks: 2 });
  });

  it('waits anew when it changes once more', () => {
    const days: Day[] = [{ redefined: true }, 0.1, 0.1, { redefined: true }, ...times(5, 0.1)];
    expect(story(days).said).toEqual([]);
    expect(story([...days, 0.1]).said).toEqual(['fired 1 on 10 August']);
  });
});

it('fires and recovers at once when the rule asks for one day each', () => {
  const rule = { ...config, forEvaluations: 1, keepFiringEvaluations: 1 };
  expect(story([0.1, 0.8, 0.1], rule).said).toEqual([
    'fired 1 on 1 August',
    'recovered 1 on 2 August',
    'fired 2 on 3 August',
  ]);
});
