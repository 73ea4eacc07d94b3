import type { Board, BoardRow } from '../api/contract.ts';
import { type Lang, titleIn } from '../i18n/index.ts';
import { byAttention } from './attention.ts';
import { type BoardGroup, type BoardSort, NOBODY, sourceOf } from './board-search.ts';
import { knownStatus, type StatusState, statusStates } from './words.ts';

type Objective = Board['objectives'][number];

/** Rows under one heading. What the heading says depends on what they are grouped by. */
export type BoardSection = {
  id: string;
  of:
    | { kind: 'objective'; objective: Objective }
    | { kind: 'owner'; name: string | null }
    | { kind: 'status'; state: StatusState }
    | { kind: 'source'; source: BoardRow['source'] }
    | { kind: 'all' };
  rows: BoardRow[];
};

/** The objectives as the page shows them: grouped, and each group in the order that was asked for. */
export function arranged(
  objectives: readonly Objective[],
  group: BoardGroup,
  sort: BoardSort,
  lang: Lang,
): BoardSection[] {
  const inOrder = (rows: readonly BoardRow[]): BoardRow[] => sorted(rows, sort, lang);
  if (group === 'objective')
    return objectives.map((objective) => ({
      id: objective.id,
      of: { kind: 'objective', objective },
      rows: inOrder(objective.keyResults),
    }));
  const rows = objectives.flatMap(({ keyResults }) => keyResults);
  if (group === 'none')
    return rows.length === 0 ? [] : [{ id: 'all', of: { kind: 'all' }, rows: inOrder(rows) }];
  const sections = new Map<string, BoardSection>();
  for (const row of rows) {
    const { id, of } = sectionOf(row, group);
    const section = sections.get(id) ?? { id, of, rows: [] };
    section.rows.push(row);
    sections.set(id, section);
  }
  const names = collator(lang);
  return [...sections.values()]
    .toSorted((a, b) => rankOf(a) - rankOf(b) || names.compare(a.id, b.id))
    .map((section) => ({ ...section, rows: inOrder(section.rows) }));
}

function sectionOf(row: BoardRow, group: 'owner' | 'status' | 'source'): Pick<BoardSection, 'id' | 'of'> {
  if (group === 'owner') return { id: row.owner ?? NOBODY, of: { kind: 'owner', name: row.owner } };
  if (group === 'source') return { id: sourceOf(row), of: { kind: 'source', source: row.source } };
  const state = knownStatus(row.status.state);
  return { id: state, of: { kind: 'status', state } };
}

/** States in the order of the filters, worst first; whoever has no name comes last. */
function rankOf({ id, of }: BoardSection): number {
  if (of.kind === 'status') return statusStates.indexOf(of.state);
  return id.startsWith(':') ? 1 : 0;
}

/** Equals keep the order of the board; what is not known comes last. */
function sorted(rows: readonly BoardRow[], sort: BoardSort, lang: Lang): BoardRow[] {
  if (sort === 'attention') return byAttention(rows);
  if (sort === 'owner' || sort === 'title') {
    const names = collator(lang);
    const text = (row: BoardRow) => (sort === 'owner' ? row.owner : titleIn(lang, row));
    return rows.toSorted((a, b) => byText(text(a), text(b), names));
  }
  const value = numbers[sort];
  return rows.toSorted((a, b) => byNumber(value(a), value(b)));
}

/** Least first. */
const numbers: Record<'changed' | 'progress' | 'chance' | 'freshness', (row: BoardRow) => number | null> = {
  changed: ({ week }) => (week === null || week === undefined ? null : -week.weight),
  progress: ({ progress }) => progress,
  chance: ({ chance }) => chance?.smoothed ?? null,
  freshness: ({ data }) => timeOf(data.fetchedAt ?? data.dataThroughDay),
};

function timeOf(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

function byNumber(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a - b;
}

function byText(a: string | null, b: string | null, names: Intl.Collator): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return names.compare(a, b);
}

const collators = new Map<string, Intl.Collator>();

function collator(lang: string): Intl.Collator {
  const known = collators.get(lang) ?? new Intl.Collator(lang, { numeric: true, sensitivity: 'base' });
  collators.set(lang, known);
  return known;
}
