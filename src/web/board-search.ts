import type { Board, KeyResultRow } from '../api/contract.ts';
import { type DataState, dataStates, type StatusState, statusStates } from './words.ts';

/** The board's query string. Lists are comma separated; a word that is no state is ignored. */
export type BoardSearch = { status?: string; data?: string; cycle?: string; asOf?: string };

/** Takes whatever stands in the address bar. */
export function boardSearch(raw: Record<string, unknown>): BoardSearch {
  const search: BoardSearch = {};
  for (const name of ['status', 'data', 'cycle', 'asOf'] as const) {
    const value = raw[name];
    // The router reads `cycle=2026` as a number.
    if (typeof value === 'string' || typeof value === 'number') search[name] = String(value);
  }
  return search;
}

/** The query string of a Key Result's page: a past day or instant. */
export function keyResultSearch(raw: Record<string, unknown>): Pick<BoardSearch, 'asOf'> {
  const { asOf } = boardSearch(raw);
  return asOf === undefined ? {} : { asOf };
}

export function chosenStatuses(search: BoardSearch): StatusState[] {
  return chosen(search.status, statusStates);
}

export function chosenDataStates(search: BoardSearch): DataState[] {
  return chosen(search.data, dataStates);
}

/** The list with one word put in, or taken out when it was there; undefined when nothing is left. */
export function toggled(list: readonly string[], word: string): string | undefined {
  const next = list.includes(word) ? list.filter((entry) => entry !== word) : [...list, word];
  return next.length === 0 ? undefined : next.join(',');
}

/** Objectives with the rows that the filters let through; without filters, empty objectives stay. */
export function filtered(board: Board, search: BoardSearch): Board['objectives'] {
  const statuses = chosenStatuses(search);
  const data = chosenDataStates(search);
  if (statuses.length === 0 && data.length === 0) return board.objectives;
  const shown = (row: KeyResultRow): boolean =>
    (statuses.length === 0 || statuses.includes(row.status.state)) &&
    (data.length === 0 || data.includes(row.data.state));
  return board.objectives
    .map((objective) => ({ ...objective, keyResults: objective.keyResults.filter(shown) }))
    .filter((objective) => objective.keyResults.length > 0);
}

function chosen<State extends string>(list: string | undefined, states: readonly State[]): State[] {
  const words = (list ?? '').split(',');
  return states.filter((state) => words.includes(state));
}
