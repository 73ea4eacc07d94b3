import { type ConnectorContext, type DayWindow, type MetricReading } from '../sdk/index.ts';
import type { Answer } from './answer.ts';
import { type BatchOutcome, readBatch } from './batch.ts';
import { readPlanned } from './budget.ts';
import { REPORTS_PER_BATCH } from './client.ts';
import type { Ga4Config } from './config.ts';
import { lostNotes, pointsOf } from './map.ts';
import { emptyNotes, flagNotes, propertyNote } from './notes.ts';
import { groupKey, planOf, portions, type ReportPlan } from './plan.ts';
import { asksOf, type Question } from './questions.ts';
import { batchCost, plannedCosts, plansOf } from './run-plan.ts';

/** Reads one metric out of the batches that the reads of this run share. */
export async function readMetric(
  context: ConnectorContext<Ga4Config>,
  window: DayWindow,
  question: Question,
): Promise<MetricReading> {
  const asks = asksOf(question).map((ask) => ({ ...ask, window }));
  const plans = plansOf(context, asks);
  const answers: Answer[] = [];
  const notes: string[] = [];
  for (const ask of asks) {
    const own = planOf(plans, ask, context.now);
    if (own < 0) {
      const begun = ['The window has not begun'];
      return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes: begun } };
    }
    const batch = await sharedBatch(context, plans, own);
    const outcome = batch.reports[own % REPORTS_PER_BATCH]?.get(groupKey(ask.names));
    if (outcome === undefined) throw new Error(`no answer for ${groupKey(ask.names)}`); // every group has one
    if ('error' in outcome) throw outcome.error;
    answers.push(outcome.value);
    notes.push(...batch.notes);
  }
  const points = pointsOf(question, answers, window, context.now);
  const told = [
    ...answers.slice(0, 1).map(propertyNote),
    ...flagNotes(points),
    ...answers.flatMap((answer) => [...lostNotes(question, answer), ...emptyNotes(answer)]),
    ...notes,
  ];
  const sum = (key: 'pages' | 'items') => answers.reduce((so, answer) => so + answer[key], 0);
  return {
    points,
    completeness: {
      pages: sum('pages'),
      items: sum('items'),
      lastPageReached: true,
      notes: [...new Set(told)],
    },
  };
}

async function sharedBatch(
  context: ConnectorContext<Ga4Config>,
  plans: ReportPlan[],
  own: number,
): Promise<BatchOutcome> {
  const batch = portions(plans, REPORTS_PER_BATCH)[Math.floor(own / REPORTS_PER_BATCH)] ?? [];
  // Named by its content: whoever makes the same plan shares the answer, and its requests are evidence for each.
  const cost = batchCost(context.config.propertyId, batch);
  return readPlanned(context, cost, await plannedCosts(context), (client) =>
    readBatch(client, batch, context.now),
  );
}
