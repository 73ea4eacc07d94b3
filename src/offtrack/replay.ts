import { type AlertConfig, type AlertEvent, type AlertState, quietAlert, step } from '../domain/alert.ts';
import type { Band } from '../domain/chance.ts';
import { calendarOf, stepsBetween } from '../domain/forecast/calendar.ts';
import type { ForecastQuestion } from '../domain/forecast/types.ts';
import { type Forecaster, type JudgedChance, judgeChance } from '../domain/outlook.ts';
import { type Status, silentShare } from '../domain/status.ts';
import { questionOf, stepOf } from './pose.ts';
import type { OpenLine, TickAnswer, TickLine } from './protocol.ts';

/** A Key Result that is being followed, with what is remembered of it between ticks. */
export type Followed = Pick<OpenLine, 'kr' | 'gran'> & {
  history: { start: string; values: (number | null)[] };
  chance: JudgedChance | null;
  status: Status;
  alert: AlertState;
};

export function open({ gran, history, kr }: OpenLine): Followed {
  const { start, values } = history;
  return {
    kr,
    gran,
    history: { start, values: [...values] },
    chance: null,
    status: 'too_early',
    alert: quietAlert,
  };
}

/** One tick: points arrive, and when the newest day with a value is young enough it is evaluated as in the product. */
export function tick(
  followed: Followed,
  line: TickLine,
  forecast: Forecaster,
  config: AlertConfig,
): TickAnswer {
  const { gran, history, kr } = followed;
  const now = stepsBetween(stepOf[gran], history.start, line.as_of);
  take(followed, line, now);
  const newest = history.values.findLastIndex((value) => value !== null);
  if (newest === -1 || now - newest > kr.stale_after) {
    followed.alert = step(
      followed.alert,
      { asOfDay: dayOf(line.as_of), status: 'unknown', dataState: 'stale', chance: null },
      config,
    ).state;
    return answer(followed, line.id, 'nodata', []);
  }
  // As in the product, the first day of the cycle with a value is the first that is judged.
  if (newest <= stepsBetween(stepOf[gran], history.start, kr.start))
    return answer(followed, line.id, null, []);
  const events = evaluate(followed, now - newest, forecast, config);
  return answer(followed, line.id, null, events);
}

/** Points replace what was there for their step; the steps between stay without a value. */
function take({ gran, history }: Followed, line: TickLine, now: number): void {
  while (history.values.length <= now) history.values.push(null);
  for (const [stamp, value] of line.points) {
    const index = stepsBetween(stepOf[gran], history.start, stamp);
    if (index >= 0 && index <= now) history.values[index] = value;
  }
}

function evaluate(
  followed: Followed,
  behind: number,
  forecast: Forecaster,
  config: AlertConfig,
): AlertEvent[] {
  const { gran } = followed;
  const question = questionOf(followed);
  const asOfDay = dayOf(calendarOf(question.step, question.start).nameOf(question.values.length - 1));
  const told = forecast(question);
  const chance = judgeChance(followed.chance, asOfDay, told, stepOf[gran]);
  const status = statusOf(question, told.pHit, chance.band);
  followed.chance = chance;
  followed.status = status;
  const stepped = step(
    followed.alert,
    { asOfDay, status, dataState: behind === 0 ? 'fresh' : 'late', chance: chance.smoothed },
    config,
  );
  followed.alert = stepped.state;
  return stepped.events;
}

/** As the product says it: nothing in the silent beginning, the outcome at the deadline, and the band between. */
function statusOf({ elapsedSteps, remainingSteps }: ForecastQuestion, pHit: number, band: Band): Status {
  if (remainingSteps <= 0) return pHit === 1 ? 'achieved' : 'missed';
  return elapsedSteps <= Math.floor(silentShare * (elapsedSteps + remainingSteps)) ? 'too_early' : band;
}

const STATES = {
  normal: 'ok',
  resolved: 'ok',
  closed: 'ok',
  pending: 'pending',
  firing: 'firing',
  recovering: 'recovering',
} as const;

function answer(
  { alert, chance, status }: Followed,
  id: string,
  state: 'nodata' | null,
  events: readonly AlertEvent[],
): TickAnswer {
  return {
    id,
    p_hit: chance?.raw ?? null,
    smoothed: chance?.smoothed ?? null,
    state: state ?? STATES[alert.phase],
    status: state === 'nodata' ? 'unknown' : status,
    // What ends in silence is no message to anybody.
    notify: events.some(({ kind }) => kind !== 'closed'),
  };
}

function dayOf(stamp: string): string {
  return stamp.slice(0, 10);
}
