import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Board } from '../api/contract.ts';
import { getBoard, type LiveEvent } from './api.ts';
import { rowsOf } from './board-rows.ts';
import { serverNow } from './clock.ts';

export const REFRESH_MS = 15_000;
/** A board of more rows is not read whole whenever something happens: of it only what has changed is. */
const LARGE_ROWS = 200;
const REFRESH_LARGE_MS = 60_000;
/** Of more changed rows than this at once the whole board is read, though no sooner than so long after the last time. */
const MOST_ROWS_OF_A_PART = 100;
const WHOLE_EVERY_MS = 15_000;

/** The versions of the boards that were read whole; one that was changed in parts has none. */
const versions = new WeakMap<Board, string>();

/** The board of a cycle (null: the current one), now or at a past day or instant. */
export const boardQuery = (cycle: string | null, asOf: string | null) =>
  queryOptions({
    queryKey: ['board', cycle, asOf],
    queryFn: async ({ client, queryKey, signal }): Promise<Board> => {
      const known = client.getQueryData<Board>(queryKey);
      const version = known === undefined ? null : (versions.get(known) ?? null);
      const answer = await getBoard({ cycle, asOf, keyResults: null }, version, signal);
      if (answer === null && known !== undefined) {
        // The same board, read anew just now.
        return versioned({ ...known, now: serverNow().toISOString() }, version);
      }
      if (answer === null) throw new Error('nothing was known that could have stayed the same');
      return versioned(answer.board, answer.version);
    },
    // What was believed at a past instant does not change any more.
    refetchInterval: ({ state }) =>
      asOf !== null ? false : isLarge(state.data) ? REFRESH_LARGE_MS : REFRESH_MS,
    structuralSharing: (before, after) => shared(before as Board | undefined, after as Board),
  });

function versioned(board: Board, version: string | null): Board {
  if (version !== null) versions.set(board, version);
  return board;
}

/**
 * The new board with every row of the old one that has not changed, so that only changed rows are drawn again. Rows are
 * compared as text, which is quicker than walking them.
 */
function shared(before: Board | undefined, after: Board): Board {
  if (before === undefined || before === after) return after;
  const known = new Map(rowsOf(before).map((row) => [row.id, row]));
  const board = {
    ...after,
    objectives: after.objectives.map((objective) => ({
      ...objective,
      keyResults: objective.keyResults.map((row) => {
        const old = known.get(row.id);
        return old !== undefined && (old === row || JSON.stringify(old) === JSON.stringify(row)) ? old : row;
      }),
    })),
  };
  return versioned(board, versions.get(after) ?? null);
}

function isLarge(board: Board | undefined): boolean {
  return board !== undefined && rowsOf(board).length > LARGE_ROWS;
}

/** The board with the rows of `part` in place of its own; of those that were asked for, what did not come is gone. */
export function mergedBoard(board: Board, part: Board, asked: ReadonlySet<string>): Board {
  const newer = new Map(part.objectives.map((objective) => [objective.id, objective.keyResults]));
  const before = new Map(board.objectives.map((objective) => [objective.id, objective.keyResults]));
  return {
    ...part,
    objectives: part.objectives.map((objective) => {
      const rows = new Map((newer.get(objective.id) ?? []).map((row) => [row.id, row]));
      const kept = (before.get(objective.id) ?? []).flatMap((row) => {
        const next = rows.get(row.id);
        rows.delete(row.id);
        if (next !== undefined) return [next];
        return asked.has(row.id) ? [] : [row];
      });
      return { ...objective, keyResults: [...kept, ...rows.values()] };
    }),
  };
}

/** Reads the boards that are shown again after events: small ones whole, large ones in part or less often. */
export function createBoardRefresh(client: QueryClient): (events: readonly LiveEvent[]) => void {
  let wholeAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const readWhole = (queryKey: readonly unknown[]): void => {
    timer ??= setTimeout(
      () => {
        timer = null;
        wholeAt = Date.now();
        void client.invalidateQueries({ queryKey });
      },
      Math.max(0, wholeAt + WHOLE_EVERY_MS - Date.now()),
    );
  };
  return (events) => {
    const ids = new Set(events.flatMap(({ id }) => (id === null ? [] : [id])));
    const all = events.some(({ type }) => type === 'reset') || ids.size > MOST_ROWS_OF_A_PART;
    for (const query of client.getQueryCache().findAll({ queryKey: ['board'] })) {
      const [, cycle, asOf] = query.queryKey as [string, string | null, string | null];
      if (asOf !== null) continue;
      if (!isLarge(query.state.data as Board | undefined) || !query.isActive())
        void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
      else if (all) readWhole(query.queryKey);
      else if (ids.size > 0) void readPart(client, cycle, ids);
    }
  };
}

async function readPart(client: QueryClient, cycle: string | null, ids: ReadonlySet<string>): Promise<void> {
  const { queryKey } = boardQuery(cycle, null);
  // What is on its way may have been read before the change: it must not come after what is read now.
  await client.cancelQueries({ queryKey, exact: true });
  const asked = { cycle, asOf: null, keyResults: [...ids].join(',') };
  const answer = await getBoard(asked, null, new AbortController().signal).catch(() => null);
  // What cannot be read now is read with the whole board, soon.
  if (answer === null) return;
  client.setQueryData<Board>(queryKey, (board) =>
    board === undefined || board.cycle?.id !== answer.board.cycle?.id
      ? board
      : mergedBoard(board, answer.board, ids),
  );
}
