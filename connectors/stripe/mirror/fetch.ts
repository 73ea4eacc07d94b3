import type { LedgerRecord, MirrorBatch, MirrorTouch } from '../../sdk/index.ts';
import { sourceOf } from './needs.ts';
import { isRefused } from './reader.ts';
import { addGap, type Run } from './run.ts';

export type Fetched = { records: LedgerRecord[]; deleted: MirrorBatch['deleted'][number][] };

const keyOf = ({ kind, id }: MirrorTouch) => `${kind}:${id}`;

/** So many fetched objects are kept at hand. */
const MOST_STATES = 2_000;

/** Each once in a read, unless `anew`, as it is now. What is gone is marked with the time it was last heard of. */
export async function fetchTouched(
  run: Run,
  touched: readonly (MirrorTouch & { at: Date })[],
  anew = false,
): Promise<Fetched> {
  const due = touched.filter((touch) => anew || !run.fetched.has(keyOf(touch)));
  const wanted = new Map(due.map((touch) => [keyOf(touch), touch]));
  for (const key of wanted.keys()) run.fetched.add(key);
  const found = await Promise.all([...wanted.values()].map((touch) => fetchOne(run, touch)));
  for (const record of found.flatMap(({ records }) => records)) keepAtHand(run, record);
  return {
    records: found.flatMap(({ records }) => records),
    deleted: found.flatMap(({ deleted }) => deleted),
  };
}

async function fetchOne(run: Run, { kind, id, at }: MirrorTouch & { at: Date }): Promise<Fetched> {
  const source = sourceOf(kind, run.sources);
  if (source === undefined || source.fetch === null || run.gaps.has(kind))
    return { records: [], deleted: [] };
  try {
    const records = await source.fetch(run.reader, id, run.context.now);
    return records === null ? { records: [], deleted: [{ kind, id, at }] } : { records, deleted: [] };
  } catch (error) {
    if (!isRefused(error)) throw error;
    addGap(run, [source.kind], error);
    return { records: [], deleted: [] };
  }
}

/** So that the bare ids inside events, and events of other releases, can be explained. */
function keepAtHand(run: Run, record: LedgerRecord): void {
  if (record.kind !== 'subscription' && record.kind !== 'customer') return;
  const [oldest] = run.states.keys();
  if (run.states.size >= MOST_STATES && oldest !== undefined) run.states.delete(oldest);
  run.states.set(record.id, record);
  if (record.kind === 'customer') return;
  const { discounts, items } = record.data.state;
  for (const discount of [...discounts, ...items.flatMap((item) => item.discounts)]) {
    run.discounts.set(discount.id, discount);
  }
}
