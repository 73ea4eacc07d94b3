import { Decimal } from 'decimal.js';
import { labelledRows } from './labelled-rows.ts';
import { requireColumns, valuesOf } from './report.ts';
import type { Report } from './schema.ts';

/** `hours` says how many of a day's hours have a row: 23 at most on the day on which clocks go forward. */
export type HourlyDay = { total: string; hours: number };
export type HourlyDays = {
  byDay: Map<string, HourlyDay>;
  /** The sum of rows that name no hour, such as `(other)`: kept apart, never dropped. */
  withoutDay: string;
};

/**
 * The hours of a report by `dateHour`, added up to days. Hours are wall time of the property, so a day is the first eight
 * digits of its hours, however many it has. For metrics that add up only. Read for recordings today; no metric uses it
 * yet.
 *
 * @throws ConnectorError `bad_payload` when an hour is missing from the answer or comes twice
 */
export function daysOfHours(report: Report, name: string): HourlyDays {
  requireColumns(report, [name]);
  const byDay = new Map<string, HourlyDay>();
  let withoutDay = new Decimal(0);
  for (const { labels, row } of labelledRows(report, ['dateHour'])) {
    const amount = new Decimal(valuesOf(report, row, [name])[name] ?? Number.NaN);
    const parts = /^(\d{4})(\d{2})(\d{2})\d{2}$/.exec(labels[0] ?? '');
    if (parts === null) {
      withoutDay = withoutDay.add(amount);
      continue;
    }
    const day = `${parts[1]}-${parts[2]}-${parts[3]}`;
    const { total, hours } = byDay.get(day) ?? { total: '0', hours: 0 };
    byDay.set(day, { total: amount.add(total).toFixed(), hours: hours + 1 });
  }
  return { byDay, withoutDay: withoutDay.toFixed() };
}
