import type { ConnectorContext, DayWindow, MetricReading } from '../sdk/index.ts';
import { readPlanned } from './budget.ts';
import type { Ga4Config } from './config.ts';
import { pointsOf } from './map.ts';
import { flagNotes, propertyNote } from './notes.ts';
import type { Question } from './questions.ts';
import { plannedCosts } from './run-plan.ts';
import { readSpans } from './single-days.ts';
import { MOST_POINTS } from './spans.ts';
import { spanQuestion, usersCost, type WantedUsers } from './user-spans.ts';

/** Different people of each span, for which Google was asked by exactly its days: they are never added up. */
export async function readUsers(
  context: ConnectorContext<Ga4Config>,
  window: DayWindow,
  wanted: WantedUsers,
): Promise<MetricReading> {
  if (wanted.spans.length === 0) {
    const notes = ['No day of the window is over'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const cost = usersCost(context.config.propertyId, wanted);
  const { answer, notes } = await readPlanned(context, cost, await plannedCosts(context), async (client) => ({
    answer: await readSpans(client, wanted.spans, spanQuestion(wanted)),
    notes: client.notes(),
  }));
  const question: Question = { as: 'people', name: wanted.name, rolling: false, filter: null };
  const asked = new Set(wanted.spans.map(({ day }) => day));
  const points = pointsOf(question, [answer], window, context.now).filter(({ day }) => asked.has(day));
  const told = [propertyNote(answer), ...flagNotes(points), ...notes];
  if (wanted.isCut) told.push(`Only the newest ${MOST_POINTS} points were asked for`);
  const { pages, items } = answer;
  return { points, completeness: { pages, items, lastPageReached: true, notes: told } };
}
