import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from './model/work/work.ts';

type Row = Readonly<Record<string, string | number | null>>;

/**
 * The nightly export of the company's own database: one CSV file a table, of the days (UTC) that are over. Each is written
 * whole beside the old one and renamed over it, so that nobody reads half of one.
 */
export function writeWarehouse(folder: string, { appDays, plays, stores, subscribers }: Work): void {
  mkdirSync(folder, { recursive: true });
  const table = (name: string, rows: readonly Row[]): void => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(`${path}.tmp`, csv(rows));
    renameSync(`${path}.tmp`, path);
  };
  table('app_days', appDays);
  table(
    'subscribers',
    subscribers.map(({ endedOn, monthlyCents, person, startedOn }) => ({
      person,
      started_on: startedOn,
      ended_on: endedOn,
      monthly_cents: monthlyCents,
    })),
  );
  table(
    'plays',
    plays.map(({ day, minutes, person, releasedOn, title }) => ({
      day,
      person,
      title,
      released_on: releasedOn,
      minutes,
    })),
  );
  table('store_days', stores);
}

/** Nothing in it needs quotes: days, whole numbers, and nothing for null. */
function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
