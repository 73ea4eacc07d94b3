import type { Board, BoardRow, KeyResultRow } from '../api/contract.ts';
import type { Titled } from '../domain/titles.ts';
import { everyTitle } from '../i18n/index.ts';
import type { PanelSearch } from './use-panel.ts';
import { type DataState, dataStates, type StatusState, statusStates } from './words.ts';

/** The board's query string. Lists are comma separated; a word that is no state is ignored. */
export type BoardSearch = {
  status?: string;
  data?: string;
  cycle?: string;
  asOf?: string;
  /** What is searched for. */
  q?: string;
  owner?: string;
  source?: string;
  sort?: string;
  group?: string;
  /** Only what has changed since last week. */
  changed?: string;
};
const NAMES = [
  'status',
  'data',
  'cycle',
  'asOf',
  'q',
  'owner',
  'source',
  'sort',
  'group',
  'changed',
] as const;

export const boardSorts = [
  'attention',
  'changed',
  'progress',
  'chance',
  'owner',
  'title',
  'freshness',
] as const;
export type BoardSort = (typeof boardSorts)[number];
export const boardGroups = ['objective', 'owner', 'status', 'source', 'none'] as const;
export type BoardGroup = (typeof boardGroups)[number];

/** A word that is no order, from an address that somebody typed, is the usual one. */
export const chosenSort = ({ sort }: BoardSearch): BoardSort =>
  boardSorts.find((known) => known === sort) ?? 'attention';
export const chosenGroup = ({ group }: BoardSearch): BoardGroup =>
  boardGroups.find((known) => known === group) ?? 'objective';

/** Takes whatever stands in the address bar. */
export function boardSearch(raw: Record<string, unknown>): BoardSearch {
  const search: BoardSearch = {};
  for (const name of NAMES) {
    const value = raw[name];
    // The router reads `cycle=2026` as a number, and `q=true` as a truth.
    if (['string', 'number', 'boolean'].includes(typeof value)) search[name] = String(value);
  }
  return search;
}

/** The query string of a Key Result's page: a past day or instant, and what is open above the page. */
export function keyResultSearch(raw: Record<string, unknown>): KeyResultSearch {
  const words = wordsOnly(raw);
  const search: KeyResultSearch = {};
  if (words['evidence'] !== undefined) search.evidence = 1;
  for (const name of ['asOf', 'day', 'do', 'id'] as const) {
    const value = words[name];
    if (value !== undefined) search[name] = value;
  }
  return search;
}

export type KeyResultSearch = Pick<BoardSearch, 'asOf'> & PanelSearch;

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

/** Whether anything is left out by what the address says. */
export function isFiltered(search: BoardSearch): boolean {
  const { changed, owner, q, source } = search;
  const named = [owner, source, changed].some((each) => each !== undefined);
  return (
    named || wordsOf(q).length > 0 || chosenStatuses(search).length > 0 || chosenDataStates(search).length > 0
  );
}

/** Which cycle, as of when, and in which order stays when filters are lifted. */
export function unfiltered({ asOf, cycle, group, sort }: BoardSearch): BoardSearch {
  return given({ asOf, cycle, group, sort });
}

/** The query string with some of its parts replaced; an undefined part is left out. */
export function withParts(search: BoardSearch, change: { [Name in keyof BoardSearch]?: string | undefined }) {
  return given({ ...search, ...change });
}

function given(parts: { [Name in keyof BoardSearch]?: string | undefined }): BoardSearch {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** Objectives with the rows that the filters let through; without filters, empty objectives stay. */
export function filtered(board: Board, search: BoardSearch): Board['objectives'] {
  if (!isFiltered(search)) return board.objectives;
  const statuses = chosenStatuses(search);
  const data = chosenDataStates(search);
  const words = wordsOf(search.q);
  const shown = (row: BoardRow, objective: Titled): boolean =>
    (statuses.length === 0 || statuses.includes(row.status.state)) &&
    (data.length === 0 || data.includes(row.data.state)) &&
    (search.owner === undefined || (row.owner ?? NOBODY) === search.owner) &&
    (search.source === undefined || sourceOf(row) === search.source) &&
    (search.changed === undefined || hasChanged(row)) &&
    words.every((word) => textOf(row, objective).includes(word));
  return board.objectives
    .map((objective) => ({
      ...objective,
      keyResults: objective.keyResults.filter((row) => shown(row, objective)),
    }))
    .filter((objective) => objective.keyResults.length > 0);
}

/** In an address, where there is no owner and no source; no name begins like this. */
export const NOBODY = ':none';

/** A connection by its key, or where numbers come from without one. */
export function sourceOf({ source }: Pick<KeyResultRow, 'source'>): string {
  if (source === null) return NOBODY;
  return source.kind === 'connector' ? source.connectionKey : `:${source.kind}`;
}

/** Whether there is something to tell of the week. */
export function hasChanged({ week }: BoardRow): boolean {
  return week !== null && week !== undefined && week.news.length > 0;
}

function wordsOf(q: string | undefined): string[] {
  return (q ?? '').toLocaleLowerCase().split(/\s+/u).filter(Boolean);
}

const texts = new WeakMap<BoardRow, string>();

/** Everything of a row that can be searched for, put together once: its titles in every language too. */
function textOf(row: BoardRow, objective: Titled): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { key, owner, source } = row;
  const of = [source?.connectionTitle, source?.connectionKey, source?.connectorTitle, source?.metricTitle];
  const text = [...everyTitle(row), key, owner, ...everyTitle(objective), ...of, source?.metricKey]
    .join('\n')
    .toLocaleLowerCase();
  texts.set(row, text);
  return text;
}

function chosen<State extends string>(list: string | undefined, states: readonly State[]): State[] {
  const words = (list ?? '').split(',');
  return states.filter((state) => words.includes(state));
}

/** The query string of any other page: words by name. The router reads `id=7` as a number. */
export function wordsOnly(raw: Record<string, unknown>): Record<string, string | undefined> {
  const words = Object.entries(raw).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(words.map(([name, value]) => [name, String(value)]));
}
