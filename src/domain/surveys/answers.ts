import { noValue } from '../activities/quotient.ts';
import { isInside, spanOf } from '../catalog/span.ts';
import type { Measurement, MetricWindow, ParamSpec, ParamValue } from '../catalog/types.ts';
import type { SurveyAnswer } from './records.ts';

/** How a person who answered more than once is counted. */
export function dedupeParam(usual: 'latest_per_respondent' | 'all'): ParamSpec {
  return { type: 'choice', of: ['latest_per_respondent', 'all'], default: usual };
}

export const minResponsesParam: ParamSpec = { type: 'whole', min: 1, max: 100_000, default: 1 };

/**
 * With fewer answers than `least` there is no value. It is a guard against noise, and in a team's own survey one against
 * guessing who said what, so only the number of answers is told and nothing of what they say.
 *
 * @returns null when there are enough, and when there are none: then there is nothing to divide by, which is another
 * reason
 */
export function tooFew(sampleSize: number, least: ParamValue | undefined): Measurement | null {
  if (sampleSize === 0 || sampleSize >= Number(least)) return null;
  return { ...noValue('insufficient_sample'), sampleSize };
}

/**
 * The answers that count. Those of the window first; what is not an answer is dropped; only then is a person's latest
 * one kept, so that neither a later window nor an empty form takes back what was said.
 */
export function answersIn(
  responses: readonly SurveyAnswer[],
  window: MetricWindow,
  isAnswer: (score: SurveyAnswer['score']) => boolean,
  dedupe: ParamValue | undefined,
): SurveyAnswer[] {
  const span = spanOf(window);
  const given = responses.filter((response) => isInside(response.at, span) && isAnswer(response.score));
  return dedupe === 'all' ? given : latestOfEach(given);
}

function latestOfEach(answers: readonly SurveyAnswer[]): SurveyAnswer[] {
  const latest = new Map<string, SurveyAnswer>();
  for (const answer of answers) {
    const known = latest.get(answer.respondentId);
    if (known === undefined || isLater(answer, known)) latest.set(answer.respondentId, answer);
  }
  return [...latest.values()];
}

/** Of two answers of one instant the greater id counts as the later: any rule will do that ignores their order. */
function isLater(answer: SurveyAnswer, known: SurveyAnswer): boolean {
  const apartMs = answer.at.getTime() - known.at.getTime();
  return apartMs > 0 || (apartMs === 0 && answer.id > known.id);
}
