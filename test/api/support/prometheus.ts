/** One family of the text format 0.0.4: what it is called, what it counts, and its samples. */
export type Family = {
  name: string;
  help: string;
  type: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
};

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)?,?\\})? (\\S+)(?: -?\\d+)?$`);

/**
 * Reads the text exposition format strictly: every family has one HELP and one TYPE before its samples, no sample comes
 * twice, no family is torn apart, a counter never sinks below zero, and a histogram's buckets only grow up to its count.
 *
 * @throws Error naming the line that breaks a rule
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function parseMetrics(text: string): Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current: Family | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    if (line === '') continue;
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (families.has(name)) fail('a second family of that name');
      current = { name, help: rest, type: 'untyped', samples: [] };
      families.set(name, current);
      if (rest === '') fail('no help');
      continue;
    }
    if (keyword === 'TYPE') {
      if (current?.name !== name || current.samples.length > 0) fail('a type without its help');
      if (!['counter', 'gauge', 'histogram', 'summary'].includes(rest)) fail('no such type');
      if (current !== null) current.type = rest;
      continue;
    }
    const match = SAMPLE.exec(line);
    if (match === null || current === null) return fail('neither a comment nor a sample of a family');
    const [, sampleName = '', labelText = '', valueText = ''] = match;
    const base = ['histogram', 'summary'].includes(current.type)
      ? sampleName.replace(/_(bucket|sum|count)$/, '')
      : sampleName;
    if (base !== current.name) fail('a sample of another family');
    const labels = Object.fromEntries(
      [...labelText.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', value = '']) => [
        key,
        value,
      ]),
    );
    const id = `${sampleName} ${keyOf(labels)}`;
    if (seen.has(id)) fail('a sample that was there already');
    seen.add(id);
    const value = valueText === 'Nan' ? Number.NaN : Number(valueText.replace('Inf', 'Infinity'));
    if (Number.isNaN(value) && !/^nan$/i.test(valueText)) fail('no number');
    if (current.type === 'counter' && !(value >= 0)) fail('a counter below zero');
    current.samples.push({ name: sampleName, labels, value });
  }
  for (const family of families.values()) checkHistogram(family);
  return [...families.values()];
}

const keyOf = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .toSorted()
    .join();

function checkHistogram({ name, samples, type }: Family): void {
  if (type !== 'histogram') return;
  const buckets = new Map<string, number[]>();
  for (const { labels, name: sampleName, value } of samples) {
    const { le, ...others } = labels;
    const key = keyOf(others);
    if (sampleName === `${name}_bucket`) {
      if (le === undefined) throw new Error(`a bucket of ${name} has no limit`);
      buckets.set(key, [...(buckets.get(key) ?? []), value]);
    }
    if (sampleName === `${name}_count` && (buckets.get(key) ?? []).at(-1) !== value)
      throw new Error(`the last bucket of ${name} is not its count`);
  }
  for (const values of buckets.values()) {
    if (values.some((value, at) => value < (values[at - 1] ?? 0)))
      throw new Error(`the buckets of ${name} do not grow`);
  }
}

/** The value of the sample with at least these labels; undefined when there is none. */
export function sampleOf(
  families: readonly Family[],
  name: string,
  labels: Record<string, string>,
): number | undefined {
  return families
    .flatMap(({ samples }) => samples)
    .find(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )?.value;
}
