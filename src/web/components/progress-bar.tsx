import type { KeyResultRow } from '../../api/contract.ts';
import { useLanguage } from '../language.tsx';
import { knownStatus, statusTone, type Tone } from '../words.ts';

const fills: Record<Tone, string> = {
  good: 'bg-good-fill',
  warn: 'bg-warn-fill',
  bad: 'bg-bad-fill',
  calm: 'bg-calm-fill',
  quiet: 'bg-quiet-fill',
};

/**
 * The way gone, with a mark where the pace says it should be. Progress is not clamped anywhere else: here the bar ends
 * at its edge, and the number beside it tells the rest.
 */
export function ProgressBar({ row }: { row: KeyResultRow }) {
  const { t, format } = useLanguage();
  const progress = format.percent(row.progress);
  const expected = format.percent(row.expected);
  const label =
    row.progress === null
      ? t('web.progress_none')
      : row.expected === null
        ? t('web.progress_label', { progress })
        : t('web.progress_label_expected', { progress, expected });
  const unsure = row.status.state === 'unknown';
  return (
    <div role="img" aria-label={label} title={label} className="flex items-center gap-2.5">
      <div className="relative h-3.5 min-w-16 flex-1">
        <div className="absolute inset-x-0 top-1 h-1.5 overflow-hidden rounded-full bg-track">
          {row.progress === null ? null : (
            <div
              className={`h-full rounded-full ${unsure ? 'striped' : fills[statusTone(knownStatus(row.status.state))]}`}
              style={{ width: `${edge(row.progress)}%` }}
            />
          )}
        </div>
        {row.expected === null ? null : (
          <div
            className="absolute top-0 h-3.5 w-0.5 -translate-x-px rounded-full bg-ink ring-1 ring-surface"
            style={{ left: `${edge(row.expected)}%` }}
          />
        )}
      </div>
      {row.progress === null ? (
        <span className="shrink-0 text-right text-[13px] whitespace-nowrap text-muted">
          {t('web.no_progress')}
        </span>
      ) : (
        <span className="w-12 shrink-0 text-right text-[13px] font-medium tabular-nums">{progress}</span>
      )}
    </div>
  );
}

/** Percent of the bar's width. */
function edge(fraction: number): number {
  return Math.min(1, Math.max(0, fraction)) * 100;
}
