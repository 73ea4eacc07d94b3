import { quotientPoint } from './delivery.ts';
import { meanSample, netPromoterSample, type Sample, shareSample, sizeAlone } from './survey-interval.ts';
import type { PointReading } from './types.ts';

/**
 * The arithmetic of surveys for connectors that read answers one by one, in the words of the catalogue, which they may not
 * import; the tests hold both to the same answers.
 */

export const DEDUPES = ['latest_per_respondent', 'all'] as const;
export type Dedupe = (typeof DEDUPES)[number];

/** One usable answer. A respondent is null where nobody says who it was: then it replaces no other. */
export type SurveyAnswer<Score> = { id: string; respondent: string | null; atMs: number; score: Score };

/** How the answers of one window, which has been cut before, are counted. */
export type SurveyRule = { dedupe: Dedupe; minResponses: number };

/** The net promoter score, -100 to 100, of whole numbers from 0 to 10. */
export function npsPoint(
  day: string,
  answers: readonly SurveyAnswer<number>[],
  rule: SurveyRule,
): PointReading {
  const scores = scoresOf(answers, rule);
  const size = scores.length;
  const promoters = scores.filter((score) => score >= 9).length;
  const detractors = scores.filter((score) => score <= 6).length;
  const sample = () => netPromoterSample(promoters, detractors, size);
  const point = sampledPoint(day, 100 * (promoters - detractors), size, rule, sample);
  if (point.value === null) return point;
  return { ...point, counts: { promoters, passives: size - promoters - detractors, detractors } };
}

/** The mean of the same answers, 0 to 10. */
export function averagePoint(
  day: string,
  answers: readonly SurveyAnswer<number>[],
  rule: SurveyRule,
): PointReading {
  const scores = scoresOf(answers, rule);
  const total = scores.reduce((sum, score) => sum + score, 0);
  return sampledPoint(day, total, scores.length, rule, () => meanSample(scores, 0, 10));
}

/** The share of the answers that are positive. */
export function sharePoint<Score>(
  day: string,
  answers: readonly SurveyAnswer<Score>[],
  rule: SurveyRule,
  isPositive: (score: Score) => boolean,
): PointReading {
  const scores = scoresOf(answers, rule);
  const positive = scores.filter(isPositive).length;
  return sampledPoint(day, positive, scores.length, rule, () => shareSample(positive, scores.length));
}

/** Of too few answers only their number is told, and nothing of what they say: somebody could guess who said it. */
function sampledPoint(
  day: string,
  numerator: number,
  size: number,
  { minResponses }: SurveyRule,
  sample: () => Sample,
): PointReading {
  if (size === 0) return quotientPoint(day, numerator, size);
  if (size < minResponses)
    return { day, value: null, reason: 'insufficient_sample', sample: sizeAlone(size) };
  return { ...quotientPoint(day, numerator, size), sample: sample() };
}

function scoresOf<Score>(answers: readonly SurveyAnswer<Score>[], { dedupe }: SurveyRule): Score[] {
  return (dedupe === 'all' ? answers : latestOfEach(answers)).map(({ score }) => score);
}

function latestOfEach<Score>(answers: readonly SurveyAnswer<Score>[]): SurveyAnswer<Score>[] {
  const latest = new Map<string, SurveyAnswer<Score>>();
  for (const answer of answers) {
    if (answer.respondent === null) continue;
    const known = latest.get(answer.respondent);
    if (known === undefined || isLater(answer, known)) latest.set(answer.respondent, answer);
  }
  return [...answers.filter(({ respondent }) => respondent === null), ...latest.values()];
}

/** Of two answers of one instant the greater id counts as the later: any rule will do that ignores their order. */
function isLater(answer: SurveyAnswer<unknown>, known: SurveyAnswer<unknown>): boolean {
  const apartMs = answer.atMs - known.atMs;
  return apartMs > 0 || (apartMs === 0 && answer.id > known.id);
}
