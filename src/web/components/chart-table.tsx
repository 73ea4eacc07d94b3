import type { KeyResultDetail } from '../../api/contract.ts';
import type { ChartDay } from '../chart-model.ts';
import { noValueText } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { wasWords } from './day-readout.tsx';

/** The chart's days as text, newest first. Days that are still to come are left out. */
export function ChartTable({ detail, days }: { detail: KeyResultDetail; days: readonly ChartDay[] }) {
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  const past = days.filter((day) => day.value !== null || day.day <= detail.today).toReversed();
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
          </tr>
        </thead>
        <tbody>
          {past.map((day) => (
            <tr key={day.day}>
              <th scope="row">{format.day(day.day)}</th>
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
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Translate = ReturnType<typeof useLanguage>['t'];
const origins = ['auto', 'manual', 'backfill', 'override', 'import', 'push'] as const;

export function originWord(t: Translate, origin: string | null): string {
  const known = origins.find((word) => word === origin);
  return known === undefined ? (origin ?? '') : t(`origin.${known}`);
}
