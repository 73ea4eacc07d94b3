import { addMonths, DAY_SECONDS, HOUR_SECONDS } from './chance.ts';
import { type Happening, happeningsOf, LISTS, type ListName } from './happenings.ts';
import { type Fate, type Life, lifeOf, type Span } from './life.ts';

/**
 * A company that was generated: the same for the same size and moment. Objects are worked out when they are asked for; what
 * is kept is one number for each, which says when it came to be and of which subscription it is.
 */
export type Company = {
  span: Span;
  /** The moment that a subscription is shown at: of the last change for those that it changed. */
  nowOf(index: number): number;
  life(index: number): Life | null;
  count(list: ListName): number;
  /** Newest first, from a position on. */
  at(list: ListName, position: number): Entry;
  /** How many are newer than this one; null when there is no such object. */
  positionOf(list: ListName, index: number, seq: number): number | null;
  /** How many were created at `second` or later. */
  countSince(list: ListName, second: number): number;
  size(): number;
  /** Lets something happen to some, later than everything before. */
  change(fates: ReadonlyMap<number, Fate>, nowAt: number): void;
};
export type Entry = Happening & { index: number };

const MONTHS = 24;
const KEPT_EVENTS_SECONDS = 30 * DAY_SECONDS;
// 27 bits of seconds, 16 to 17 of subscriptions and 10 of `seq` are less than the 53 that a number keeps exactly.
const SEQS = 2 ** 10;
const INDEXES = 2 ** 17;

export function createCompany(subscriptions: number, nowAt: number): Company {
  if (subscriptions > INDEXES - 1_000) throw new RangeError(`${subscriptions} subscriptions are too many`);
  // Drafts become final and are paid within an hour: nothing is left half done.
  const lastAt = nowAt - 2 * HOUR_SECONDS;
  const span = { firstAt: addMonths(nowAt - (nowAt % DAY_SECONDS), -MONTHS), lastAt };
  const state: State = { span, nowAt, size: subscriptions, fates: new Map(), keys: emptyKeys() };
  for (let index = 0; index < subscriptions; index += 1) collect(state, lifeOf(index, span), 0);
  for (const list of LISTS) state.keys[list].sort();
  return companyOf(state);
}

type State = {
  span: Span;
  nowAt: number;
  size: number;
  fates: Map<number, Fate>;
  keys: Record<ListName, Keys>;
};

function companyOf(state: State): Company {
  const { span, fates, keys, nowAt: builtAt } = state;
  const life = (index: number): Life | null =>
    index < 0 || index >= state.size ? null : lifeOf(index, span, fates.get(index));
  return {
    span,
    nowOf: (index) => (fates.has(index) ? state.nowAt : builtAt),
    life,
    count: (list) => keys[list].length,
    at: (list, position) => entryOf(keys[list].at(keys[list].length - 1 - position), span),
    positionOf(list, index, seq) {
      const owner = life(index);
      const found = owner === null ? undefined : happeningsOf(list, owner).find((each) => each.seq === seq);
      if (found === undefined) return null;
      const key = keyOf({ ...found, index }, span);
      const place = keys[list].countBelow(key);
      return keys[list].at(place) === key ? keys[list].length - 1 - place : null;
    },
    countSince: (list, second) =>
      keys[list].length - keys[list].countBelow(keyOf({ at: second, index: 0, seq: 0 }, span)),
    size: () => state.size,
    change(changed, at) {
      const before = state.nowAt;
      state.nowAt = at;
      for (const [index, fate] of changed) {
        fates.set(index, fate);
        state.size = Math.max(state.size, index + 1);
        collect(state, lifeOf(index, span, fate), before);
      }
      for (const list of LISTS) keys[list].sort();
    },
  };
}

/** Writes down what happened in a life later than `after`, up to now. */
function collect(state: State, life: Life, after: number): void {
  const { span, nowAt, keys } = state;
  for (const list of LISTS) {
    const oldest = list === 'events' ? nowAt - KEPT_EVENTS_SECONDS : 0;
    for (const happening of happeningsOf(list, life)) {
      const { at } = happening;
      if (at > after && at > oldest && at <= nowAt)
        keys[list].add(keyOf({ ...happening, index: life.index }, span));
    }
  }
}

function keyOf({ at, index, seq }: Entry, { firstAt }: Span): number {
  return (Math.max(0, at - firstAt) * INDEXES + index) * SEQS + seq;
}

function entryOf(key: number, { firstAt }: Span): Entry {
  const rest = Math.floor(key / SEQS);
  return { seq: key % SEQS, index: rest % INDEXES, at: Math.floor(rest / INDEXES) + firstAt };
}

/** Numbers in ascending order, eight bytes each. */
type Keys = {
  readonly length: number;
  at(place: number): number;
  add(key: number): void;
  sort(): void;
  countBelow(key: number): number;
};

function emptyKeys(): Record<ListName, Keys> {
  return Object.fromEntries(LISTS.map((list) => [list, growingKeys()])) as Record<ListName, Keys>; // one for each list
}

function growingKeys(): Keys {
  let store = new Float64Array(1_024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (place) => store[place] ?? Number.NaN,
    add(key) {
      if (length === store.length) {
        const larger = new Float64Array(length * 2);
        larger.set(store);
        store = larger;
      }
      store[length] = key;
      length += 1;
    },
    sort: () => store.set(store.subarray(0, length).toSorted()),
    countBelow(key) {
      let low = 0;
      let high = length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((store[middle] ?? 0) < key) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
