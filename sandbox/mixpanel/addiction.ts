import { DAY_SECONDS, dayStart } from '../model/time.ts';
import { addDays } from './calendar.ts';
import { outOfOrder } from './counts.ts';
import { badRequest } from './errors.ts';
import { choice, eventsOf, filter, optional, type Params, range, untilToday } from './params.ts';
import type { View } from './view.ts';

/** In how many different hours or days of a period people were active: member i counts those with at least i + 1. */
export function addiction(params: Params, view: View): object {
  if (optional(params, 'on') !== null) throw badRequest(params.request, 'Segments are not served here');
  const { calendar } = view;
  const days = untilToday(range(params), view);
  const unit = choice(params, 'unit', ['day', 'week', 'month']);
  const inner = choice(params, 'addiction_unit', ['hour', 'day']);
  const event = optional(params, 'event');
  const active = new Map<string, Map<string, Set<string>>>();
  for (const one of eventsOf(view, days, event === null ? null : [event]).filter(filter(params, view))) {
    if (one.distinctId === '') continue;
    const period = calendar.period(one.at, unit);
    const people = active.get(period) ?? new Map<string, Set<string>>();
    active.set(period, people);
    const parts = people.get(one.distinctId) ?? new Set<string>();
    people.set(one.distinctId, parts.add(calendar.period(one.at, inner)));
  }
  const data = calendar.periods(days.fromDay, days.toDay, unit).map((period) => {
    const people = [...(active.get(period)?.values() ?? [])];
    const parts = daysIn(period, unit) * (inner === 'hour' ? 24 : 1);
    const atLeast = (count: number) => people.filter(({ size }) => size >= count).length;
    return [period, Array.from({ length: parts }, (_, index) => atLeast(index + 1))];
  });
  return { data: Object.fromEntries(outOfOrder(data)) };
}

function daysIn(period: string, unit: 'day' | 'week' | 'month'): number {
  if (unit !== 'month') return unit === 'day' ? 1 : 7;
  const next = `${addDays(period, 31).slice(0, 7)}-01`;
  return (dayStart(next) - dayStart(period)) / DAY_SECONDS;
}
