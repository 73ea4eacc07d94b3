import { type UseQueryResult } from '@tanstack/react-query';
import { type BindingPreview, type Detail } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';
import { FormProblem } from '../form.tsx';
import { AlertChoice, Trial } from './alert-choice.tsx';
import { baselineOf, type Place, ruleOf } from './bind-place.ts';
import { PreviewChart } from './preview-chart.tsx';
import { StandingLine } from './standing-line.tsx';
import { StartChoice } from './start-choice.tsx';

type Props = { detail: Detail; place: Place; preview: UseQueryResult<BindingPreview> };

/** Where progress starts from, and when somebody is told: both tried on the days that were read. */
export function RuleStep({ detail, place, preview }: Props) {
  const { t } = useLanguage();
  const { data, error, isFetching, isPlaceholderData } = preview;
  const takesStart =
    detail.goal.kind === 'reach' ||
    detail.goal.kind === 'change' ||
    (detail.goal.kind === 'guardrail' && detail.goal.method === 'distance');
  const old = isFetching || isPlaceholderData;
  return (
    <>
      {takesStart ? <StartChoice detail={detail} place={place} preview={data} /> : null}
      <AlertChoice detail={detail} place={place} />
      <div aria-busy={old} className={old ? 'opacity-60' : ''}>
        {data === undefined || data.standing === null ? null : (
          <>
            <section className="card" data-standing>
              <h2 className="mb-2 font-semibold">{t('web.binding.would_stand')}</h2>
              <StandingLine standing={data.standing} measure={data.metric} />
            </section>
            <Trial preview={data} isAsked={ruleOf(place.words) !== null} busy={old} />
            <PreviewChart preview={data} />
          </>
        )}
      </div>
      {error === null ? null : (
        <div className="mb-4">
          <FormProblem error={error} />
        </div>
      )}
      {(data?.problems ?? [])
        .filter(() => data?.standing === null)
        .map(({ code, detail: said }) => (
          <p key={code} role="alert" className="mb-3 text-[14px] font-medium text-bad">
            {said}
          </p>
        ))}
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="button button-main"
          disabled={!baselineOf(place.words, data?.metric ?? detail).ok || isMissingReason(place)}
          onClick={() => place.go({ step: 'save' })}
        >
          {t('web.binding.continue')}
        </button>
        <button type="button" className="button" onClick={() => place.go({ step: 'preview' })}>
          {t('web.binding.back')}
        </button>
      </div>
    </>
  );
}

export const isMissingReason = ({ words }: Pick<Place, 'words'>): boolean =>
  (words['start'] === 'value' || words['start'] === 'rule') && (words['startReason'] ?? '').trim().length < 3;
