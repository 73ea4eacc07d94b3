import type { EpochSeconds } from '../model/time.ts';
import type { World } from '../world.ts';
import { invalid, missing } from './errors.ts';
import { inRange, limitOf, type Query, rangeOf, refuseUnknown } from './query.ts';
import { type Wire, wireList } from './wire.ts';

const PAGING = ['limit', 'starting_after', 'ending_before'];

/** One kind of object that is served: how to find, filter and draw it. */
export type Definition<Row> = {
  object: string;
  path: string;
  permission: string; // the restricted key's right, without the ending `_read`
  all: (world: World) => Iterable<Row>; // oldest first
  id: (row: Row) => string;
  createdAt: (row: Row) => EpochSeconds;
  render: (row: Row, world: World) => Wire;
  filters: Record<string, (row: Row, value: string, world: World) => boolean>;
  otherParams?: readonly string[]; // names that `also` looks at
  also?: (query: Query, world: World) => (row: Row) => boolean;
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
  const { object, path, permission, all, id, render } = definition;
  return {
    object,
    path,
    permission,
    list: (query, world) => listRows(definition, query, world),
    find(wanted, world) {
      for (const row of all(world)) if (id(row) === wanted) return render(row, world);
      return null;
    },
  };
}

function listRows<Row>(definition: Definition<Row>, query: Query, world: World): Wire {
  const { filters, otherParams = [], createdAt, path, object, id } = definition;
  refuseUnknown(query, [...PAGING, 'created', ...Object.keys(filters), ...otherParams]);
  const limit = limitOf(query);
  const created = rangeOf(query, 'created');
  const also = definition.also?.(query, world) ?? (() => true);
  const wanted = Object.entries(filters).flatMap(([name, matches]) => {
    const value = query.values.get(name);
    return value === undefined ? [] : [(row: Row) => matches(row, value, world)];
  });
  const rows = [...definition.all(world)].toReversed();
  const keep = (row: Row) =>
    (created === null || inRange(createdAt(row), created)) &&
    also(row) &&
    wanted.every((matches) => matches(row));
  const { page, hasMore } = pageOf(rows, { query, limit, keep, object, id });
  return wireList(
    path,
    page.map((row) => definition.render(row, world)),
    hasMore,
  );
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
  const after = query.values.get('starting_after');
  const before = query.values.get('ending_before');
  if (after !== undefined && before !== undefined) {
    const message = 'You may only specify one of these parameters: ending_before, starting_after.';
    throw invalid(message, { param: 'ending_before' });
  }
  if (before !== undefined) {
    const newer = rows.slice(0, positionOf(rows, before, 'ending_before', paging)).filter(keep);
    return { page: newer.slice(-limit), hasMore: newer.length > limit };
  }
  const from = after === undefined ? 0 : positionOf(rows, after, 'starting_after', paging) + 1;
  const older = rows.slice(from).filter(keep);
  return { page: older.slice(0, limit), hasMore: older.length > limit };
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
