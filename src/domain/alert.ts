import type { DataState } from './data-state.ts';
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
};

/** What a notification is made of. `closed` ends an episode that fired without being news of a recovery. */
export type AlertEvent = { kind: 'fired' | 'recovered' | 'closed'; episode: number; day: string };

/** On how many different days the breach must hold before it fires, and be gone before it is over. At least 1 each. */
export type AlertConfig = { forEvaluations: number; keepFiringEvaluations: number };

export type AlertEvaluation = { asOfDay: string | null; status: Status; dataState: DataState };
export type AlertStep = { state: AlertState; events: AlertEvent[] };

export const quietAlert: AlertState = {
  phase: 'normal',
  ticks: 0,
  lastTickDay: null,
  interrupted: false,
  episode: 0,
};

/**
 * One step of the machine, with at most one event. The clock is the evaluated day: evaluating a day again counts
 * nothing. Breach means `off_track`; it is gone when the status is anything better, `at_risk` included, for
 * `keepFiringEvaluations` days: between the two borders of the pace rule lies the margin that keeps it from flapping.
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
  return tick({ ...counted, interrupted: false }, status === 'off_track', asOfDay, config);
}

function isInhibited({ dataState, status }: AlertEvaluation): boolean {
  if (status === 'unknown' || status === 'too_early' || status === 'not_started') return true;
  // One late day keeps the alert at work: the status still speaks for a settled day.
  return dataState !== 'fresh' && dataState !== 'late';
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
    case 'closed':
      if (!breached) return quiet(state.phase === 'closed' ? 'normal' : state.phase);
      return pend({ ...state, episode: state.episode + 1, ticks: 0 }, day, config);
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
  return { state: { ...state, phase: 'firing', ticks: 0 }, events };
}

function recover(state: AlertState, day: string, config: AlertConfig): AlertStep {
  const ticks = state.ticks + 1;
  if (ticks < config.keepFiringEvaluations) {
    return { state: { ...state, phase: 'recovering', ticks }, events: [] };
  }
  const events: AlertEvent[] = [{ kind: 'recovered', episode: state.episode, day }];
  return { state: { ...state, phase: 'resolved', ticks: 0 }, events };
}
