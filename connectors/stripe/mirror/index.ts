import type { BillingMirror, ConnectorContext, MirrorBatch, MirrorStart } from '../../sdk/index.ts';
import type { StripeConfig } from '../official.ts';
import { walkEvents } from './events.ts';
import { countedEvidence } from './evidence.ts';
import { fetchTouched } from './fetch.ts';
import { isTooOld, walkLists } from './lists.ts';
import { KINDS, sourceOf, sourcesFor } from './needs.ts';
import { readRates } from './rates.ts';
import { createReader } from './reader.ts';
import { batch, type Run } from './run.ts';
import { openState, placeOf } from './state.ts';
import { stripeWebhook } from './webhook.ts';

/**
 * Stripe, kept as a ledger. Every list is walked once to its end; from then on a read asks each list for what came to
 * be since, and the list of events for what changed, and fetches only that.
 */
export const stripeMirror: BillingMirror<StripeConfig> = { kinds: KINDS, read, webhook: stripeWebhook };

async function* read(
  context: ConnectorContext<StripeConfig>,
  from: MirrorStart,
): AsyncGenerator<MirrorBatch> {
  const evidence = countedEvidence(context);
  const run = openRun(evidence.context, from);
  const old = run.sources.filter((source) => isTooOld(run, source, placeOf(run.state, source.kind)));
  yield* walkLists(run);
  refuseIfNothingIsOpen(run);
  yield* followHints(run, from);
  yield* walkEvents(run);
  if (from.kinds.includes('exchange_rates')) yield* readRates(run);
  refuseIfNothingIsOpen(run);
  const whole =
    old.length === 0
      ? ''
      : `; after a month of silence listed again: ${old.map(({ what }) => what).join(', ')}`;
  yield batch(run, { note: `all read: ${evidence.count()} requests${whole}` });
}

function openRun(context: ConnectorContext<StripeConfig>, from: MirrorStart): Run {
  const state = openState(from.state);
  return {
    context,
    reader: createReader(context, state.livemode),
    sources: sourcesFor(from.kinds),
    state,
    until: Math.floor(context.now.getTime() / 1_000) + 1,
    gaps: new Map(),
    refusals: [],
    walked: new Set(),
    fetched: new Set(),
    states: new Map(),
    discounts: new Map(),
  };
}

/** @throws the refusal itself when the key may read none of what is needed */
function refuseIfNothingIsOpen(run: Run): void {
  if (run.sources.length === 0 || !run.sources.every(({ kind }) => run.gaps.has(kind))) return;
  const [first] = run.refusals;
  if (first !== undefined) throw first;
}

/** What webhooks told, where it is not fetched already: a list that was never walked brings it by itself. */
async function* followHints(run: Run, from: MirrorStart): AsyncGenerator<MirrorBatch> {
  const touched = from.touched.flatMap(({ kind, id }) => {
    const source = sourceOf(kind, run.sources);
    return source === undefined ? [] : [{ kind: source.kind, id, at: run.context.now }];
  });
  if (touched.length === 0) return;
  const { records, deleted } = await fetchTouched(run, touched);
  yield batch(run, { records, deleted, note: `hints: ${touched.length}, ${records.length} objects fetched` });
}
