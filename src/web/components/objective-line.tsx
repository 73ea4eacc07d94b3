import type { Board } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';

type Objective = Board['objectives'][number];

/** Below the title of an objective: how far it has come, of how much that is known, what it is about and whose it is. */
export function ObjectiveLine({ objective }: { objective: Objective }) {
  const { t } = useLanguage();
  const { owner, phase, stage } = objective;
  const labels = [
    stage === null ? null : label(t, 'stage', stage),
    phase === null ? null : label(t, 'phase', phase),
  ];
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted">
      {objective.keyResults.length === 0 && objective.progress === null ? null : (
        <RollUp objective={objective} />
      )}
      {owner === null ? null : <span className="max-w-full truncate">{owner}</span>}
      {labels.map((word) =>
        word === null ? null : (
          <span key={word} className="rounded-sm bg-sunken px-1.5 text-xs leading-5">
            {word}
          </span>
        ),
      )}
    </div>
  );
}

/** The rolled-up progress. Where a part of the weight has no value, it says so: a mean of what is known is no more. */
function RollUp({ objective: { coverage, progress } }: { objective: Objective }) {
  const { t, format } = useLanguage();
  if (progress === null) return <span>{t('web.roll_up_none')}</span>;
  const percent = format.percent(progress);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2" title={t('roll_up.rule')}>
      <span className="sr-only">
        {t('web.roll_up', { progress: percent })}. {t('roll_up.rule')}
      </span>
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-track">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${edge(progress)}%` }} />
      </span>
      <span aria-hidden="true" className="font-semibold text-ink tabular-nums">
        {percent}
      </span>
      {coverage < 1 ? <span>{t('roll_up.coverage', { share: format.percent(coverage) })}</span> : null}
    </span>
  );
}

/** Percent of the bar's width. */
function edge(fraction: number): number {
  return Math.min(1, Math.max(0, fraction)) * 100;
}

/** A stage or phase that a newer server invented is shown as it is. */
function label(t: Translate, kind: 'stage' | 'phase', word: string): string {
  const key = `${kind}.${word}`;
  return t.knows(key) ? t(key) : word;
}
