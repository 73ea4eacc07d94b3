import type { MirrorBatch } from '../../sdk/index.ts';
import { FIRST } from './needs.ts';
import { pageOf, passAfter } from './pass.ts';
import { isRefused } from './reader.ts';
import { addGap, batch, OVERLAP, type Run, type Told } from './run.ts';
import type { Source, SourcePage } from './source.ts';
import { newPass, type Pass, type Place, placeOf } from './state.ts';

/** Stripe keeps events for thirty days; an hour less, so that none expires while they are walked. */
export const EVENTS_KEPT = 30 * 86_400 - 3_600;

type Arrival = { source: Source } & ({ pass: Pass; page: SourcePage } | { error: unknown });

/**
 * Walks every list up to now: all of it the first time, then what came to be since. The lists are asked at the same
 * time, one page each, and handed out one after the other, prices and coupons first. The very first page is asked for
 * alone: a key that Stripe does not know any more costs one request, not one for each list.
 */
export async function* walkLists(run: Run): AsyncGenerator<MirrorBatch> {
  const running = new Map<Source, Promise<Arrival>>();
  const start = (source: Source) => {
    if (beginPass(run, source)) running.set(source, arrivalOf(run, source));
  };
  for (const source of run.sources) {
    const isFirst = running.size === 0;
    start(source);
    const arrival = isFirst ? await running.get(source) : undefined;
    if (arrival !== undefined && 'error' in arrival && !isRefused(arrival.error)) throw arrival.error;
  }
  while (running.size > 0) {
    const first = [...running].filter(([{ kind }]) => FIRST.includes(kind));
    const arrival = await Promise.race((first.length > 0 ? first : [...running]).map(([, page]) => page));
    const { source } = arrival;
    running.delete(source);
    if ('error' in arrival) {
      if (!isRefused(arrival.error)) throw arrival.error;
      addGap(run, [source.kind], arrival.error);
      continue;
    }
    const told = take(run, arrival.source, arrival.pass, arrival.page);
    start(source);
    yield batch(run, told);
  }
}

/**
 * A list that was empty from end to end is asked for as a whole again: that costs as little, and an answer that was empty
 * by mistake would hide everything older for ever.
 *
 * @returns false when the list is read up to now
 */
function beginPass(run: Run, source: Source): boolean {
  const place = placeOf(run.state, source.kind);
  if (place.pass !== null) return true;
  const upToNow = place.listed !== null && place.listed >= run.until;
  // A read in the same second as the one before has to look again, too.
  if (upToNow && (!place.isEmpty || run.walked.has(source.kind))) return false;
  run.walked.add(source.kind);
  if (place.listed === null || place.isEmpty || isTooOld(run, source, place)) {
    place.pass = newPass(null, run.until);
    return true;
  }
  place.pass = newPass(place.listed - OVERLAP, run.until);
  return true;
}

/** After so long a silence there are changes that no event tells any more. */
export function isTooOld(run: Run, source: Source, { followed }: Place): boolean {
  return source.fetch !== null && followed !== null && followed < run.until - EVENTS_KEPT;
}

/** Never rejects: a page that nobody waits for yet must not end the process. */
async function arrivalOf(run: Run, source: Source): Promise<Arrival> {
  const { pass } = placeOf(run.state, source.kind);
  if (pass === null) throw new Error(`no pass through ${source.what}`);
  try {
    const read = await pageOf(pass, (created, after) =>
      source.page(run.reader, created, after, run.context.now),
    );
    return { source, ...read };
  } catch (error) {
    return { source, error };
  }
}

function take(run: Run, source: Source, from: Pass, page: SourcePage): Told {
  const place = placeOf(run.state, source.kind);
  const pass = passAfter(from, page, source.what);
  // What was listed after now was shown as it is now; of a first walk that would be too many to remember.
  if (pass.since !== null && pass.until === run.until) {
    for (const id of page.ids) run.fetched.add(`${source.kind}:${id}`);
  }
  place.pass = page.hasMore ? pass : null;
  if (!page.hasMore) finish(place, pass);
  const again =
    pass.since === null && place.followed !== null && page.hasMore ? ', listed again as a whole' : '';
  return {
    records: page.records,
    advances: pass.since === null && page.ids.length > 0,
    note: `${source.what}: page ${pass.pages}, ${page.ids.length} objects${again}`,
  };
}

function finish(place: Place, pass: Pass): void {
  place.listed = pass.until;
  if (pass.since !== null) return;
  const wasEmpty = place.isEmpty;
  place.isEmpty = pass.seen === 0;
  // Still nothing: there is no past that events could tell.
  if (wasEmpty && place.isEmpty) return;
  // What changed while the list was walked is told by the events since it began.
  place.followed = pass.until;
  place.owesHistory = true;
}
