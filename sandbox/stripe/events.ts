import { type Account, applyFact, emptyAccount } from '../model/account.ts';
import { countUntil, type Fact } from '../model/facts.ts';
import { idFor } from '../model/random.ts';
import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import { discountsIn, type OwnedDiscount, type World } from '../world.ts';
import { type CatalogNews, newsOf } from './catalog-news.ts';
import { API_VERSION, inOldShape } from './event-shape.ts';
import { type Touch, touchesOf } from './event-types.ts';
import { remembered, type Table } from './resource.ts';
import type { Wire } from './wire.ts';

export { API_VERSION };

const KEPT_SECONDS = 30 * DAY_SECONDS;

/** Events as far as history has been replayed, oldest first. Time mostly goes forward, and then only the news are added. */
type Log = {
  done: number; // facts
  account: Account;
  discounts: Map<string, OwnedDiscount>;
  news: CatalogNews[]; // those still to come
  late: LateFact[]; // told of after they happened, and not yet
  list: Wire[];
  positions: Map<string, number>;
  seen: Map<string, number>; // how often an id's parts have come, so that every event gets an id of its own
};

/** Dated back by whoever entered it: its event comes when it was entered. */
type LateFact = { fact: Fact; toldAt: EpochSeconds };

const logOf = remembered((_history: readonly Fact[], world: World): { log: Log } => ({ log: newLog(world) }));

/** What happened in the last 30 days, oldest first, each with its object as it was at that moment. */
export function eventTable(world: World): Table<Wire> {
  const kept = logOf(world.history ?? world.facts, world);
  if (kept.log.done > world.facts.length) kept.log = newLog(world);
  const { log } = kept;
  advance(log, world);
  return {
    list: log.list,
    from: firstSince(log.list, world.now - KEPT_SECONDS),
    positionOf: (id) => log.positions.get(id) ?? null,
  };
}

/** The same event as an endpoint, or an account, of another version was told it. */
export function renderEvent(event: Wire, apiVersion: string): Wire {
  return apiVersion === API_VERSION ? event : inOldShape(event, apiVersion);
}

/** The first event that is younger than an instant. */
function firstSince(list: readonly Wire[], at: EpochSeconds): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(list[middle]?.created) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function newLog(world: World): Log {
  const since = world.now - KEPT_SECONDS;
  const account = emptyAccount();
  const discounts = new Map<string, OwnedDiscount>();
  const done = Math.min(world.facts.length, countUntil(world.facts, since));
  for (const fact of world.facts.slice(0, done)) remember(fact, account, discounts);
  const news = newsOf(world.catalog).filter(({ at }) => at > since);
  const late = (world.history ?? world.facts).flatMap(lateFact).filter(({ toldAt }) => toldAt > since);
  const inOrder = late.toSorted((a, b) => a.toldAt - b.toldAt);
  return { done, account, discounts, news, late: inOrder, list: [], positions: new Map(), seen: new Map() };
}

function lateFact(fact: Fact): LateFact[] {
  const { at, toldAt = at } = fact as { at: EpochSeconds; toldAt?: EpochSeconds }; // only money has it
  return toldAt > at ? [{ fact, toldAt }] : [];
}

function remember(fact: Fact, account: Account, discounts: Map<string, OwnedDiscount>): void {
  applyFact(account, fact);
  for (const owned of discountsIn(fact, account)) discounts.set(owned.discount.id, owned);
}

function advance(log: Log, world: World): void {
  for (let fact = world.facts[log.done]; fact !== undefined; fact = world.facts[log.done]) {
    addLate(log, world, fact.at);
    addNews(log, world, fact.at);
    if (lateFact(fact).length === 0) replay(log, fact, world);
    else remember(fact, log.account, log.discounts);
    log.done += 1;
  }
  addLate(log, world, world.now);
  addNews(log, world, world.now);
}

/** Only what came to be is told of those: what it changed elsewhere was so before anybody knew of it. */
function addLate(log: Log, world: World, untilAt: EpochSeconds): void {
  for (let one = log.late[0]; one !== undefined && one.toldAt <= untilAt; one = log.late[0]) {
    log.late.shift();
    const { fact, toldAt: at } = one;
    addNews(log, world, at);
    const then: World = { ...world, account: log.account, discounts: log.discounts, now: at };
    for (const { type, draw } of touchesOf(fact, then)) {
      const object = isUpdate(type) ? null : draw(then);
      if (object !== null) add(log, world, { at, type, object, previous: null });
    }
  }
}

function addNews(log: Log, world: World, untilAt: EpochSeconds): void {
  for (let one = log.news[0]; one !== undefined && one.at <= untilAt; one = log.news[0]) {
    log.news.shift();
    add(log, world, { at: one.at, type: one.type, object: one.draw(world), previous: null });
  }
}

function replay(log: Log, fact: Fact, world: World): void {
  const { account, discounts } = log;
  const then: World = { ...world, account, discounts, now: fact.at };
  // A new period has begun in the second of its invoice; what it was before is told of the second before.
  const earlier = fact.kind === 'invoice_created' ? { ...then, now: fact.at - 1 } : then;
  const touches: Touch[] = touchesOf(fact, then);
  const before = touches.map(({ type, draw }) => (isUpdate(type) ? draw(earlier) : null));
  const gone = touches.map(({ type, draw }) => (type === 'customer.discount.deleted' ? draw(then) : null));
  remember(fact, account, discounts);
  for (const [index, { type, draw }] of touches.entries()) {
    const object = gone[index] ?? draw(then);
    // Test clocks keep their events to themselves.
    if (object === null || isOnClock(object, account)) continue;
    const was = before[index] ?? null;
    const previous = was === null ? null : difference(was, object);
    if (previous !== null && Object.keys(previous).length === 0) continue;
    add(log, world, { at: fact.at, type, object, previous });
  }
}

function isUpdate(type: string): boolean {
  return type.endsWith('.updated') || type === 'charge.refunded' || type === 'customer.subscription.paused';
}

function isOnClock(object: Wire, account: Account): boolean {
  if (object.test_clock != null) return true;
  const { customer } = object;
  return typeof customer === 'string' && account.customers.get(customer)?.testClockId != null;
}

type Told = { at: EpochSeconds; type: string; object: Wire; previous: Wire | null };

function add(log: Log, world: World, { at, type, object, previous }: Told): void {
  const name = `${type} ${String(object.id)} ${at}`;
  const repeat = log.seen.get(name) ?? 0;
  log.seen.set(name, repeat + 1);
  const id = idFor('evt_', world.seed, name, repeat);
  log.positions.set(id, log.list.length);
  log.list.push({
    id,
    object: 'event',
    api_version: API_VERSION,
    created: at,
    data: { object, ...(previous === null ? {} : { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: 0,
    request: { id: null, idempotency_key: null },
    type,
  });
}

/** The old values of the fields that changed, and only those; what was not there had none. */
function difference(before: Wire, after: Wire): Wire {
  const changed = Object.keys(before)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field): [string, unknown] => [field, before[field]]);
  return Object.fromEntries(changed);
}
