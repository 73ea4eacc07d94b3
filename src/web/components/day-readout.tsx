import type { KeyResultDetail } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import type { ChartDay } from '../chart-model.ts';
import type { Format } from '../format.ts';
import { useLanguage } from '../language.tsx';

/** Exactly what stands on one day. */
export function DayReadout({ detail, day }: { detail: KeyResultDetail; day: ChartDay }) {
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 tabular-nums">
      <span className="text-muted">{format.day(day.day)}</span>
      <strong className="font-semibold">
        {day.value === null ? t('label.no_value') : format.full(day.value, measure)}
      </strong>
      {day.expected === null ? null : (
        <span className="text-muted">
          {t('column.expected')} {format.short(day.expected, measure)}
        </span>
      )}
      {remarks(t, detail, day).map((remark) => (
        <span key={remark} className="text-muted">
          {remark}
        </span>
      ))}
    </span>
  );
}

/** The same as one text, for a screen reader. */
export function dayInWords(t: Translate, format: Format, detail: KeyResultDetail, day: ChartDay): string {
  const measure = { unit: detail.unit, currency: detail.currency };
  return [
    format.day(day.day),
    day.value === null ? t('label.no_value') : format.full(day.value, measure),
    day.expected === null ? null : `${t('column.expected')} ${format.short(day.expected, measure)}`,
    ...remarks(t, detail, day),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Provisional, restated, and the initiatives that begin on the day. */
function remarks(t: Translate, detail: KeyResultDetail, day: ChartDay): string[] {
  return [
    ...(day.value !== null && !day.settled ? [t('evidence.provisional')] : []),
    ...(day.restated ? [t('web.restated')] : []),
    ...detail.initiatives.filter((initiative) => initiative.startDay === day.day).map(({ title }) => title),
  ];
}
