import { addDays, type Unit } from './calendar.ts';
import { COUNT_TYPES, type Counts, type CountType, countByPeriod, outOfOrder } from './counts.ts';
import { badRequest } from './errors.ts';
import { text } from './expression.ts';
import { groupBy, largest } from './group.ts';
import {
  choice,
  eventsOf,
  expression,
  filter,
  names,
  optional,
  type Params,
  type Range,
  range,
  required,
  untilToday,
  whole,
} from './params.ts';
import type { SeenEvent, View } from './view.ts';

/** One event over time, split by a property when asked; segments beyond the limit are dropped without a word. */
export function segmentation(params: Params, view: View): object {
  const event = required(params, 'event');
  const days = untilToday(range(params), view);
  const unit = choice(params, 'unit', ['day', 'hour', 'month']);
  const type = countType(params, unit);
  whole(params, 'interval', { otherwise: 1, min: 1, max: 1 });
  const limit = whole(params, 'limit', { otherwise: 60, min: 1, max: 10_000 });
  const on = expression(params, 'on');
  const events = eventsOf(view, days, [event]).filter(filter(params, view));
  const segments =
    on === null
      ? unsplit(event, events, view)
      : largest(
          groupBy(events, (one) => text(on(view.subject(one)))),
          limit,
        );
  const values = segments.map(([name, members]) => [name, countByPeriod(members, view, unit, type)] as const);
  return answer(view.calendar.periods(days.fromDay, days.toDay, unit), values);
}

/** An event that the project never saw has no entry at all. */
function unsplit(
  event: string,
  events: readonly SeenEvent[],
  view: View,
): (readonly [string, readonly SeenEvent[]])[] {
  return events.length > 0 || isKnown(event, view) ? [[event, events]] : [];
}

function isKnown(event: string, view: View): boolean {
  return view.events({ from: view.since, to: view.now + 1, names: new Set([event]) }).length > 0;
}

function countType(params: Params, unit: Unit): CountType {
  const type = choice(params, 'type', COUNT_TYPES);
  if (unit === 'hour' && type === 'unique') {
    throw badRequest(params.request, 'Unique counts are not available by hour');
  }
  return type;
}

function answer(periods: readonly string[], values: readonly (readonly [string, Counts])[]): object {
  return {
    data: { series: outOfOrder(periods), values: Object.fromEntries(values) },
    legend_size: values.length,
  };
}

/** Several events over time in one answer. */
export function eventCounts(params: Params, view: View): object {
  const wanted = names(params, 'event');
  const unit = choice(params, 'unit', ['day', 'hour', 'week', 'month']);
  const type = countType(params, unit);
  const days = untilToday(recentOrRange(params, view, unit), view);
  const events = groupBy(eventsOf(view, days, wanted), ({ event }) => event);
  const values = wanted.flatMap((event) =>
    unsplit(event, events.get(event) ?? [], view).map(
      ([name, members]) => [name, countByPeriod(members, view, unit, type)] as const,
    ),
  );
  return answer(view.calendar.periods(days.fromDay, days.toDay, unit), values);
}

/** `interval` periods back from now, the running one included, or two dates. */
function recentOrRange(params: Params, view: View, unit: Unit): Range {
  if (optional(params, 'interval') === null) return range(params);
  const count = whole(params, 'interval', { otherwise: 1, min: 1, max: 10_000 });
  const toDay = view.today;
  const days = { hour: Math.ceil(count / 24), day: count, week: count * 7, month: count * 31 }[unit];
  const back = view.calendar.periods(addDays(toDay, -days), toDay, unit);
  return { fromDay: (back.at(-count) ?? toDay).slice(0, 10), toDay };
}
