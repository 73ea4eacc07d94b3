import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Board } from '../../api/contract.ts';
import { rowsOf } from '../board-rows.ts';
import {
  type BoardSearch,
  chosenDataStates,
  chosenStatuses,
  hasChanged,
  isFiltered,
  toggled,
  unfiltered,
  withParts,
} from '../board-search.ts';
import { useLanguage } from '../language.tsx';
import { dataStates, knownDataState, knownStatus, statusStates } from '../words.ts';
import { dataWord, statusWord } from './badges.tsx';
import { DataIcon, StatusIcon } from './icons.tsx';

/** Every filter is a link, so that a filtered board can be sent to somebody. States that nobody has are left out. */
export function BoardFilters({ board, search }: { board: Board; search: BoardSearch }) {
  const { t } = useLanguage();
  const rows = rowsOf(board);
  const statuses = chosenStatuses(search);
  const data = chosenDataStates(search);
  const changed = rows.filter(hasChanged).length;
  const withStatus = (state: string) => rows.filter((row) => knownStatus(row.status.state) === state).length;
  const withData = (state: string) => rows.filter((row) => knownDataState(row.data.state) === state).length;
  return (
    <nav
      aria-label={t('web.filters')}
      className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2 text-[13px]"
    >
      <ul className="flex flex-wrap gap-1.5">
        <FilterLink search={unfiltered(search)} on={!isFiltered(search)} count={rows.length}>
          {t('web.filter.all')}
        </FilterLink>
        {changed === 0 && search.changed === undefined ? null : (
          <FilterLink
            search={withParts(search, { changed: search.changed === undefined ? 'yes' : undefined })}
            on={search.changed !== undefined}
            count={changed}
          >
            {t('web.board.changed_only')}
          </FilterLink>
        )}
        {statusStates
          .filter((state) => statuses.includes(state) || withStatus(state) > 0)
          .map((state) => (
            <FilterLink
              key={state}
              search={withParts(search, { status: toggled(statuses, state) })}
              on={statuses.includes(state)}
              count={withStatus(state)}
            >
              <StatusIcon state={state} />
              {statusWord(t, state)}
            </FilterLink>
          ))}
      </ul>
      <ul className="flex flex-wrap items-center gap-1.5">
        <li className="text-muted">{t('column.data')}</li>
        {dataStates
          .filter((state) => data.includes(state) || withData(state) > 0)
          .map((state) => (
            <FilterLink
              key={state}
              search={withParts(search, { data: toggled(data, state) })}
              on={data.includes(state)}
              count={withData(state)}
            >
              <DataIcon state={state} />
              {dataWord(t, state)}
            </FilterLink>
          ))}
      </ul>
    </nav>
  );
}

function FilterLink(props: { search: BoardSearch; on: boolean; count: number; children: ReactNode }) {
  return (
    <li>
      <Link
        to="/"
        search={props.search}
        replace
        resetScroll={false}
        // Links that switch a filter on or off lead elsewhere; only this exact address is the current page.
        activeOptions={{ exact: true, includeSearch: true }}
        aria-current={props.on ? 'true' : undefined}
        data-on={props.on ? '' : undefined}
        className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-muted hover:border-line-strong hover:text-ink data-on:border-accent data-on:bg-accent-soft data-on:text-accent"
      >
        {props.children}
        <span className="tabular-nums">{props.count}</span>
      </Link>
    </li>
  );
}
