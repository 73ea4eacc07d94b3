import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect } from 'react';
import type { Board } from '../../api/contract.ts';
import { type BoardSearch, filtered } from '../board-search.ts';
import { serverNow, useServerNow } from '../clock.ts';
import { BoardFilters } from '../components/board-filters.tsx';
import { BoardSkeleton } from '../components/board-skeleton.tsx';
import { CycleNote, CycleState } from '../components/cycle-note.tsx';
import { Hints } from '../components/hints.tsx';
import { isSignedOut, Notice, ProblemNotice, RefreshTrouble } from '../components/notices.tsx';
import { ObjectiveSection } from '../components/objective-section.tsx';
import { AtThatTime, PastBanner, PastPicker } from '../components/past.tsx';
import { SignedOut } from '../components/sign-in-form.tsx';
import { lastDay } from '../format.ts';
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
  if (board.cycle === null)
    return (
      <Notice title={t('state.no_cycle')} command={cycleCommand(serverNow())}>
        <p>{t('web.empty.no_cycle')}</p>
      </Notice>
    );
  return (
    <AtThatTime asOf={board.asOf}>
      <FilledBoard board={board} error={error} />
    </AtThatTime>
  );
}

function FilledBoard({ board, error }: { board: Board; error: Error | null }) {
  const { t, format } = useLanguage();
  const search = route.useSearch();
  const now = useServerNow();
  const read = agoOf(t, board.now, now) ?? '';
  const objectives = filtered(board, search);
  const none = board.objectives.every((objective) => objective.keyResults.length === 0);
  return (
    <>
      {error === null ? null : <RefreshTrouble error={error} ago={read} />}
      <PastBanner asOf={board.asOf} />
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <p className="text-[13px] text-muted">{board.workspace.name}</p>
          <h1 className="text-xl font-semibold tracking-tight break-words">{board.cycle?.title}</h1>
        </div>
        <div className="flex flex-col gap-1.5 sm:items-end">
          <p className="text-[13px] text-muted tabular-nums">
            {board.cycle === null ? null : (
              <>
                <CycleState cycle={board.cycle} />
                {' · '}
                {t('web.cycle_days', {
                  startDay: format.day(board.cycle.startDay),
                  lastDay: format.day(lastDay(board.cycle.endDay)),
                  timeZone: board.cycle.timeZone,
                })}
              </>
            )}
            {board.asOf === null ? ` · ${t('web.read', { ago: read })}` : null}
          </p>
          <PastPicker search={search} />
        </div>
      </div>
      {board.cycle === null ? null : <CycleNote cycle={board.cycle} />}
      {none ? (
        <Notice
          inside
          title={t('state.empty_board')}
          command={
            board.objectives.length === 0 ? `npx tidemark objective add --help` : 'npx tidemark kr add --help'
          }
        >
          <p>{t('web.empty.board')}</p>
        </Notice>
      ) : (
        <>
          <BoardFilters board={board} search={search} />
          <div onKeyDown={moveBetweenRows}>
            {objectives.map((objective) => (
              <ObjectiveSection
                key={objective.id}
                objective={objective}
                cycleState={board.cycle?.state ?? 'running'}
              />
            ))}
          </div>
          {objectives.length > 0 ? null : (
            <p className="rounded-xl border border-line bg-surface px-5 py-8 text-center text-muted">
              {t('web.filter.nothing')}{' '}
              <Link to="/" search={unfiltered(search)} className="link">
                {t('web.filter.clear')}
              </Link>
            </p>
          )}
          {board.cycle === null || board.asOf !== null ? null : <Hints cycle={board.cycle} />}
        </>
      )}
    </>
  );
}

/** Which cycle, and as of when, stays. */
function unfiltered({ asOf, cycle }: BoardSearch): BoardSearch {
  return { ...(cycle === undefined ? {} : { cycle }), ...(asOf === undefined ? {} : { asOf }) };
}

/** The command that makes the running quarter the cycle. */
function cycleCommand(now: Date): string {
  const quarter = Math.floor(now.getUTCMonth() / 3);
  const first = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), months, 1)).toISOString().slice(0, 10);
  return `npx tidemark cycle add ${now.getUTCFullYear()}-q${quarter + 1} --start ${first(quarter * 3)} --end ${first(quarter * 3 + 3)}`;
}

/** Up and down, or j and k, walk the rows while one of them has the focus; anywhere else the keys keep their meaning. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? undefined : links[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
