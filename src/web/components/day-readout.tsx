import type { KeyResultDetail } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import type { CheckIn } from '../api.ts';
import type { AlertOnDay, ChartDay } from '../chart-model.ts';
import { noValueText } from '../definition-words.ts';
import type { Format } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { originWord } from '../origin-word.ts';

/** Exactly what stands on one day. */
export function DayReadout({ detail, day }: { detail: KeyResultDetail; day: ChartDay }) {
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 tabular-nums">
      <span className="text-muted">{format.day(day.day)}</span>
      <strong className="font-semibold">{valueWords(t, format, detail, day)}</strong>
      {day.expected === null ? null : (
        <span className="text-muted">
          {t('column.expected')} {format.short(day.expected, measure)}
        </span>
      )}
      {remarks(t, format, detail, day).map((remark) => (
        <span key={remark} className="max-w-full truncate text-muted">
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
    valueWords(t, format, detail, day),
    day.expected === null ? null : `${t('column.expected')} ${format.short(day.expected, measure)}`,
    ...remarks(t, format, detail, day),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The exact value; of a day to come what is expected of it, and otherwise why there is none. */
function valueWords(t: Translate, format: Format, detail: KeyResultDetail, day: ChartDay): string {
  const value = (amount: number) => format.full(amount, detail);
  if (day.value !== null) return value(day.value);
  if (day.forecast !== null) {
    const { p10, p50, p90 } = day.forecast;
    return t('web.kr.day_forecast', { p10: value(p10), p50: value(p50), p90: value(p90) });
  }
  return day.day > detail.today ? t('web.kr.day_to_come') : noValueText(t, format, day.reason);
}

/** What one check-in said: its note, and how sure its owner was. */
export function checkInWords(t: Translate, format: Format, { confidence, note }: CheckIn): string {
  const sure = confidence === null ? null : t('web.confidence', { share: format.percent(confidence) });
  return [t('web.check_in'), sure, note === '' ? null : note].filter((part) => part !== null).join(' · ');
}

/** What the marks of the chart say when one points at them. */
export function markWords(t: Translate, format: Format, detail: KeyResultDetail) {
  return {
    override: (value: number, reason: string) =>
      `${t('web.owner_value_day', { value: format.full(value, detail) })} · ${reason}`,
    checkIn: (checkIn: CheckIn) => checkInWords(t, format, checkIn),
    was: (was: NonNullable<ChartDay['was']>) => wasWords(t, format, detail, was),
    alert: (kind: AlertOnDay['kind']) => alertWord(t, kind),
  };
}

/** What a restated day was believed to be before. Of an accumulated goal that is the day alone, not the sum. */
export function wasWords(
  t: Translate,
  format: Format,
  detail: KeyResultDetail,
  { until, value }: NonNullable<ChartDay['was']>,
): string {
  return t(detail.goal.kind === 'accumulate' ? 'past.day_was' : 'past.was', {
    value: value === null ? t('label.no_value') : format.full(value, detail),
    at: format.instant(until),
  });
}

export function alertWord(t: Translate, kind: AlertOnDay['kind']): string {
  return t(kind === 'fired' ? 'web.kr.alert_fired' : 'web.kr.alert_over');
}

/** Provisional, restated, where it came from unless it was read as usual, what people said, and the initiatives that begin on the day. */
function remarks(t: Translate, format: Format, detail: KeyResultDetail, day: ChartDay): string[] {
  return [
    ...(day.value !== null && !day.settled ? [t('evidence.provisional')] : []),
    ...(day.was !== null ? [wasWords(t, format, detail, day.was)] : day.restated ? [t('web.restated')] : []),
    ...(day.override === null
      ? []
      : [t('web.owner_value_day', { value: format.full(day.override, detail) })]),
    ...(day.origin === null || day.origin === 'auto' ? [] : [originWord(t, day.origin)]),
    ...day.alerts.map(({ kind }) => alertWord(t, kind)),
    ...day.checkIns.map((checkIn) => checkInWords(t, format, checkIn)),
    ...detail.initiatives.filter((initiative) => initiative.startDay === day.day).map(({ title }) => title),
  ];
}
