import {
  type ConnectorContext,
  type ConnectorError,
  type LedgerDiscount,
  type LedgerKind,
  type LedgerRecord,
  type MirrorBatch,
  type MirrorGap,
} from '../../sdk/index.ts';
import type { StripeConfig } from '../official.ts';
import { kindsFrom } from './needs.ts';
import type { Reader } from './reader.ts';
import type { Source } from './source.ts';
import { type MirrorState, placeOf } from './state.ts';

/** One read of the mirror, from the stored state to now. */
export type Run = {
  context: ConnectorContext<StripeConfig>;
  reader: Reader;
  sources: readonly Source[];
  state: MirrorState;
  /** The second after the read began: nothing later is asked for. */
  until: number;
  gaps: Map<LedgerKind, MirrorGap>;
  /** The errors behind the gaps, in the order of asking. */
  refusals: ConnectorError[];
  /** The lists that this read began a way through. */
  walked: Set<LedgerKind>;
  /** `kind:id` of what this read has fetched as it is now, so that nothing is fetched twice. */
  fetched: Set<string>;
  /** Some of what was fetched last, for events that only the object as it is now explains. */
  states: Map<string, LedgerRecord>;
  /** Discounts that were told in full, for the bare ids inside events. */
  discounts: Map<string, LedgerDiscount>;
};

/** Seconds that each increment reads again, for what was written late and for clocks that differ. */
export const OVERLAP = 300;

export const isGapped = (run: Run, { kind }: Source): boolean => run.gaps.has(kind);

/** A list that the key may not read: its kinds are missing, the others go on. It is tried again at each read. */
export function addGap(run: Run, kinds: readonly LedgerKind[], error: ConnectorError): void {
  run.refusals.push(error);
  const { errorClass, message, remedy } = error;
  const hint = remedy.by === 'owner' ? remedy.hint : null;
  const gap = { kinds: kinds.flatMap(kindsFrom), errorClass, message, hint };
  for (const kind of kinds) if (!run.gaps.has(kind)) run.gaps.set(kind, gap);
}

export type Told = {
  records?: readonly LedgerRecord[];
  deleted?: MirrorBatch['deleted'];
  advances?: boolean;
  note: string;
};

const WITHOUT_SCHEDULES = 'subscriptions without their schedules, which the key may not read';

/** What was just read, with the state that covers exactly what has been handed out so far. */
export function batch(run: Run, { records = [], deleted = [], advances = false, note }: Told): MirrorBatch {
  const { state, reader } = run;
  state.livemode = reader.livemode();
  const currencies = records.flatMap(({ data }) => ('currency' in data ? [data.currency] : []));
  state.currencies = [...new Set([...state.currencies, ...currencies])].toSorted();
  return {
    records,
    deleted,
    state: structuredClone(state),
    gaps: [...new Set(run.gaps.values())],
    throughAt: throughAt(run),
    watchedSinceAt: watchedSinceAt(run),
    advances,
    note: reader.schedules.isRefused() ? `${note}, ${WITHOUT_SCHEDULES}` : note,
  };
}

/** A change that no event tells has not happened since. */
function watchedSinceAt({ state }: Run): Date | null {
  const seconds = state.places.subscription?.watchedSince ?? null;
  return seconds === null ? null : new Date(seconds * 1_000);
}

function throughAt(run: Run): Date | null {
  const here = run.sources
    .filter((source) => !isGapped(run, source))
    .map((source) => {
      const { listed, followed, owesHistory } = placeOf(run.state, source.kind);
      if (source.fetch === null || listed === null) return listed;
      return followed === null || owesHistory ? null : Math.min(listed, followed);
    });
  if (here.includes(null)) return null;
  const seconds = Math.min(run.until, ...here.map(Number));
  return new Date(Math.min(run.context.now.getTime(), seconds * 1_000));
}
