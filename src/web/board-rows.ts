import type { Board, BoardRow } from '../api/contract.ts';

/** Every row of a board, whatever objective it belongs to. */
export function rowsOf(board: Board): BoardRow[] {
  return board.objectives.flatMap(({ keyResults }) => keyResults);
}
