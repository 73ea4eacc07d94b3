import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import { addDays, type Unit } from './calendar.ts';
import { outOfOrder } from './counts.ts';
import { badRequest } from './errors.ts';
import {
  choice,
  filter,
  optional,
  type Params,
  type Range,
  range,
  required,
  untilToday,
  whole,
} from './params.ts';
import type { SeenEvent, View } from './view.ts';

/** What calendar period a cohort is, and how long an interval of its people's clocks. */
export type CohortUnit = Exclude<Unit, 'hour'>;

export type Cohort = { counts: number[]; first: number };

export type RetentionQuestion = {
  days: Range;
  unit: CohortUnit;
  everyUnits: number; // units in one interval
  intervals: number;
  bornEvent: string | null; // null: any event
  returnEvent: string | null; // null: any event
  birth: boolean; // only a person's first time ever; else their first time in each period
  unbounded: boolean; // in that interval or any later one
  isBirth: (event: SeenEvent) => boolean;
  isReturn: (event: SeenEvent) => boolean;
};

/** How long an interval of a person's own clock is: a month is 30 days of 24 hours, whatever the calendar says. */
const UNIT_SECONDS = { day: DAY_SECONDS, week: 7 * DAY_SECONDS, month: 30 * DAY_SECONDS };

/** Who came back, by the calendar period in which they were born and the intervals of their own clock since then. */
export function retention(params: Params, view: View): object {
  if (optional(params, 'on') !== null) throw badRequest(params.request, 'Segments are not served here');
  const type = choice(params, 'retention_type', ['birth', 'compounded']);
  const returnEvent = optional(params, 'event');
  const bornEvent = type === 'birth' ? required(params, 'born_event') : optional(params, 'born_event');
  const cohorts = cohortsOf(
    {
      days: untilToday(range(params), view),
      unit: choice(params, 'unit', ['day', 'week', 'month']),
      everyUnits: whole(params, 'interval', { otherwise: 1, min: 1, max: 366 }),
      intervals: whole(params, 'interval_count', { otherwise: 1, min: 1, max: 366 }),
      bornEvent: bornEvent ?? returnEvent,
      returnEvent,
      birth: type === 'birth',
      unbounded: choice(params, 'unbounded_retention', ['false', 'true']) === 'true',
      isBirth: filter(params, view, 'born_where'),
      isReturn: filter(params, view),
    },
    view,
  );
  return Object.fromEntries(outOfOrder([...cohorts]));
}

/** Every period of the range, people or not. A younger cohort has fewer members, the last of them unfinished. */
export function cohortsOf(question: RetentionQuestion, view: View): Map<string, Cohort> {
  const { days, unit, intervals, unbounded } = question;
  const { calendar, now } = view;
  const seconds = intervalSeconds(question);
  const born = birthsOf(question, view);
  const returns = returnsOf(question, view);
  const cohorts = new Map<string, Cohort>();
  for (const period of calendar.periods(days.fromDay, days.toDay, unit)) {
    const people = born.get(period) ?? new Map<string, EpochSeconds>();
    const counts: number[] = [];
    for (let index = 0; index < intervals; index += 1) {
      if (calendar.startOf(period) + index * seconds > now) break;
      const came = ([person, bornAt]: [string, EpochSeconds]) => {
        const [from, to] = [bornAt + index * seconds, bornAt + (index + 1) * seconds];
        return (returns.get(person) ?? []).some((at) => at > bornAt && at >= from && (unbounded || at < to));
      };
      counts.push([...people].filter(came).length);
    }
    cohorts.set(period, { counts, first: people.size });
  }
  return cohorts;
}

function intervalSeconds({ unit, everyUnits }: RetentionQuestion): number {
  return UNIT_SECONDS[unit] * everyUnits;
}

/** The instant at which each person's clock began, by period. */
function birthsOf(question: RetentionQuestion, view: View): Map<string, Map<string, EpochSeconds>> {
  const { days, unit, bornEvent, birth, isBirth } = question;
  const { calendar, since } = view;
  const from = calendar.startOf(days.fromDay);
  const to = calendar.startOf(addDays(days.toDay, 1));
  const names = bornEvent === null ? null : new Set([bornEvent]);
  // A first time ever can only be told from the whole history.
  const candidates = view.events({ from: birth ? Math.min(since, from) : from, to, names });
  const born = new Map<string, Map<string, EpochSeconds>>();
  const known = new Set<string>();
  for (const event of candidates) {
    const { distinctId, at } = event;
    if (distinctId === '' || !isBirth(event) || (birth && known.has(distinctId))) continue;
    known.add(distinctId);
    if (at < from) continue;
    const period = calendar.period(at, unit);
    const people = born.get(period) ?? new Map<string, EpochSeconds>();
    born.set(period, people);
    if (!people.has(distinctId)) people.set(distinctId, at);
  }
  return born;
}

function returnsOf(
  { days, returnEvent, isReturn }: RetentionQuestion,
  view: View,
): Map<string, EpochSeconds[]> {
  const from = view.calendar.startOf(days.fromDay);
  const names = returnEvent === null ? null : new Set([returnEvent]);
  const times = new Map<string, EpochSeconds[]>();
  for (const event of view.events({ from, to: view.now + 1, names })) {
    if (!isReturn(event)) continue;
    const mine = times.get(event.distinctId);
    if (mine === undefined) times.set(event.distinctId, [event.at]);
    else mine.push(event.at);
  }
  return times;
}
