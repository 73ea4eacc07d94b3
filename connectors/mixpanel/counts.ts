import type { DayWindow, MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import type { DayRange } from './days.ts';
import { countReading, countsByPeriod, type PeriodCounts, ratioReading } from './period-counts.ts';
import { endedPeriods, rangeOfPeriods } from './periods.ts';
import { isWithin, nothingYet, sharedRange } from './plan.ts';
import { type CountQuestion, countsOfRun } from './questions.ts';
import { type SeriesAnswer, seriesSchema } from './schema.ts';

const NOTHING = 'No period of the window can be told of yet';

/** One event's count in each period of the window. */
export async function readCounts(
  context: MixpanelContext,
  window: DayWindow,
  question: CountQuestion,
): Promise<MetricReading> {
  const counts = await countsFor(context, window, question);
  return counts === null ? nothingYet(NOTHING) : countReading(counts);
}

/** One count divided by another in each period of the window; both are kept, so that periods can be added up first. */
export async function readCountRatio(
  context: MixpanelContext,
  window: DayWindow,
  [over, under]: readonly [CountQuestion, CountQuestion],
): Promise<MetricReading> {
  const numerators = await countsFor(context, window, over);
  const denominators = await countsFor(context, window, under);
  if (numerators === null || denominators === null) return nothingYet(NOTHING);
  const samePage = numerators.source === denominators.source;
  return ratioReading(numerators, denominators, samePage ? 1 : 2);
}

/** The counts of one question, from a call that it shares with all others of the run which that call can answer. */
export async function countsFor(
  context: MixpanelContext,
  window: DayWindow,
  question: CountQuestion,
): Promise<PeriodCounts | null> {
  const { event, period, where } = question;
  const lastDays = endedPeriods(window, context.now, period);
  const own = rangeOfPeriods(lastDays, period);
  if (own === null) return null;
  const beside = besides(context, question);
  const range = sharedRange(
    own,
    beside.map((other) => other.range),
  );
  if (where !== null) {
    const answer = await filteredAnswer(context, range, { ...question, where });
    return countsByPeriod(answer, { event, asked: [event], lastDays, period });
  }
  const within = beside.filter((other) => other.range !== null && isWithin(other.range, range));
  const names = [...new Set([event, ...within.map((other) => other.event)])].toSorted();
  const batch = batchWith(context, names, range, question);
  const answer = await sharedAnswer(context, range, batch, question);
  return countsByPeriod(answer, { event, asked: batch, lastDays, period });
}

/** What other reads of the run ask that the same call can answer: any event, unless a filter ties it to one. */
function besides(
  context: MixpanelContext,
  { event, period, type, where }: CountQuestion,
): { event: string; range: DayRange | null }[] {
  return countsOfRun(context).flatMap(({ question: other, window }) => {
    const same =
      other.type === type &&
      other.where === where &&
      (where === null || other.event === event) &&
      other.period.unit === period.unit &&
      other.period.weekStart === period.weekStart;
    if (!same) return [];
    const range = rangeOfPeriods(endedPeriods(window, context.now, period), period);
    return [{ event: other.event, range }];
  });
}

/** A filter belongs to one event, so only reads of the same event and filter share an answer. */
function filteredAnswer(
  context: MixpanelContext,
  range: DayRange,
  question: CountQuestion & { where: string },
): Promise<SeriesAnswer> {
  const { event, where } = question;
  const parameters = { ...asked(range, question), event, where };
  return context.shared(`mixpanel-segmentation:${JSON.stringify(parameters)}`, () =>
    createMixpanelClient(context).query('/segmentation', 'the counts of an event', seriesSchema, parameters),
  );
}

/** The events that one call reads together with this one, as far as an address holds their names. */
function batchWith(
  context: MixpanelContext,
  names: readonly string[],
  range: DayRange,
  question: CountQuestion,
): string[] {
  const room = createMixpanelClient(context).roomFor('/events', { ...asked(range, question), event: '' });
  return batchesOf(names, room).find((batch) => batch.includes(question.event)) ?? [question.event];
}

/** Mixpanel allows few calls an hour, so one serves all events of the same days that are read without a filter. */
function sharedAnswer(
  context: MixpanelContext,
  range: DayRange,
  names: readonly string[],
  question: CountQuestion,
): Promise<SeriesAnswer> {
  const parameters = { ...asked(range, question), event: JSON.stringify(names) };
  return context.shared(`mixpanel-events:${JSON.stringify(parameters)}`, () =>
    createMixpanelClient(context).query('/events', 'the counts of events', seriesSchema, parameters),
  );
}

function asked({ fromDay, toDay }: DayRange, { period, type }: CountQuestion) {
  return { type, unit: period.unit, from_date: fromDay, to_date: toDay };
}

/** Names in as few lists as fit into an address. A name that is too long by itself stays alone. */
function batchesOf(names: readonly string[], room: number): string[][] {
  const batches: string[][] = [];
  for (const name of names) {
    const last = batches.at(-1);
    const fits = last !== undefined && encodedLength(JSON.stringify([...last, name])) <= room;
    if (fits) last.push(name);
    else batches.push([name]);
  }
  return batches;
}

/** As `URLSearchParams` writes it, where more characters are escaped than by `encodeURIComponent`. */
function encodedLength(text: string): number {
  return new URLSearchParams([['', text]]).toString().length - 1;
}
