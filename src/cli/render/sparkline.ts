const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const asciiBlocks = ['_', '.', '-', '=', '+', '*', '#'];

export type TrendPoint = { day: string; value: number | null };

/**
 * A row of blocks from the lowest value to the highest. Empty draws nothing, flat draws a centred line, and a day
 * without a value stays a gap (`·`, in ASCII a blank), because a missing value is not a low one.
 *
 * @param width at most so many characters; more values are drawn in groups, each as its latest value
 */
export function sparkline(
  values: readonly (number | null)[],
  options: { width: number; ascii: boolean },
): string {
  const drawn = grouped(values, options.width);
  const known = drawn.filter((value) => value !== null);
  if (known.length === 0) return '';
  const ramp = options.ascii ? asciiBlocks : blocks;
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const level = (value: number) =>
    span === 0 ? Math.floor(ramp.length / 2) - 1 : Math.round(((value - low) / span) * (ramp.length - 1));
  return drawn.map((value) => (value === null ? (options.ascii ? ' ' : '·') : ramp[level(value)])).join('');
}

/** One value per day from the first to the last, with null where the trend has no entry for the day. */
export function everyDay(trend: readonly TrendPoint[]): (number | null)[] {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined) return [];
  const values = new Map(trend.map((point) => [point.day, point.value]));
  const days: (number | null)[] = [];
  for (let at = Date.parse(first.day); at <= Date.parse(last.day); at += 86_400_000) {
    days.push(values.get(new Date(at).toISOString().slice(0, 10)) ?? null);
  }
  return days;
}

function grouped(values: readonly (number | null)[], width: number): (number | null)[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, at) => {
    const from = Math.floor((at * values.length) / width);
    const to = Math.floor(((at + 1) * values.length) / width);
    return values.slice(from, to).findLast((value) => value !== null) ?? null;
  });
}
