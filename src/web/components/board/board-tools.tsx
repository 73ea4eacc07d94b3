import { useNavigate } from '@tanstack/react-router';
import { type ChangeEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Board, BoardRow } from '../../../api/contract.ts';
import { rowsOf } from '../../board-rows.ts';
import {
  type BoardSearch,
  boardGroups,
  boardSorts,
  chosenGroup,
  chosenSort,
  NOBODY,
  sourceOf,
  withParts,
} from '../../board-search.ts';
import { useLanguage } from '../../language.tsx';
import { sourceName } from '../source-label.tsx';

/** Longer than between two letters. */
const TYPING_MS = 150;
type Change = { [Name in keyof BoardSearch]?: string | undefined };

/** Search, order and what is shown. All of it stands in the address, so that a view can be sent to somebody. */
export function BoardTools({ board, search }: { board: Board; search: BoardSearch }) {
  const { t, lang } = useLanguage();
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  // A change of the view is no step to go back over; the page stays where it is.
  const change = (parts: Change): void =>
    void navigate({ to: '/', search: withParts(search, parts), replace: true, resetScroll: false });
  const rows = rowsOf(board);
  const owners = useMemo(() => ownersOf(rows, lang), [rows, lang]);
  const sources = useMemo(() => sourcesOf(rows), [rows]);
  const sourceWord = (row: BoardRow): string => sourceName(t, row.source);
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-3 gap-y-2 text-[13px]">
      <SearchField q={search.q ?? ''} onChange={(q) => change({ q: q === '' ? undefined : q })} />
      <button
        type="button"
        aria-expanded={open}
        aria-controls="board-view"
        onClick={() => setOpen(!open)}
        className="button min-h-9 sm:hidden"
      >
        {t('web.board.view')}
      </button>
      <div
        id="board-view"
        className={`${open ? 'grid' : 'hidden'} w-full grid-cols-2 gap-x-3 gap-y-2 sm:flex sm:w-auto sm:flex-wrap`}
      >
        <Select
          label={t('web.board.sort')}
          value={chosenSort(search)}
          choices={boardSorts.map((sort) => [sort, t(`web.board.sort.${sort}`)])}
          onChange={(sort) => change({ sort: sort === 'attention' ? undefined : sort })}
        />
        <Select
          label={t('web.board.group')}
          value={chosenGroup(search)}
          choices={boardGroups.map((group) => [group, t(`web.board.group.${group}`)])}
          onChange={(group) => change({ group: group === 'objective' ? undefined : group })}
        />
        {owners.length > 1 || search.owner !== undefined ? (
          <Select
            label={t('column.owner')}
            value={search.owner ?? ''}
            choices={[
              ['', t('web.board.owner_any')],
              ...withChosen(owners, search.owner).map((owner): [string, string] => [
                owner,
                owner === NOBODY ? t('page.no_owner') : owner,
              ]),
            ]}
            onChange={(owner) => change({ owner: owner === '' ? undefined : owner })}
          />
        ) : null}
        {sources.size > 1 || search.source !== undefined ? (
          <Select
            label={t('column.source')}
            value={search.source ?? ''}
            choices={[
              ['', t('web.board.source_any')],
              ...withChosen([...sources.keys()], search.source).map((key): [string, string] => {
                const row = sources.get(key);
                return [key, row === undefined ? key : sourceWord(row)];
              }),
            ]}
            onChange={(source) => change({ source: source === '' ? undefined : source })}
          />
        ) : null}
      </div>
    </div>
  );
}

function SearchField({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(q);
  // Another address, by the back button or a link, is another search; our own is what was typed already.
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (text: string): void => {
    sent.current = text;
    onChange(text);
  };
  const type = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    setTyped(target.value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(target.value.trim()), TYPING_MS);
  };
  return (
    <div className="min-w-0 flex-1 basis-44 sm:max-w-80">
      <label htmlFor={id} className="sr-only">
        {t('web.board.search')}
      </label>
      <input
        id={id}
        type="search"
        data-page-search
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        placeholder={t('web.board.search_hint')}
        title={t('web.board.search')}
        onChange={type}
        className="min-h-9 w-full rounded-lg border border-line-strong bg-surface px-3 text-[14px] placeholder:text-muted"
      />
    </div>
  );
}

function Select(props: {
  label: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block text-xs text-muted">
        {props.label}
      </label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="min-h-9 w-full rounded-lg border border-line-strong bg-surface px-2 sm:max-w-48"
      >
        {props.choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** By name; those without one last. */
function ownersOf(rows: readonly BoardRow[], lang: string): string[] {
  const names = new Set(rows.flatMap(({ owner }) => owner ?? []));
  const some = [...names].toSorted(new Intl.Collator(lang).compare);
  return rows.some(({ owner }) => owner === null) ? [...some, NOBODY] : some;
}

/** One row of each source, to name it by. */
function sourcesOf(rows: readonly BoardRow[]): Map<string, BoardRow> {
  const sources = new Map<string, BoardRow>();
  for (const row of rows) if (!sources.has(sourceOf(row))) sources.set(sourceOf(row), row);
  return sources;
}

/** What an address names is shown as chosen, also when nobody has it any more. */
function withChosen(all: readonly string[], chosen: string | undefined): string[] {
  return chosen === undefined || all.includes(chosen) ? [...all] : [...all, chosen];
}
