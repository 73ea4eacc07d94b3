import type { DataState } from './data-state.ts';
import { daysBetween } from './day.ts';
import type { Status } from './status.ts';

/**
 * One alert on one Key Result: off track. `resolved` and `closed` are where an episode ends; the next breach opens a
 * new one with the next number.
 */
export type AlertPhase = 'normal' | 'pending' | 'firing' | 'recovering' | 'resolved' | 'closed';

export type AlertState = {
  phase: AlertPhase;
  /** Days in a row: of the breach while pending, of its absence while recovering. */
  ticks: number;
  /** The newest day that was counted. */
  lastTickDay: string | null;
  /** Data were away: a count that spans the gap is not "in a row". */
  interrupted: boolean;
  /** Raised when an episode begins; part of the keys that keep a message from being sent twice. */
  episode: number;
  /** The days on which the newest episodes fired, oldest first. */
  firedDays?: string[];
  /** No breach opens an episode before so many evaluated days: the promise itself has just changed. */
  quietTicks?: number;
};

/** What a notification is made of. `closed` ends an episode that fired without being news of a recovery. */
export type AlertEvent = { kind: 'fired' | 'recovered' | 'closed'; episode: number; day: string };

export type AlertConfig = {
  /** On how many different days the breach must hold before it fires, and be gone before it is over. At least 1 each. */
  forEvaluations: number;
  keepFiringEvaluations: number;
  /** Chances: a breach begins below the one, and is over above the other. */
  fireBelow: number;
  clearAbove: number;
};

export type AlertEvaluation = {
  asOfDay: string | null;
  status: Status;
  dataState: DataState;
  /** P(hit), smoothed; null where history is too short for it, and the status of the pace rule decides. */
  chance: number | null;
};
export type AlertStep = { state: AlertState; events: AlertEvent[] };

export const quietAlert: AlertState = {
  phase: 'normal',
  ticks: 0,
  lastTickDay: null,
  interrupted: false,
  episode: 0,
};

/**
 * A Key Result flaps when its three newest episodes fired within fourteen days, the first and the third at most that far
 * apart. Both counts are doubled then, on every evaluated day up to the fourteenth after the newest of them fired, whether
 * it still burns or not.
 */
const FLAP_DAYS = 14;
const FLAP_EPISODES = 3;

/**
 * One step of the machine, with at most one event. The clock is the evaluated day: evaluating a day again counts
 * nothing. A breach is a chance below `fireBelow`; once fired it is over only above `clearAbove`, which is the margin
 * that keeps it from flapping. Without a chance the breach is the status `off_track`, and anything better ends it:
 * between the two borders of the pace rule lies a margin too.
 *
 * Without trustworthy data nothing moves and nothing resolves; the data have their own state and their own news. After
 * data were away (stale, none, paused) counting begins again at zero, so that a refilled gap cannot fire at once.
 *
 * When the Key Result is decided the episode ends on the spot: `achieved` after firing is a recovery and says so,
 * `missed` closes it in silence, for the missed goal is its own news.
 */
export function step(state: AlertState, evaluation: AlertEvaluation, config: AlertConfig): AlertStep {
  const { asOfDay, status } = evaluation;
  if (asOfDay !== null && (status === 'achieved' || status === 'missed'))
    return decided(state, status, asOfDay);
  if (asOfDay === null || isInhibited(evaluation)) {
    const away = ['stale', 'none', 'paused'].includes(evaluation.dataState);
    return { state: away ? { ...state, interrupted: true } : state, events: [] };
  }
  if (state.lastTickDay !== null && asOfDay <= state.lastTickDay) return { state, events: [] };
  const counted = { ...state, lastTickDay: asOfDay, ticks: state.interrupted ? 0 : state.ticks };
  const patience = isFlapping(state, asOfDay) ? 2 : 1;
  return tick({ ...counted, interrupted: false }, isBreached(state.phase, evaluation, config), asOfDay, {
    ...config,
    forEvaluations: config.forEvaluations * patience,
    keepFiringEvaluations: config.keepFiringEvaluations * patience,
  });
}

/**
 * The promise has changed (target, dates, direction, metric): what is open ends without a message, and nothing fires
 * before the new one has been seen for as many evaluated days as it takes to fire.
 */
export function redefined(state: AlertState, day: string, config: AlertConfig): AlertStep {
  const open = state.phase === 'firing' || state.phase === 'recovering';
  const next: AlertState = { ...state, phase: 'closed', ticks: 0, quietTicks: config.forEvaluations };
  return { state: next, events: open ? [{ kind: 'closed', episode: state.episode, day }] : [] };
}

function isBreached(phase: AlertPhase, { chance, status }: AlertEvaluation, config: AlertConfig): boolean {
  if (chance === null) return status === 'off_track';
  const fired = phase === 'firing' || phase === 'recovering';
  return fired ? chance <= config.clearAbove : chance < config.fireBelow;
}

function isInhibited({ dataState, status }: AlertEvaluation): boolean {
  if (status === 'unknown' || status === 'too_early' || status === 'not_started') return true;
  // One late day keeps the alert at work: the status still speaks for a settled day.
  return dataState !== 'fresh' && dataState !== 'late';
}

function isFlapping({ firedDays = [] }: AlertState, day: string): boolean {
  const [oldest, last] = [firedDays.at(-FLAP_EPISODES), firedDays.at(-1)];
  if (oldest === undefined || last === undefined) return false;
  return daysBetween(oldest, last) <= FLAP_DAYS && daysBetween(last, day) <= FLAP_DAYS;
}

function decided(state: AlertState, status: 'achieved' | 'missed', day: string): AlertStep {
  const open = state.phase === 'firing' || state.phase === 'recovering';
  const closed: AlertState = { ...state, phase: 'closed', ticks: 0, interrupted: false };
  const kind = status === 'achieved' ? 'recovered' : 'closed';
  return { state: closed, events: open ? [{ kind, episode: state.episode, day }] : [] };
}

function tick(state: AlertState, breached: boolean, day: string, config: AlertConfig): AlertStep {
  const quiet = (phase: AlertPhase, ticks = 0): AlertStep => ({
    state: { ...state, phase, ticks },
    events: [],
  });
  switch (state.phase) {
    case 'normal':
    case 'resolved':
    case 'closed': {
      const { quietTicks = 0 } = state;
      if (quietTicks > 0) return { state: { ...state, quietTicks: quietTicks - 1 }, events: [] };
      if (!breached) return quiet(state.phase === 'closed' ? 'normal' : state.phase);
      return pend({ ...state, episode: state.episode + 1, ticks: 0 }, day, config);
    }
    case 'pending':
      return breached ? pend(state, day, config) : quiet('normal');
    case 'firing':
      return breached ? quiet('firing') : recover({ ...state, ticks: 0 }, day, config);
    case 'recovering':
      return breached ? quiet('firing') : recover(state, day, config);
  }
}

function pend(state: AlertState, day: string, config: AlertConfig): AlertStep {
  const ticks = state.ticks + 1;
  if (ticks < config.forEvaluations) return { state: { ...state, phase: 'pending', ticks }, events: [] };
  const events: AlertEvent[] = [{ kind: 'fired', episode: state.episode, day }];
  const firedDays = [...(state.firedDays ?? []), day].slice(-FLAP_EPISODES);
  return { state: { ...state, phase: 'firing', ticks: 0, firedDays }, events };
}

function recover(state: AlertState, day: string, config: AlertConfig): AlertStep {
  const ticks = state.ticks + 1;
  if (ticks < config.keepFiringEvaluations) {
    return { state: { ...state, phase: 'recovering', ticks }, events: [] };
  }
  const events: AlertEvent[] = [{ kind: 'recovered', episode: state.episode, day }];
  return { state: { ...state, phase: 'resolved', ticks: 0 }, events };
}
