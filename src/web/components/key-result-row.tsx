import { Link, useNavigate } from '@tanstack/react-router';
import { type MouseEvent, memo, type Ref } from 'react';
import type { BoardRow, KeyResultRow } from '../../api/contract.ts';
import { titleIn } from '../../i18n/index.ts';
import { needsAttention, troubleIsData } from '../attention.ts';
import { useLanguage } from '../language.tsx';
import { currentText, reasonSentence, targetText, targetWords } from '../words.ts';
import { DataBadge, StatusBadge } from './badges.tsx';
import { ChanceCell } from './board/chance-cell.tsx';
import { ArrowIcon } from './icons.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { RowNotes } from './row-notes.tsx';
import { OwnerAndSource } from './source-label.tsx';
import { Trend } from './trend.tsx';

type KeyResultLineProps = {
  row: BoardRow;
  cycleState: string;
  /** The past day or instant that the board is of; null is now. */
  asOf: string | null;
  /** Its place in the list, of which not all is drawn. */
  index: number;
  position: number;
  count: number;
  measure: Ref<HTMLLIElement>;
};

/**
 * One Key Result on one line, or on a few where the screen is narrow. The whole row opens it; its title is the link. Drawn
 * anew only when something of it has changed: a board has thousands.
 */
export const KeyResultLine = memo(function KeyResultLine(props: KeyResultLineProps) {
  const { asOf, cycleState, row } = props;
  const { t, format } = useLanguage();
  const navigate = useNavigate();
  const search = asOf === null ? {} : { asOf };
  const open = (event: MouseEvent<HTMLElement>) => {
    const onLink = event.target instanceof Element && event.target.closest('a') !== null;
    const selecting = (window.getSelection()?.toString() ?? '') !== '';
    if (!onLink && !selecting) void navigate({ to: '/key-results/$key', params: { key: row.key }, search });
  };
  return (
    <li
      ref={props.measure}
      data-index={props.index}
      data-row-id={row.id}
      aria-setsize={props.count}
      aria-posinset={props.position}
      className="kr-row cursor-pointer border-t border-line px-4 py-3.5 hover:bg-hover sm:px-5"
      onClick={open}
    >
      <div className="kr-title min-w-0">
        <Link
          to="/key-results/$key"
          params={{ key: row.key }}
          search={search}
          data-row-link={row.id}
          className="rounded-sm leading-snug font-medium break-words hover:underline hover:decoration-line-strong hover:underline-offset-4"
        >
          {titleIn(t.lang, row)}
        </Link>
        <OwnerAndSource row={row} />
      </div>
      <div className="kr-trend">
        <Trend row={row} />
      </div>
      <ValueToTarget row={row} />
      <div className="kr-progress">
        <ProgressBar row={row} />
      </div>
      <div className="kr-chance">
        <ChanceCell chance={row.chance} />
      </div>
      <div className="kr-status">
        <StatusBadge row={row} />
      </div>
      <div className="kr-data">
        <DataBadge row={row} cycleState={cycleState} />
      </div>
      <div className="kr-reason space-y-1.5 empty:hidden">
        {/* What has no progress says why, also where nobody has to do anything about it. */}
        {needsAttention(row) || row.progress === null ? (
          <p className="text-[13px] leading-relaxed text-muted">
            {reasonSentence(t, format, troubleIsData(row) ? row.data.reason : row.status.reason, row)}
          </p>
        ) : null}
        <RowNotes row={row} cycleState={cycleState} />
      </div>
    </li>
  );
});

function ValueToTarget({ row }: { row: KeyResultRow }) {
  const { t, format } = useLanguage();
  const current = currentText(format, row, 'short');
  // Goals in their own words ("3 per week") bring their unit along.
  const unit = row.goal.kind === 'recurring' || row.goal.kind === 'milestone' ? '' : format.unitName(row);
  return (
    <div className="kr-value flex flex-wrap items-baseline gap-x-1 tabular-nums sm:gap-x-1.5">
      <span className="sr-only">{t('column.value')}</span>
      {current === null ? (
        <span className="text-muted">{t('label.no_value')}</span>
      ) : (
        <span className="font-semibold" title={currentText(format, row, 'full') ?? undefined}>
          {current}
        </span>
      )}
      <span className="translate-y-0.5 self-center text-muted">
        <ArrowIcon />
      </span>
      <span className="sr-only">{t('column.target')}</span>
      <span className="text-muted" title={targetWords(t, format, row)}>
        {targetText(t, format, row)}
        {unit === '' ? '' : ` ${unit}`}
      </span>
    </div>
  );
}
