import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { Board } from '../../api/contract.ts';
import { linesOf } from '../board-lines.ts';
import { arranged } from '../board-order.ts';
import { rowsOf } from '../board-rows.ts';
import { chosenGroup, chosenSort, filtered, isFiltered, unfiltered } from '../board-search.ts';
import { useServerNow } from '../clock.ts';
import { BoardHead } from '../components/board/board-head.tsx';
import { BoardList } from '../components/board/board-list.tsx';
import { BoardTools } from '../components/board/board-tools.tsx';
import { EmptyBoard, NoCycle } from '../components/board/empty-board.tsx';
import { WeekPanel } from '../components/board/week-panel.tsx';
import { BoardFilters } from '../components/board-filters.tsx';
import { BoardSkeleton } from '../components/board-skeleton.tsx';
import { CycleNote } from '../components/cycle-note.tsx';
import { Hints } from '../components/hints.tsx';
import { isSignedOut, Notice, ProblemNotice, RefreshTrouble } from '../components/notices.tsx';
import { AtThatTime, PastBanner, PastPicker } from '../components/past.tsx';
import { SignedOut } from '../components/sign-in-form.tsx';
import { useLanguage } from '../language.tsx';
import { boardQuery } from '../queries.ts';
import { agoOf } from '../words.ts';

const route = getRouteApi('/');

export function BoardPage() {
  const { t } = useLanguage();
  const search = route.useSearch();
  const { data: board, error, refetch } = useQuery(boardQuery(search.cycle ?? null, search.asOf ?? null));
  const title = board?.cycle?.title ?? t('page.board');
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);

  if (isSignedOut(error)) return <SignedOut />;
  if (board === undefined)
    return error === null ? (
      <BoardSkeleton />
    ) : (
      <>
        {search.asOf === undefined ? null : <PastPicker search={search} />}
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </>
    );
  if (board.cycle === null && board.asOf !== null)
    return (
      <>
        <PastBanner asOf={board.asOf} />
        <PastPicker search={search} />
        <Notice title={t('past.nothing')} />
      </>
    );
  if (board.cycle === null) return <NoCycle />;
  return (
    <AtThatTime asOf={board.asOf}>
      {error === null ? null : <OldNumbers board={board} error={error} />}
      <PastBanner asOf={board.asOf} />
      <FilledBoard board={board} />
    </AtThatTime>
  );
}

function OldNumbers({ board, error }: { board: Board; error: Error }) {
  const { t } = useLanguage();
  const now = useServerNow();
  return <RefreshTrouble error={error} ago={agoOf(t, board.now, now) ?? ''} />;
}

function FilledBoard({ board }: { board: Board }) {
  const { t, lang } = useLanguage();
  const search = route.useSearch();
  const [group, sort] = [chosenGroup(search), chosenSort(search)];
  const objectives = useMemo(() => filtered(board, search), [board, search]);
  const lines = useMemo(
    () => linesOf(arranged(objectives, group, sort, lang)),
    [group, lang, objectives, sort],
  );
  const count = rowsOf(board).length;
  const shown = lines.filter(({ kind }) => kind === 'row').length;
  if (count === 0)
    return (
      <>
        <BoardHead board={board} search={search} />
        {board.cycle === null ? null : <CycleNote cycle={board.cycle} />}
        <EmptyBoard board={board} />
      </>
    );
  return (
    <>
      <BoardHead board={board} search={search} />
      {board.cycle === null ? null : <CycleNote cycle={board.cycle} />}
      <WeekPanel board={board} search={search} />
      <BoardTools board={board} search={search} />
      <BoardFilters board={board} search={search} />
      <p role="status" className={isFiltered(search) ? 'mb-3 text-[13px] text-muted' : 'sr-only'}>
        {isFiltered(search) ? t('web.board.shown', { shown, all: count }) : ''}
      </p>
      <BoardList lines={lines} cycleState={board.cycle?.state ?? 'running'} asOf={search.asOf ?? null} />
      {lines.length > 0 ? null : (
        <p className="rounded-xl border border-line bg-surface px-5 py-8 text-center text-muted">
          {t('web.filter.nothing')}{' '}
          <Link to="/" search={unfiltered(search)} className="link">
            {t('web.filter.clear')}
          </Link>
        </p>
      )}
      {board.cycle === null || board.asOf !== null ? null : <Hints cycle={board.cycle} />}
    </>
  );
}
