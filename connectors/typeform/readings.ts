import {
  averagePoint,
  begunDays,
  byLocalDay,
  type DayWindow,
  type MetricReading,
  npsPoint,
  type PointReading,
  type SurveyAnswer,
  sharePoint,
  trailingDays,
} from '../sdk/index.ts';
import type { TypeformContext } from './client.ts';
import { formError } from './errors.ts';
import { formOf, NPS_SCALE, readForm, type Scale } from './form.ts';
import type { CountParams, CsatParams, NpsParams } from './params.ts';
import { chooseQuestion } from './question.ts';
import { responsesSince } from './responses.ts';
import type { ResponseAnswer } from './schema.ts';

type Answer = SurveyAnswer<number>;

/** How many responses were completed on each day. */
export async function readResponseCount(
  context: TypeformContext,
  window: DayWindow,
  params: CountParams,
): Promise<MetricReading> {
  const { completeness, items } = await responsesSince(context, formOf(context, params), window, 1);
  const on = byLocalDay(items, ({ submitted_at }) => Date.parse(submitted_at), window.timeZone);
  const points = begunDays(window, context.now).map((day) => ({
    day,
    value: String(on(trailingDays(day, 1)).length),
  }));
  return { points, completeness };
}

export const readNps = (context: TypeformContext, window: DayWindow, params: NpsParams) =>
  readSurvey(context, window, params, NPS_SCALE, (day, answers) => npsPoint(day, answers, params));

export const readAverage = (context: TypeformContext, window: DayWindow, params: NpsParams) =>
  readSurvey(context, window, params, NPS_SCALE, (day, answers) => averagePoint(day, answers, params));

export const readCsat = (context: TypeformContext, window: DayWindow, params: CsatParams) =>
  readSurvey(context, window, params, { from: 1, to: params.scaleMax }, (day, answers) =>
    sharePoint(day, answers, params, (score) => score >= params.positiveFrom),
  );

/** The answers to one question in the days up to each day. */
async function readSurvey(
  context: TypeformContext,
  window: DayWindow,
  params: NpsParams,
  scale: Scale,
  pointOf: (day: string, answers: readonly Answer[]) => PointReading,
): Promise<MetricReading> {
  const id = formOf(context, params);
  const form = await readForm(context, id);
  const chosen = chooseQuestion(form, params.field, scale);
  if (!chosen.ok) {
    throw formError(
      'other_form',
      chosen.problem,
      'Change the metric, or make a new one for the new question.',
    );
  }
  const { completeness, items } = await responsesSince(context, id, window, params.days);
  const { answers, unusable } = answersTo(items, chosen.question.id, scale, params.respondent);
  const given = byLocalDay(answers, ({ atMs }) => atMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) =>
    pointOf(day, given(trailingDays(day, params.days))),
  );
  const notes =
    unusable === 0 ? [] : [`${unusable} answers were no whole number from ${scale.from} to ${scale.to}`];
  return { points, completeness: { ...completeness, notes: [...completeness.notes, ...notes] } };
}

/** A response without an answer to the question says nothing; an answer beside the scale is left out and counted. */
function answersTo(
  responses: readonly ResponseAnswer[],
  question: string,
  { from, to }: Scale,
  respondent: string | undefined,
): { answers: Answer[]; unusable: number } {
  const given = responses.flatMap((response) =>
    (response.answers ?? [])
      .filter(({ field }) => field.id === question)
      .map(({ number }) => ({ number, response })),
  );
  const answers = given.flatMap(({ number, response }): Answer[] =>
    number === undefined || !Number.isInteger(number) || number < from || number > to
      ? []
      : [
          {
            id: response.token,
            respondent: personOf(response, respondent),
            atMs: Date.parse(response.submitted_at),
            score: number,
          },
        ],
  );
  return { answers, unusable: given.length - answers.length };
}

function personOf({ hidden }: ResponseAnswer, name: string | undefined): string | null {
  const person = name === undefined ? undefined : hidden?.[name];
  if (typeof person !== 'string' && typeof person !== 'number') return null;
  return String(person).trim() === '' ? null : String(person).trim();
}
