import type { KeyResultDetail } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import type { Format } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { outlookSentence, roughly } from '../outlook-words.ts';

type Forecast = NonNullable<KeyResultDetail['forecast']>;

/** Where it will probably end, how likely that is enough, and what it takes from now on; by which method. */
export function Outlook({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { forecast = null, noForecast } = detail;
  if (detail.cycle.state !== 'running' || (forecast === null && noForecast === undefined)) return null;
  return (
    <section className="min-w-0 bg-surface p-4 sm:px-5 lg:col-span-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="text-[13px] text-muted">{t('web.kr.outlook.title')}</h2>
        {forecast === null ? (
          <p className="text-[13px] text-muted">
            {t('evidence.no_forecast', { why: noForecast ?? 'not_measured' })}
          </p>
        ) : (
          <p className="font-medium tabular-nums">{outlookSentence(t, format, detail, forecast)}</p>
        )}
      </div>
      {forecast === null ? null : (
        <div className="mt-1 flex flex-wrap gap-x-4 text-[13px] text-muted tabular-nums">
          {rateSentence(t, format, detail, forecast)}
          <p>
            {t('web.kr.method', {
              method: forecast.method,
              count: forecast.inputs.observations,
              through: format.day(forecast.inputs.through),
            })}
            {forecast.littleHistory ? ` ${t('web.kr.little_history')}` : null}
          </p>
        </div>
      )}
    </section>
  );
}

function rateSentence(t: Translate, format: Format, detail: KeyResultDetail, forecast: Forecast) {
  const { inputs, needed, recent } = forecast;
  if (needed === null || recent === null) return null;
  const values = { needed: roughly(format, needed, detail), recent: roughly(format, recent, detail) };
  return <p className="text-ink">{t('web.kr.rate', { ...values, step: inputs.step })}</p>;
}
