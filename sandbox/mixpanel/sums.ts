import { computedAt, outOfOrder } from './counts.ts';
import { choice, eventsOf, expression, filter, type Params, range, required, untilToday } from './params.ts';
import type { View } from './view.ts';

/** Sum of a number over an event; periods without one are zero. */
export function sums(params: Params, view: View): object {
  const { periods, numbers } = numbersByPeriod(params, view);
  const results = periods.map((period) => [period, total(numbers.get(period) ?? [])]);
  return {
    status: 'ok',
    computed_at: computedAt(view),
    results: Object.fromEntries(outOfOrder(results)),
  };
}

/** Mean of a number over an event; periods without one are left out. */
export function averages(params: Params, view: View): object {
  const { periods, numbers } = numbersByPeriod(params, view);
  const results = periods.flatMap((period) => {
    const found = numbers.get(period);
    return found === undefined ? [] : [[period, total(found) / found.length]];
  });
  return { status: 'ok', results: Object.fromEntries(outOfOrder(results)) };
}

function numbersByPeriod(params: Params, view: View) {
  const event = required(params, 'event');
  required(params, 'on');
  const on = expression(params, 'on');
  const days = untilToday(range(params), view);
  const unit = choice(params, 'unit', ['day', 'hour']);
  const numbers = new Map<string, number[]>();
  for (const one of eventsOf(view, days, [event]).filter(filter(params, view))) {
    const value = on?.(view.subject(one));
    if (typeof value !== 'number') continue;
    const period = view.calendar.period(one.at, unit);
    numbers.set(period, [...(numbers.get(period) ?? []), value]);
  }
  return { periods: view.calendar.periods(days.fromDay, days.toDay, unit), numbers };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
