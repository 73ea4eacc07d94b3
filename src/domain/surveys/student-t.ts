/**
 * Upper 2.5 % points of Student's t for 1 to 30 degrees of freedom.
 *
 * @see NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, column 0.975
 */
const upperPoints = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The same point of the normal distribution. */
export const normal95 = 1.959964;

/**
 * How many standard errors lie between a mean and the end of its 95 % interval when the spread is estimated from the
 * same values. Beyond the table by the Cornish-Fisher expansion, which there agrees to the fourth decimal.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5
 */
export function studentT95(degreesOfFreedom: number): number {
  const listed = upperPoints[degreesOfFreedom - 1];
  if (listed !== undefined) return listed;
  const z = normal95;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degreesOfFreedom + second / degreesOfFreedom ** 2 + third / degreesOfFreedom ** 3;
}
