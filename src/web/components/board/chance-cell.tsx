import type { KeyResultRow } from '../../../api/contract.ts';
import { useLanguage } from '../../language.tsx';

/** The chance of meeting the goal, and what it was a week before; where none is worked out, that. */
export function ChanceCell({ chance }: { chance: KeyResultRow['chance'] }) {
  const { t, format } = useLanguage();
  if (chance === undefined) {
    const none = t('web.board.chance_none');
    return (
      <div role="img" aria-label={none} title={none} className="text-[13px] text-muted">
        {t('web.board.no_chance')}
      </div>
    );
  }
  const { smoothed, weekAgo } = chance;
  const now = format.percent(smoothed);
  const before = weekAgo === null ? null : format.percent(weekAgo);
  // What rounds to the same reads as the same.
  const direction =
    weekAgo === null || before === now ? 'same' : smoothed > weekAgo ? ('up' as const) : ('down' as const);
  const label =
    before === null
      ? t('web.board.chance_label', { chance: now })
      : t('web.board.chance_label_week', { chance: now, weekAgo: before, direction });
  return (
    <div role="img" aria-label={label} title={label} className="text-[13px] leading-5 tabular-nums">
      <span className="kr-narrow text-muted">{t('web.board.chance')} </span>
      <span className="font-medium">{now}</span>
      {before === null ? null : (
        <span className="flex items-center gap-1 text-xs text-muted">
          <Direction direction={direction} />
          {direction === 'same'
            ? t('web.board.chance_same')
            : t('web.board.chance_week', { weekAgo: before })}
        </span>
      )}
    </div>
  );
}

function Direction({ direction }: { direction: 'up' | 'down' | 'same' }) {
  if (direction === 'same') return null;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 8 8"
      className={`size-2 shrink-0 ${direction === 'up' ? 'fill-good' : 'fill-bad'}`}
    >
      <path d={direction === 'up' ? 'M4 1 7.6 7H.4Z' : 'M4 7 .4 1h7.2Z'} />
    </svg>
  );
}
