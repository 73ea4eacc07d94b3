import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from '../model/time.ts';
import { outOfOrder } from './counts.ts';
import { badRequest } from './errors.ts';
import { text } from './expression.ts';
import { eventsWithin, type FunnelQuestion, type Walk, type Walks, walk } from './funnel-walk.ts';
import { groupBy, largest } from './group.ts';
import { choice, expression, filter, type Params, range, required, untilToday, whole } from './params.ts';
import { SAVED_FUNNELS } from './saved.ts';
import type { SeenEvent, View } from './view.ts';

const LENGTH_SECONDS = { day: DAY_SECONDS, hour: HOUR_SECONDS, minute: 60, second: 1 };
const MAX_LENGTH_SECONDS = 90 * DAY_SECONDS;

export function listFunnels(): object[] {
  return SAVED_FUNNELS.map(({ funnelId, name }) => ({ funnel_id: funnelId, name }));
}

/** A saved funnel by the period of entry. A step may come after the last date: recent periods still rise. */
export function funnel(params: Params, view: View): object {
  const id = Number(required(params, 'funnel_id'));
  const saved = SAVED_FUNNELS.find(({ funnelId }) => funnelId === id);
  if (saved === undefined) throw badRequest(params.request, `Funnel ${id} does not exist`);
  const { steps } = saved;
  const asked = range(params);
  const days = untilToday(asked, view);
  const unit = choice(params, 'unit', ['day', 'week', 'month']);
  whole(params, 'interval', { otherwise: 1, min: 1, max: 1 });
  const limit = whole(params, 'limit', { otherwise: 255, min: 1, max: 10_000 });
  const on = expression(params, 'on');
  const period = (at: EpochSeconds) => view.calendar.period(at, unit);
  const question = { steps, lengthSeconds: length(params), days, period, keep: filter(params, view) };
  const dates = view.calendar.periods(days.fromDay, days.toDay, unit);
  const overall = walk(question, view);
  const unsplit = (date: string) => {
    const walks = overall.get(date);
    return { steps: members(steps, walks), analysis: analysis(steps, walks) };
  };
  const data: (readonly [string, object])[] =
    on === null
      ? dates.map((date) => [date, unsplit(date)])
      : bySegment(
          question,
          { dates, overall, limit, segmentOf: (event) => text(on(view.subject(event))) },
          view,
        );
  return { meta: { dates }, data: Object.fromEntries(outOfOrder(data)) };
}

function length(params: Params): number {
  const unit = choice(params, 'length_unit', ['day', 'hour', 'minute', 'second']);
  const most = MAX_LENGTH_SECONDS / LENGTH_SECONDS[unit];
  const otherwise = (14 * DAY_SECONDS) / LENGTH_SECONDS[unit];
  return whole(params, 'length', { otherwise, min: 1, max: most }) * LENGTH_SECONDS[unit];
}

type Split = {
  dates: readonly string[];
  overall: Walks;
  limit: number;
  segmentOf: (event: SeenEvent) => string;
};

/** With `on` another shape: lists under segment names, `$overall` among them, and no analysis. */
function bySegment(question: FunnelQuestion, split: Split, view: View): [string, object][] {
  const { steps, keep } = question;
  const first = eventsWithin(question, view).filter((event) => event.event === steps[0] && keep(event));
  const segments = largest(groupBy(first, split.segmentOf), split.limit).map(([name]) => {
    const mine = (event: SeenEvent) => event.event !== steps[0] || split.segmentOf(event) === name;
    return [name, walk({ ...question, keep: (event) => keep(event) && mine(event) }, view)] as const;
  });
  return split.dates.map((date) => [
    date,
    Object.fromEntries([
      ['$overall', members(steps, split.overall.get(date))],
      ...segments.flatMap(([name, walks]) =>
        walks.has(date) ? [[name, members(steps, walks.get(date))] as const] : [],
      ),
    ]),
  ]);
}

/** The steps of one period as the provider lists them. Step 1 converts by 1 even when nobody entered. */
export function members(steps: readonly string[], walks: readonly Walk[] = []) {
  return steps.map((event, index) => {
    const reached = walks.filter((times) => times.length > index);
    const before = index === 0 ? reached.length : walks.filter((times) => times.length >= index).length;
    const mean = (value: (times: Walk) => number) =>
      index === 0 || reached.length === 0
        ? null
        : reached.reduce((sum, times) => sum + value(times), 0) / reached.length;
    return {
      count: reached.length,
      avg_time: mean((times) => (times[index] ?? 0) - (times[index - 1] ?? 0)),
      avg_time_from_start: mean((times) => (times[index] ?? 0) - (times[0] ?? 0)),
      goal: event,
      event,
      step_label: event,
      step_conv_ratio: index === 0 ? 1 : share(reached.length, before),
      overall_conv_ratio: index === 0 ? 1 : share(reached.length, walks.length),
    };
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function analysis(steps: readonly string[], walks: readonly Walk[] = []) {
  const ratios = members(steps, walks).map(({ step_conv_ratio: ratio }) => ratio);
  return {
    completion: walks.filter((times) => times.length === steps.length).length,
    starting_amount: walks.length,
    steps: steps.length,
    worst: ratios.indexOf(Math.min(...ratios)),
  };
}
