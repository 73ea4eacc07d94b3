import type { Board } from '../../api/contract.ts';
import { useLanguage } from '../language.tsx';

type Cycle = NonNullable<Board['cycle']>;

/** One word: where the cycle is in its life. */
export function CycleState({ cycle }: { cycle: Cycle }) {
  const { t } = useLanguage();
  return <span>{t(`cycle.${cycle.state}`)}</span>;
}

/** What a cycle that is over means for the numbers on the page. A running one needs no words. */
export function CycleNote({ cycle }: { cycle: Cycle }) {
  const { t, format } = useLanguage();
  if (cycle.state !== 'closing' && cycle.state !== 'closed') return null;
  return (
    <p className="mb-4 rounded-lg bg-calm-soft px-3.5 py-2 text-[13px] leading-relaxed text-calm">
      {cycle.state === 'closing'
        ? t('web.cycle_closing')
        : t('web.cycle_closed', { at: format.instant(cycle.closedAt) })}
    </p>
  );
}
