import { sumOf } from '../activities/quotient.ts';
import type { Measurement } from '../catalog/types.ts';
import { normal95, studentT95 } from './student-t.ts';

/** Where the true value lies at 95 %, and how far that reaches to each side before the scale's ends cut it off. */
export type Sampled = Required<Pick<Measurement, 'interval'>> & { beside: { halfWidth: number } };

type Scale = { lowest: number; highest: number };

/**
 * The interval of a net promoter score in points: adjusted Wald, the best of six methods on real and on drawn samples.
 * The score is a difference of two shares of one sample, so its variance is (p + d - (p - d)²)/n, where p and d are the
 * shares of promoters and detractors. Three made-up answers (3/4 promoter, 3/4 detractor, the rest passive) keep a
 * sample of promoters alone from claiming certainty; 400 answers move by less than a tenth of a point.
 *
 * @see B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70 (2016), 365-372
 * @see https://measuringu.com/nps-confidence-intervals/
 */
export function netPromoterInterval(promoters: number, detractors: number, answers: number): Sampled {
  const padded = answers + 3;
  const p = (promoters + 0.75) / padded;
  const d = (detractors + 0.75) / padded;
  const halfWidth = 100 * normal95 * Math.sqrt((p + d - (p - d) ** 2) / padded);
  const score = (100 * (promoters - detractors)) / answers;
  return sampled(score, 100 * (p - d), halfWidth, { lowest: -100, highest: 100 });
}

/**
 * The interval of a share: Wilson's score interval, which stays inside 0 and 1 and is honest for few answers.
 *
 * @see E. B. Wilson, "Probable inference", Journal of the American Statistical Association 22 (1927), 209-212
 */
export function shareInterval(positive: number, answers: number): Sampled {
  const z2 = normal95 ** 2;
  const share = positive / answers;
  const stretch = 1 + z2 / answers;
  const centre = (share + z2 / (2 * answers)) / stretch;
  const spread = Math.sqrt((share * (1 - share)) / answers + z2 / (4 * answers ** 2));
  return sampled(share, centre, (normal95 * spread) / stretch, { lowest: 0, highest: 1 });
}

/**
 * The interval of a mean: Student's t with the sample's own standard deviation.
 *
 * @returns null for one answer, and for answers that are all alike: neither says anything about the spread, and an
 * interval without width would claim certainty
 */
export function meanInterval(values: readonly number[], scale: Scale): Sampled | null {
  if (values.length < 2 || values.every((value) => value === values[0])) return null;
  const mean = sumOf(values) / values.length;
  const squares = sumOf(values.map((value) => (value - mean) ** 2));
  const standardError = Math.sqrt(squares / (values.length - 1) / values.length);
  return sampled(mean, mean, studentT95(values.length - 1) * standardError, scale);
}

/** The measured value always belongs to its interval, also where the last binary digit or one lone answer says no. */
function sampled(value: number, centre: number, halfWidth: number, { lowest, highest }: Scale): Sampled {
  const lower = Math.max(lowest, Math.min(value, centre - halfWidth));
  const upper = Math.min(highest, Math.max(value, centre + halfWidth));
  return { interval: { lower, upper, level: 0.95 }, beside: { halfWidth } };
}
