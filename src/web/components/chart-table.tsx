import type { KeyResultDetail } from '../../api/contract.ts';
import type { ChartDay } from '../chart-model.ts';
import { noValueText } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { originWord } from '../origin-word.ts';
import { alertWord, checkInWords, wasWords } from './day-readout.tsx';

/** The chart's days as text, newest first. Days that are still to come are left out. */
export function ChartTable(props: {
  detail: KeyResultDetail;
  days: readonly ChartDay[];
  /** Somebody wants to know where the value of a day comes from. */
  onAsk: (day: string) => void;
}) {
  const { days, detail, onAsk } = props;
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  const past = days.filter((day) => day.value !== null || day.day <= detail.today).toReversed();
  const besides = (day: ChartDay): string[] => [
    ...day.alerts.map(({ kind }) => alertWord(t, kind)),
    ...day.checkIns.map((checkIn) => checkInWords(t, format, checkIn)),
    ...detail.initiatives.filter(({ startDay }) => startDay === day.day).map(({ title }) => title),
  ];
  return (
    <div className="table-frame mt-4 max-h-96" role="region" aria-label={t('web.view_as_table')} tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('column.day')}</th>
            <th scope="col" className="number">
              {detail.goal.kind === 'accumulate' ? t('web.running_sum') : t('column.value')}
            </th>
            <th scope="col" className="number">
              {t('column.expected')}
            </th>
            <th scope="col">{t('web.column.state')}</th>
            <th scope="col">{t('column.origin')}</th>
            <th scope="col">{t('web.kr.column.besides')}</th>
          </tr>
        </thead>
        <tbody>
          {past.map((day) => (
            <tr key={day.day}>
              <th scope="row">
                <button
                  type="button"
                  className="link min-h-6"
                  title={t('web.kr.why_day')}
                  onClick={() => onAsk(day.day)}
                >
                  {format.day(day.day)}
                </button>
              </th>
              <td className="number">
                {day.value === null ? noValueText(t, format, day.reason) : format.full(day.value, measure)}
                {day.override === null ? null : (
                  <span className="remark">
                    {t('web.owner_value_day', { value: format.full(day.override, measure) })}
                  </span>
                )}
              </td>
              <td className="number">{day.expected === null ? null : format.short(day.expected, measure)}</td>
              <td>
                {day.value === null ? null : day.settled ? t('evidence.settled') : t('evidence.provisional')}
                {day.restated && day.was === null ? `, ${t('web.restated')}` : ''}
                {day.was === null ? null : (
                  <span className="remark">{wasWords(t, format, detail, day.was)}</span>
                )}
              </td>
              <td>{originWord(t, day.origin)}</td>
              <td className="max-w-64 truncate">{besides(day).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
