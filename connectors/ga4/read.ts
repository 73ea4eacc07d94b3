import type { ConnectorContext, DayWindow, MetricReading, PointReading } from '../sdk/index.ts';
import type { Answer } from './answer.ts';
import { readBatch } from './batch.ts';
import { REPORTS_PER_BATCH } from './client.ts';
import type { Ga4Config } from './config.ts';
import { lostNotes, pointsOf } from './map.ts';
import { type Asked, groupKey, lastBegunDay, planReports, portions, type ReportPlan } from './plan.ts';
import { namesAsked, type Question, questionOf } from './questions.ts';

/** The flags of a point that come from the answer, and not from our own arithmetic. */
const QUALITY_FLAGS = ['sampled', 'otherRow', 'thresholded'];

/** Reads one metric out of the batch that the reads of this run share. */
export async function readMetric(
  context: ConnectorContext<Ga4Config>,
  window: DayWindow,
  question: Question,
): Promise<MetricReading> {
  const names = namesAsked(question);
  const plans = planReports(askedIn(context, { names, window }), context.now);
  const lastDay = lastBegunDay(window, context.now);
  const own = plans.findIndex((plan) => covers(plan, window, lastDay, names));
  if (own < 0) {
    const notes = ['The window has not begun'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const batch = portions(plans, REPORTS_PER_BATCH)[Math.floor(own / REPORTS_PER_BATCH)] ?? [];
  // Named by its content: whoever makes the same plan shares the answer, and its requests are evidence for each.
  const { reports, notes } = await context.shared(`ga4-batch:${JSON.stringify(batch)}`, () =>
    readBatch(context, batch),
  );
  const outcome = reports[own % REPORTS_PER_BATCH]?.get(groupKey(names));
  if (outcome === undefined) throw new Error(`no answer for ${groupKey(names)}`); // every group has one
  if ('error' in outcome) throw outcome.error;
  const { value: answer } = outcome;
  const points = pointsOf(question, answer, window, context.now);
  const { pages, items } = answer;
  const told = [propertyNote(answer), ...flagNotes(points), ...lostNotes(question, answer), ...notes];
  return { points, completeness: { pages, items, lastPageReached: true, notes: told } };
}

/** By which clock and in which currency the property answered. */
function propertyNote({ timeZone, currencyCode }: Answer): string {
  return `Days of the property are those of ${timeZone}${currencyCode === '' ? '' : `, its currency is ${currencyCode}`}`;
}

/** What Google said against its own numbers, each with the days it concerns. */
function flagNotes(points: PointReading[]): string[] {
  const days = new Map<string, number>();
  for (const { flags = {} } of points) {
    for (const flag of QUALITY_FLAGS) if (flag in flags) days.set(flag, (days.get(flag) ?? 0) + 1);
  }
  return [...days].map(
    ([flag, count]) => `Flagged ${flag} by Google Analytics: ${count} of ${points.length} days`,
  );
}

function askedIn(context: ConnectorContext<Ga4Config>, own: Asked): Asked[] {
  const planned = context.reads.flatMap(({ metric, params, window }): Asked[] => {
    const question = questionOf(metric, params);
    return question === null ? [] : [{ names: namesAsked(question), window }];
  });
  // Whoever reads outside a run has no plan but its own; inside one, this adds nothing.
  return [...planned, own];
}

function covers(
  plan: ReportPlan,
  { startDay, timeZone }: DayWindow,
  lastDay: string | null,
  names: string[],
) {
  return (
    plan.startDay === startDay &&
    plan.lastDay === lastDay &&
    plan.timeZone === timeZone &&
    plan.groups.some((group) => groupKey(group) === groupKey(names))
  );
}
