import type { BindingPreview } from '../../binding-queries.ts';
import type { Measure } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { knownStatus, reasonSentence, statusTone, type Tone } from '../../words.ts';
import { statusWord } from '../badges.tsx';
import { StatusIcon } from '../icons.tsx';

const tones: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  calm: 'bg-calm-soft text-calm',
  quiet: 'bg-quiet-soft text-quiet',
};
type Standing = Omit<NonNullable<BindingPreview['standing']>, 'days' | 'goal'>;

/** How it would stand: a word with its shape, the way gone, and the reason as one sentence. */
export function StandingLine({ measure, standing }: { standing: Standing; measure: Measure }) {
  const { t, format } = useLanguage();
  const state = knownStatus(standing.status);
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 text-[13px] font-medium whitespace-nowrap ${tones[statusTone(state)]}`}
        >
          <StatusIcon state={state} />
          {statusWord(t, state)}
        </span>
        {standing.progress === null ? null : (
          <span className="text-[14px] font-medium tabular-nums">
            {t('web.progress_label', { progress: format.percent(standing.progress) })}
          </span>
        )}
      </p>
      <p className="mt-1 text-[13px] leading-relaxed text-muted">
        {reasonSentence(t, format, standing.reason, measure)}
      </p>
    </div>
  );
}
