import { z } from 'zod';
import { begunDays, type DayWindow, localDay, type MetricReading, type PointReading } from '../sdk/index.ts';
import type { MixpanelContext } from './client.ts';
import { type DayRange, rangeOf, shiftDay, unionOf } from './days.ts';
import { exportEvents } from './export.ts';
import { type NpsScale, npsOf, type SurveyAnswer, scoreOf } from './nps.ts';
import { nothingYet, type Planned, readsOf } from './plan.ts';
import { dayOfEvent, type RawEvent } from './raw-events.ts';

const SURVEY_METRICS = ['nps', 'nps_average'];

export const surveyParams = z.object({
  event: z.string().min(1).max(255).describe('Event that an answer sends, for example Survey Answered'),
  property: z.string().min(1).max(255).default('score').describe('Property with the answer from 0 to 10'),
  days: z.int().min(1).max(180).default(30).describe('A point looks at this many days up to its own'),
  dedupe: z
    .enum(['latest_per_respondent', 'all'])
    .default('latest_per_respondent')
    .describe('Whether only the latest answer of a person counts, or all'),
  minResponses: z.int().min(1).default(1).describe('With fewer answers there is no value'),
});
export type SurveyParams = z.infer<typeof surveyParams>;

/** The score of the answers given in the `days` days that end with each day of the window. */
export async function readSurvey(
  context: MixpanelContext,
  window: DayWindow,
  params: SurveyParams,
  scale: NpsScale,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  if (days.length === 0) return nothingYet('The window has not begun');
  const { event } = params;
  // Both scales, and windows of any length, look at the same answers.
  const ranges = unionOf(
    readsOf(context, SURVEY_METRICS, surveyParams, { params, window })
      .filter((read) => read.params.event === event)
      .flatMap((read) => rangeToAsk(context, read)),
  );
  const key = `mixpanel-export:${JSON.stringify([event, ranges])}`;
  const { events, completeness } = await context.shared(key, () => exportEvents(context, event, ranges));
  const { byDay, unusable } = answersByDay(context, events, params.property, window.timeZone);
  const points = days.map((day) => pointOf(day, byDay, params, scale));
  const notes = unusable === 0 ? [] : [`${unusable} answers were no whole number from 0 to 10`];
  return { points, completeness: { ...completeness, notes: [...completeness.notes, ...notes] } };
}

/**
 * The export's days that hold every answer of a read. UTC days begin and end up to a day beside those of the project.
 * "to_date cannot be later than today" is judged in the project's zone, whatever UTC says.
 */
function rangeToAsk({ config, now }: MixpanelContext, { params, window }: Planned<SurveyParams>): DayRange[] {
  const range = rangeOf(begunDays(window, now));
  if (range === null) return [];
  const margin = config.exportDays === 'utc' ? 1 : 0;
  const today = localDay(now, window.timeZone);
  const toDay = shiftDay(range.toDay, margin);
  return [
    {
      fromDay: shiftDay(range.fromDay, 1 - params.days - margin),
      toDay: toDay < today ? toDay : today,
    },
  ];
}

function answersByDay(
  { config }: MixpanelContext,
  events: readonly RawEvent[],
  property: string,
  timeZone: string,
): { byDay: Map<string, SurveyAnswer[]>; unusable: number } {
  const byDay = new Map<string, SurveyAnswer[]>();
  let unusable = 0;
  for (const event of events) {
    const score = scoreOf(event.properties[property]);
    if (score === null) {
      unusable += 1;
      continue;
    }
    const { distinctId: respondent, timeMs, processedMs } = event;
    const day = dayOfEvent(event, config.exportDays, timeZone);
    const answers = byDay.get(day) ?? [];
    answers.push({ respondent, score, timeMs, processedMs });
    byDay.set(day, answers);
  }
  return { byDay, unusable };
}

function pointOf(
  day: string,
  byDay: ReadonlyMap<string, SurveyAnswer[]>,
  params: SurveyParams,
  scale: NpsScale,
): PointReading {
  const window = Array.from(
    { length: params.days },
    (_, back) => byDay.get(shiftDay(day, -back)) ?? [],
  ).flat();
  const { reason, ...parts } = npsOf(window, { ...params, scale });
  return { day, ...parts, ...(reason === undefined ? {} : { flags: { reason } }) };
}
