import { badPayload, type LedgerKind, type MirrorBatch, type MirrorTouch } from '../../sdk/index.ts';
import { type EventObject, eventSchema, touchedBy } from './event-schema.ts';
import { EVENTS_KEPT } from './lists.ts';
import { pageOf, passAfter } from './pass.ts';
import { isRefused } from './reader.ts';
import { addGap, batch, isGapped, OVERLAP, type Run } from './run.ts';
import type { Source } from './source.ts';
import { type MirrorState, newPass, placeOf } from './state.ts';
import { type Follower, tellEvents } from './tell-events.ts';

/** Of these, the past that Stripe still tells is worth reading: what they were from event to event. */
const WITH_HISTORY: readonly LedgerKind[] = ['customer', 'subscription'];
/** Events of the last minute are looked at again: what they touch may have been fetched before it changed. */
const UNCERTAIN = 60;

/** Follows the list of events to now, newest first, and fetches what they touch. A pass that was cut off goes on. */
export async function* walkEvents(run: Run): AsyncGenerator<MirrorBatch> {
  while (run.state.events !== null || behind(run).length > 0) {
    const resumed = run.state.events !== null && run.state.events.pages > 0;
    if (run.state.events === null || run.state.events.guesses) beginPass(run);
    const follower: Follower = { seen: new Set(), resumed: resumed && run.state.events?.guesses === false };
    try {
      yield* onePass(run, follower);
    } catch (error) {
      if (!isRefused(error)) throw error;
      addGap(
        run,
        behind(run).map(({ kind }) => kind),
        error,
      );
      run.state.events = null;
      return;
    }
  }
}

/** Lists whose changes were not followed to now. */
function behind(run: Run): Source[] {
  return run.sources.filter((source) => {
    const { listed, followed, owesHistory } = placeOf(run.state, source.kind);
    const follows = source.fetch !== null && listed !== null && !isGapped(run, source);
    return follows && (owesHistory || (followed ?? 0) < run.until);
  });
}

/** One that was cut off and dated changes by their last event begins again: what it had seen is forgotten. */
function beginPass(run: Run): void {
  const sources = behind(run);
  const oldest = run.until - EVENTS_KEPT;
  const since = sources.map(({ kind }) => {
    const { followed, owesHistory } = placeOf(run.state, kind);
    return owesHistory && WITH_HISTORY.includes(kind)
      ? oldest
      : Math.max(oldest, (followed ?? oldest) - OVERLAP);
  });
  const kinds = sources.map(({ kind }) => kind);
  const awaited = witnessOf(run);
  const needed = Math.min(run.until, ...since);
  const pass = newPass(Math.min(needed, awaited?.created ?? needed), run.until);
  run.state.events = { ...pass, kinds, guesses: false, recent: [], needed, awaited, newest: null };
}

/**
 * Nothing new is a usual answer, and an empty list looks the same. So each pass begins no later than the newest event that
 * is known: an answer without it is no answer.
 */
function witnessOf({ state: { witness }, until }: Run): MirrorState['witness'] {
  return witness === null || witness.created < until - EVENTS_KEPT ? null : witness;
}

async function* onePass(run: Run, follower: Follower): AsyncGenerator<MirrorBatch> {
  for (;;) {
    const { events } = run.state;
    if (events === null) return;
    const { pass, page } = await pageOf(events, (created, after) =>
      run.reader.page('events', eventSchema, after, (at) =>
        run.reader.stripe.events.list({ ...at, created }),
      ),
    );
    const ids = page.items.map(({ id }) => id);
    const lastAt = page.items.at(-1)?.created ?? null;
    const awaited = ids.includes(events.awaited?.id ?? '') ? null : events.awaited;
    const goesOn = page.hasMore && (awaited !== null || lastAt === null || lastAt >= events.needed);
    const next = passAfter(pass, { ids, hasMore: page.hasMore, lastAt }, 'events');
    const news = newsOf(run, events.kinds, page.items);
    const told = await tellEvents(run, follower, news);
    if (told === 'again') {
      run.fetched.clear();
      beginPass(run);
      return;
    }
    const recent = [...events.recent, ...surelyFollowed(run, page.items, events.until)];
    if (!goesOn) refuseWithout(awaited);
    const newest = events.newest ?? page.items[0] ?? null;
    const now = { ...events, ...next, guesses: events.guesses || told.guessed, recent, awaited, newest };
    run.state.events = now;
    // One that dated a change by its last event begins again after a kill, and so does one that only looks for what is new.
    const advances = !now.guesses && owesHistory(run, now.kinds);
    if (!goesOn) finish(run, now);
    yield batch(run, {
      ...told,
      advances,
      note: `events: page ${next.pages}, ${ids.length} events, ${told.fetched} objects fetched`,
    });
  }
}

function refuseWithout(awaited: MirrorState['witness']): void {
  if (awaited === null) return;
  const problem = `left out of its events ${awaited.id}, which it had listed before: the list is not whole`;
  throw badPayload('Stripe', 'event_missing', problem);
}

function owesHistory({ sources, state }: Run, kinds: readonly string[]): boolean {
  return sources.some(({ kind }) => kinds.includes(kind) && placeOf(state, kind).owesHistory);
}

export type News = { event: EventObject; touch: MirrorTouch; mustFetch: boolean };

/** What of a page is about the lists of this pass, and was not followed before. */
function newsOf(run: Run, kinds: readonly string[], events: readonly EventObject[]): News[] {
  const recent = new Set(run.state.recent);
  return events.flatMap((event) => {
    const touch = touchedBy(event);
    if (touch === null || !kinds.includes(touch.kind) || run.gaps.has(touch.kind)) return [];
    const { followed, owesHistory } = placeOf(run.state, touch.kind);
    if (followed === null)
      throw badPayload('Stripe', 'not_listed', `told of ${touch.kind} before it was listed`);
    const mustFetch = event.created >= followed - OVERLAP;
    const wanted = mustFetch || (owesHistory && WITH_HISTORY.includes(touch.kind));
    const known = recent.has(`${touch.kind}:${event.id}`);
    return wanted && !known ? [{ event, touch, mustFetch }] : [];
  });
}

/** Only lists without a gap: those of a gap read the same events again when it is closed. */
function surelyFollowed(run: Run, events: readonly EventObject[], until: number): string[] {
  return events.flatMap((event) => {
    const touch = touchedBy(event);
    const inOverlap = event.created >= until - OVERLAP && event.created < until - UNCERTAIN;
    return touch !== null && inOverlap && !run.gaps.has(touch.kind) ? [`${touch.kind}:${event.id}`] : [];
  });
}

function finish(run: Run, { kinds, newest, since, until, recent }: NonNullable<MirrorState['events']>): void {
  for (const source of run.sources) {
    if (!kinds.includes(source.kind) || isGapped(run, source)) continue;
    const place = placeOf(run.state, source.kind);
    if (place.owesHistory && WITH_HISTORY.includes(source.kind)) place.watchedSince = since;
    place.followed = Math.max(until, place.followed ?? until);
    place.owesHistory = false;
  }
  run.state.recent = recent;
  run.state.witness = newest === null ? run.state.witness : { id: newest.id, created: newest.created };
  run.state.events = null;
}
