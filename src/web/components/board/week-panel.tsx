import { Link } from '@tanstack/react-router';
import type { Board, BoardRow } from '../../../api/contract.ts';
import { titleIn } from '../../../i18n/index.ts';
import { rowsOf } from '../../board-rows.ts';
import { type BoardSearch, hasChanged, withParts } from '../../board-search.ts';
import { daysAfter } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { knownDataState, knownStatus } from '../../words.ts';
import { dataWord, statusWord } from '../badges.tsx';

const MOST_SHOWN = 5;

/** What has changed within a week, the weightiest first: the reason why somebody looks at a board again. */
export function WeekPanel({ board, search }: { board: Board; search: BoardSearch }) {
  const { t, format } = useLanguage();
  const { comparedAt } = board;
  if (comparedAt === undefined) return null;
  const rows = rowsOf(board);
  const known = rows.some(({ week }) => week !== null && week !== undefined);
  const day = comparedAt.slice(0, 10);
  const changed = rows.filter(hasChanged).toSorted((a, b) => (b.week?.weight ?? 0) - (a.week?.weight ?? 0));
  const fresh = known ? rows.filter(({ week }) => week === null || week === undefined) : [];
  const count = changed.length + fresh.length;
  return (
    <section aria-labelledby="week" className="week-panel mb-5 rounded-xl border border-line bg-surface">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-[13px] sm:px-5">
        <h2 id="week" className="text-[15px] font-semibold">
          {t('web.board.week')}
        </h2>
        {count === 0 ? (
          <p className="text-muted">
            {known
              ? t('web.board.week.none', { day: format.day(day) })
              : t('web.board.week.unknown', { day: format.day(daysAfter(board.now.slice(0, 10), 7)) })}
          </p>
        ) : (
          <Counts changed={changed} fresh={fresh.length} />
        )}
        {changed.length > MOST_SHOWN && search.changed === undefined ? (
          <Link
            to="/"
            search={withParts(search, { changed: 'yes', sort: 'changed', group: 'none' })}
            className="link ml-auto"
          >
            {t('web.board.week.all', { count: changed.length })}
          </Link>
        ) : null}
      </div>
      {count === 0 ? null : (
        <ul>
          {changed.slice(0, MOST_SHOWN).map((row) => (
            <WeekLine key={row.id} row={row} asOf={search.asOf} />
          ))}
          {fresh.slice(0, Math.max(0, MOST_SHOWN - changed.length)).map((row) => (
            <WeekLine key={row.id} row={row} asOf={search.asOf} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Counts({ changed, fresh }: { changed: BoardRow[]; fresh: number }) {
  const { t } = useLanguage();
  const of = (direction: string): number =>
    changed.filter(({ week }) => week?.direction === direction).length;
  const parts = [
    { word: 'worse', count: of('worse'), tone: 'text-bad' },
    { word: 'better', count: of('better'), tone: 'text-good' },
    { word: 'none', count: of('none'), tone: 'text-muted' },
    { word: 'new', count: fresh, tone: 'text-muted' },
  ] as const;
  return (
    <p className="flex flex-wrap gap-x-3 tabular-nums">
      {parts.map(({ word, count, tone }) =>
        count === 0 ? null : (
          <span key={word} className={tone}>
            {t(`web.board.week.count.${word}`, { count })}
          </span>
        ),
      )}
    </p>
  );
}

function WeekLine({ row, asOf }: { row: BoardRow; asOf: string | undefined }) {
  const { t } = useLanguage();
  const { week } = row;
  const direction = week?.direction ?? 'none';
  const word = t(
    week === null || week === undefined
      ? 'web.board.week.new'
      : direction === 'none'
        ? 'web.board.week.moved'
        : `web.board.week.${direction}`,
  );
  return (
    <li className="flex items-start gap-2.5 border-t border-line px-4 py-2 text-[13px] sm:px-5">
      <span role="img" aria-label={word} title={word} className="mt-1 flex size-3 shrink-0">
        <Mark direction={direction} />
      </span>
      <p className="min-w-0 flex-1 sm:flex sm:flex-wrap sm:gap-x-3">
        <Link
          to="/key-results/$key"
          params={{ key: row.key }}
          search={asOf === undefined ? {} : { asOf }}
          className="min-w-0 rounded-sm font-medium break-words hover:underline hover:decoration-line-strong hover:underline-offset-4"
        >
          {titleIn(t.lang, row)}
        </Link>
        <span className="block text-muted tabular-nums sm:inline">
          <News row={row} />
        </span>
      </p>
    </li>
  );
}

/** Everything that is news of a row, each as a short sentence of its own. */
function News({ row }: { row: BoardRow }) {
  const { t, format } = useLanguage();
  const { week } = row;
  if (week === null || week === undefined) return t('web.board.week.new');
  const { was } = week;
  const words = week.news.map((kind) => {
    switch (kind) {
      case 'status':
        return t('web.board.week.status', {
          before: statusWord(t, knownStatus(was.status)),
          after: statusWord(t, knownStatus(row.status.state)),
        });
      case 'data':
        return t('web.board.week.data', {
          before: dataWord(t, knownDataState(was.dataState ?? '')),
          after: dataWord(t, knownDataState(row.data.state)),
        });
      case 'target':
        return t('web.board.week.target', {
          before: format.short(was.targetValue, row),
          after: format.short(row.targetValue, row),
        });
      case 'chance':
        return t('web.board.week.chance', {
          before: format.percent(was.chance),
          after: format.percent(row.chance?.smoothed ?? null),
        });
      default:
        return t('web.board.week.progress', {
          before: format.percent(was.progress),
          after: format.percent(row.progress),
        });
    }
  });
  return words.map((text, index) => (
    <span key={text}>
      {index === 0 ? null : <span aria-hidden="true"> · </span>}
      {text}
    </span>
  ));
}

/** Up, down, or a dot: told apart by shape before colour. */
function Mark({ direction }: { direction: 'better' | 'worse' | 'none' }) {
  const shape = {
    better: ['M6 1.5 11 10.5H1Z', 'fill-good'],
    worse: ['M6 10.5 1 1.5h10Z', 'fill-bad'],
    none: ['M6 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z', 'fill-muted'],
  } as const;
  const [path, tone] = shape[direction];
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className={`size-3 ${tone}`}>
      <path d={path} />
    </svg>
  );
}
