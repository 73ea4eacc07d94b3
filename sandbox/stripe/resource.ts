import type { Rows } from '../model/rows.ts';
import type { EpochSeconds } from '../model/time.ts';
import type { World } from '../world.ts';
import { invalid, missing } from './errors.ts';
import { limitOf, type Query, type Range, rangeOf, refuseUnknown } from './query.ts';
import { type Wire, wireList } from './wire.ts';

const PAGING = ['limit', 'starting_after', 'ending_before'];

/** Rows oldest first, and where one stands among them. */
export type Table<Row> = {
  list: readonly Row[];
  from?: number; // rows before this one are no longer shown; 0 unless given
  positionOf: (id: string) => number | null;
};

/** One kind of object that is served: how to find, filter and draw it. */
export type Definition<Row> = {
  object: string;
  path: string;
  permission: string; // the restricted key's right, without the ending `_read`
  table: (world: World) => Table<Row>;
  id: (row: Row) => string;
  createdAt: (row: Row) => EpochSeconds;
  render: (row: Row, world: World) => Wire;
  filters: Record<string, (row: Row, value: string, world: World) => boolean>;
  otherParams?: readonly string[]; // names that `also` looks at
  also?: (query: Query, world: World) => (row: Row) => boolean;
  /** The few rows that a filter leaves, oldest first, where an index knows them; null: look at all of them. */
  few?: (query: Query, world: World) => readonly Row[] | null;
  renderGone?: (row: Row, world: World) => Wire | null; // for retrieval only; null while it is there
};

/** The same, with the row type closed in. */
export type Served = {
  object: string;
  path: string;
  permission: string;
  list: (query: Query, world: World) => Wire;
  find: (id: string, world: World) => Wire | null;
};

export function serve<Row>(definition: Definition<Row>): Served {
  const { object, path, permission, table, render, renderGone } = definition;
  return {
    object,
    path,
    permission,
    list: (query, world) => listRows(definition, query, world),
    find(wanted, world) {
      const row = rowNamed(table(world), wanted);
      if (row === undefined) return null;
      return renderGone?.(row, world) ?? render(row, world);
    },
  };
}

/** Gives rows that lie in another order, or are made of others, the order of their creation and an index. */
export function tableOf<Row>(
  rows: readonly Row[],
  id: (row: Row) => string,
  createdAt: (row: Row) => EpochSeconds,
): Table<Row> {
  const list = rows.toSorted((a, b) => createdAt(a) - createdAt(b));
  const positions = new Map(list.map((row, index) => [id(row), index]));
  return { list, positionOf: (wanted) => positions.get(wanted) ?? null };
}

/** Works something out once for as long as a key object lives. */
export function remembered<Key extends object, Value>(make: (key: Key, world: World) => Value) {
  const known = new WeakMap<Key, Value>();
  return (key: Key, world: World): Value => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key, world);
      known.set(key, value);
    }
    return value;
  };
}

/** Looks at rows from the cursor on and no further than the page needs: a list of any length costs the same. */
function listRows<Row>(definition: Definition<Row>, query: Query, world: World): Wire {
  const { filters, otherParams = [], path, object } = definition;
  refuseUnknown(query, [...PAGING, 'created', ...Object.keys(filters), ...otherParams]);
  const limit = limitOf(query);
  const created = rangeOf(query, 'created');
  const also = definition.also?.(query, world) ?? (() => true);
  const wanted = Object.entries(filters).flatMap(([name, matches]) => {
    const value = query.values.get(name);
    return value === undefined ? [] : [(row: Row) => matches(row, value, world)];
  });
  const keep = (row: Row) => also(row) && wanted.every((matches) => matches(row));
  const { after, before } = cursorsOf(query);
  const near = definition.few?.(query, world) ?? null;
  const named = after ?? before;
  const table = near === null || named !== undefined ? definition.table(world) : null;
  const row = named === undefined || table === null ? null : rowNamed(table, named);
  if (row === undefined) {
    throw missing(object, named ?? '', after === undefined ? 'ending_before' : 'starting_after');
  }
  // A cursor may be any object, also one that the index has left out.
  const few = near !== null && (row === null || near.includes(row)) ? near : null;
  const list = few ?? table?.list ?? [];
  const position =
    row === null ? null : few === null ? (table?.positionOf(named ?? '') ?? 0) : few.indexOf(row);
  const span = spanOf(list, definition.createdAt, created);
  if (few === null) span.start = Math.max(span.start, table?.from ?? 0);
  const found: Row[] = [];
  if (before === undefined) {
    const first = Math.min(span.end, position ?? Infinity) - 1;
    for (let index = first; index >= span.start && found.length <= limit; index -= 1) {
      if (keep(list[index] as Row)) found.push(list[index] as Row);
    }
  } else {
    for (
      let index = Math.max(span.start, (position ?? -1) + 1);
      index < span.end && found.length <= limit;
      index += 1
    ) {
      if (keep(list[index] as Row)) found.push(list[index] as Row);
    }
  }
  const page = found.slice(0, limit).map((one) => definition.render(one, world));
  return wireList(path, before === undefined ? page : page.toReversed(), found.length > limit);
}

function rowNamed<Row>({ list, from = 0, positionOf }: Table<Row>, id: string): Row | undefined {
  const position = positionOf(id);
  return position === null || position < from ? undefined : list[position];
}

/** The positions `[start, end)` of rows that were created within a range. */
function spanOf<Row>(list: readonly Row[], createdAt: (row: Row) => EpochSeconds, range: Range | null) {
  const firstAt = (least: number): number => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (createdAt(list[middle] as Row) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range ?? {};
  const least = Math.max(gt + 1, gte);
  const most = Math.min(lt - 1, lte);
  return {
    start: least === -Infinity ? 0 : firstAt(least),
    end: most === Infinity ? list.length : firstAt(most + 1),
  };
}

type Paging<Row> = {
  query: Query;
  limit: number;
  keep: (row: Row) => boolean;
  object: string;
  id: (row: Row) => string;
};

/** Cuts one page out of rows that are newest first. A cursor may be any object, also one that the filter drops. */
export function pageOf<Row>(rows: readonly Row[], paging: Paging<Row>): { page: Row[]; hasMore: boolean } {
  const { query, limit, keep } = paging;
  const { after, before } = cursorsOf(query);
  if (before !== undefined) {
    const newer = rows.slice(0, positionOf(rows, before, 'ending_before', paging)).filter(keep);
    return { page: newer.slice(-limit), hasMore: newer.length > limit };
  }
  const from = after === undefined ? 0 : positionOf(rows, after, 'starting_after', paging) + 1;
  const older = rows.slice(from).filter(keep);
  return { page: older.slice(0, limit), hasMore: older.length > limit };
}

function cursorsOf({ values }: Query): { after: string | undefined; before: string | undefined } {
  const after = values.get('starting_after');
  const before = values.get('ending_before');
  if (after !== undefined && before !== undefined) {
    const message = 'You may only specify one of these parameters: ending_before, starting_after.';
    throw invalid(message, { param: 'ending_before' });
  }
  return { after, before };
}

function positionOf<Row>(rows: readonly Row[], wanted: string, param: string, paging: Paging<Row>): number {
  const position = rows.findIndex((row) => paging.id(row) === wanted);
  if (position < 0) throw missing(paging.object, wanted, param);
  return position;
}

/** Objects on a test clock show only when the clock or the customer is named. */
export function offClock<Row>(clockOf: (row: Row) => string | null) {
  return (query: Query) => {
    const named = query.values.has('test_clock') || query.values.has('customer');
    return (row: Row) => named || clockOf(row) === null;
  };
}

export function rowsOf<Row>(rows: Rows<Row>, ids: readonly string[] = []): Row[] {
  return ids.flatMap((id) => rows.get(id) ?? []);
}
