/** Scores of chances against outcomes, and what can be said of their differences. */
export type Scored = { chance: number; hit: 0 | 1; series: string };

export function brier(rows: readonly Scored[]): number {
  return rows.reduce((sum, { chance, hit }) => sum + (chance - hit) ** 2, 0) / rows.length;
}

/** Expected calibration error over ten groups of equal size, in the order of the chance. */
export function calibrationError(rows: readonly Scored[]): number {
  const sorted = rows.toSorted((a, b) => a.chance - b.chance);
  let error = 0;
  for (let group = 0; group < 10; group++) {
    const part = sorted.slice(
      Math.floor((group * sorted.length) / 10),
      Math.floor(((group + 1) * sorted.length) / 10),
    );
    error += Math.abs(part.reduce((sum, { chance, hit }) => sum + chance - hit, 0)) / sorted.length;
  }
  return error;
}

const ROUNDS = 4000;

/**
 * How much smaller the Brier score of the first is than that of the second, with the 95 % interval of a bootstrap over
 * whole series: the same series are drawn for both, because their rows hang together.
 */
export function pairedDifference(
  first: readonly Scored[],
  second: readonly Scored[],
): { mean: number; low: number; high: number } {
  const bySeries = new Map<string, { sum: number; count: number }>();
  first.forEach(({ chance, hit, series }, index) => {
    const other = second[index];
    if (other === undefined) throw new RangeError('both must be about the same rows');
    const entry = bySeries.get(series) ?? { sum: 0, count: 0 };
    entry.sum += (other.chance - other.hit) ** 2 - (chance - hit) ** 2;
    entry.count++;
    bySeries.set(series, entry);
  });
  const entries = [...bySeries.values()];
  const random = uniform(20_260_101);
  const means = Array.from({ length: ROUNDS }, () => {
    let sum = 0;
    let count = 0;
    for (let draw = 0; draw < entries.length; draw++) {
      const entry = entries[Math.floor(random() * entries.length)];
      sum += entry?.sum ?? 0;
      count += entry?.count ?? 0;
    }
    return sum / count;
  }).toSorted((a, b) => a - b);
  return {
    mean: brier(second) - brier(first),
    low: means[Math.floor(0.025 * ROUNDS)] ?? 0,
    high: means[Math.floor(0.975 * ROUNDS)] ?? 0,
  };
}

/** Numbers in [0, 1), the same for the same seed. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
