/**
 * Where the true value of a sample lies, in the words of the catalogue. Connectors import nothing of `src`, so it stands
 * here once more; the tests hold both to the same answers.
 */

/** How many answers a value is made of, and the bounds of its 95 % interval; null where a sample says nothing of them. */
export type Sample = { size: number; lower: number | null; upper: number | null; level: number | null };

const LEVEL = 0.95;
/** The upper 2.5 % point of the normal distribution. */
const NORMAL = 1.959964;

/**
 * Upper 2.5 % points of Student's t for 1 to 30 degrees of freedom.
 *
 * @see NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, column 0.975
 */
const STUDENT_T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/**
 * Of a net promoter score in points, by adjusted Wald: three answers are made up, 3/4 of one promoter and of one detractor.
 *
 * @see B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70 (2016), 365-372
 */
export function netPromoterSample(promoters: number, detractors: number, size: number): Sample {
  const padded = size + 3;
  const p = (promoters + 0.75) / padded;
  const d = (detractors + 0.75) / padded;
  const halfWidth = 100 * NORMAL * Math.sqrt((p + d - (p - d) ** 2) / padded);
  return bounded((100 * (promoters - detractors)) / size, 100 * (p - d), halfWidth, size, -100, 100);
}

/**
 * Of a share, by Wilson's score interval.
 *
 * @see E. B. Wilson, "Probable inference", Journal of the American Statistical Association 22 (1927), 209-212
 */
export function shareSample(positive: number, size: number): Sample {
  const z2 = NORMAL ** 2;
  const share = positive / size;
  const stretch = 1 + z2 / size;
  const spread = Math.sqrt((share * (1 - share)) / size + z2 / (4 * size ** 2));
  return bounded(share, (share + z2 / (2 * size)) / stretch, (NORMAL * spread) / stretch, size, 0, 1);
}

/** Of a mean, by Student's t. One answer, and answers that are all alike, say nothing of their spread. */
export function meanSample(values: readonly number[], lowest: number, highest: number): Sample {
  const size = values.length;
  if (size < 2 || values.every((value) => value === values[0])) return sizeAlone(size);
  const mean = sum(values) / size;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  const halfWidth = studentT(size - 1) * Math.sqrt(squares / (size - 1) / size);
  return bounded(mean, mean, halfWidth, size, lowest, highest);
}

export const sizeAlone = (size: number): Sample => ({ size, lower: null, upper: null, level: null });

/** The measured value always belongs to its interval, and both to their scale. */
function bounded(
  value: number,
  centre: number,
  halfWidth: number,
  size: number,
  lowest: number,
  highest: number,
): Sample {
  const lower = Math.max(lowest, Math.min(value, centre - halfWidth));
  const upper = Math.min(highest, Math.max(value, centre + halfWidth));
  return { size, lower, upper, level: LEVEL };
}

/**
 * Beyond the table by the Cornish-Fisher expansion, which there agrees to the fourth decimal.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5
 */
function studentT(freedom: number): number {
  const listed = STUDENT_T[freedom - 1];
  if (listed !== undefined) return listed;
  const z = NORMAL;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
