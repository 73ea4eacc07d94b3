import type { Explanation, KeyResultDetail } from '../../api/contract.ts';
import { useLanguage } from '../language.tsx';
import { methodSentence, roughly } from '../outlook-words.ts';

type Evidence = NonNullable<NonNullable<Explanation['snapshot']>['forecast']>;

/** What was expected when the number was computed, by which method and out of what. */
export function EvidenceForecast({ detail, forecast }: { detail: KeyResultDetail; forecast: Evidence }) {
  const { t, format } = useLanguage();
  const write = (amount: number, of: 'value' | 'share'): string =>
    of === 'share' ? format.percent(amount) : roughly(format, amount, detail);
  return (
    <>
      <h3 className="step">{t('evidence.forecast')}</h3>
      {forecast.available ? (
        <div className="space-y-1 text-[13px] leading-relaxed tabular-nums">
          <p>
            {t('evidence.forecast_chance', {
              chance: format.percent(forecast.chance.smoothed),
              latest: format.percent(forecast.chance.raw),
              low: write(forecast.p10, forecast.of),
              high: write(forecast.p90, forecast.of),
              middle: write(forecast.p50, forecast.of),
              day: format.day(forecast.deadlineDay),
            })}
          </p>
          <p className="text-muted">{methodSentence(t, format, forecast)}</p>
        </div>
      ) : (
        <p className="text-[13px] text-muted">{t('evidence.no_forecast', { why: forecast.why })}</p>
      )}
    </>
  );
}
