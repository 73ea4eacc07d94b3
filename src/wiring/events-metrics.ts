import type { EventNeeds } from '../app/collect-events.ts';
import type { ConnectorInfo, MeasurableMetric } from '../app/ports.ts';
import type { CatalogMetric, MetricWindow, ParamValues, WindowRule } from '../domain/catalog/index.ts';
import { addDays } from '../domain/day.ts';
import { compileAsk, compiledMetrics, type EventTable } from '../event-sql/index.ts';
import {
  checkRecordsParams,
  findRecordsMetric,
  measurableInfo,
  type RecordsMetric,
} from './records-metrics.ts';

/** Metrics that are computed from the raw events of a connection. */

/** Beside what the provider answers by itself under the same names. */
const PREFIX = 'events_';

export function findEventMetric(key: string): RecordsMetric | null {
  const own = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : null;
  return own !== null && compiledMetrics.includes(own) ? findRecordsMetric(own) : null;
}

/** What a connection that collects events offers beside its own metrics. */
export function eventInfos(title: string, lateDays: number): MeasurableMetric[] {
  return compiledMetrics.flatMap((key) => {
    const found = findRecordsMetric(key);
    if (found === null) return [];
    const info = measurableInfo(found.metric, found.kinds);
    const description = `${info.description.replace(/ Needs records of .*$/, '')} ${differenceTo(title)}`;
    const settlesAfterHours = info.settlesAfterHours === null ? null : info.settlesAfterHours + lateDays * 24;
    return [{ ...info, metric: PREFIX + key, description, settlesAfterHours, rereadDays: lateDays }];
  });
}

/** Why a report of the provider's own may say another number. */
function differenceTo(title: string): string {
  return (
    `Computed by Tidemark from the raw events of ${title}, in days of the metric's time zone: people are the ids that the ` +
    `events carry, so whoever ${title} merged afterwards may count twice, and its own reports may differ.`
  );
}

export function withEventMetrics(info: ConnectorInfo): ConnectorInfo {
  return info.collects === undefined
    ? info
    : { ...info, metrics: [...info.metrics, ...eventInfos(info.title, info.collects.lateDays)] };
}

/** A day is settled once phones have told what they kept, and a cohort once it is decided, too. */
export function checkEventParams(found: RecordsMetric, given: Record<string, unknown>, lateDays: number) {
  const checked = checkRecordsParams(found.metric, given);
  if (!checked.ok) return checked;
  const { cadence, currency, given: params, kind, settlesAfterHours } = checked;
  const settles = settlesAfterHours + lateDays * 24;
  return {
    ok: true,
    params,
    currency,
    kind,
    cadence,
    settlesAfterHours: settles,
    rereadDays: lateDays,
  } as const;
}

type Wanted = { metric: string; params: Record<string, unknown>; timeZone: string; startDay: string };

/** The events, and the days of them, that these metrics are computed from; null: none of them is. */
export function needsOfEvents(wanted: readonly Wanted[]): EventNeeds | null {
  const needs = wanted.flatMap(({ metric: key, params, timeZone, startDay }): EventNeeds[] => {
    const found = findEventMetric(key);
    const checked = found === null ? null : checkRecordsParams(found.metric, params);
    if (found === null || checked === null || !checked.ok) return [];
    const { metric } = found;
    const names = namesOf(metric, checked.params, timeZone);
    return [{ names, startDay: addDays(startDay, -reachDays(metric, checked.params, checked.window)) }];
  });
  const [first] = needs.map(({ startDay }) => startDay).toSorted();
  if (first === undefined) return null;
  const names = needs.some((need) => need.names === null)
    ? null
    : [...new Set(needs.flatMap((need) => need.names ?? []))].toSorted();
  return { names, startDay: first };
}

/** The events that a definition looks at; null: any, or it is none over events. */
export function eventNamesOf(key: string, params: Record<string, unknown>): readonly string[] | null {
  const found = findEventMetric(key);
  const checked = found === null ? null : checkRecordsParams(found.metric, params);
  return found === null || !checked?.ok ? null : namesOf(found.metric, checked.params, 'UTC');
}

/** Stands for the table of nobody: only which names a statement looks at is of interest. */
const NO_TABLE: EventTable = {
  from: 'events',
  columns: {
    user: 'user_id',
    event: 'event',
    at: { name: 'at_ms', as: 'milliseconds' },
    id: null,
    properties: { kind: 'none' },
  },
};

export function namesOf(
  metric: CatalogMetric,
  params: ParamValues,
  timeZone: string,
): readonly string[] | null {
  const days = { startDay: '2026-01-01', endDay: '2026-01-02', timeZone };
  const window: MetricWindow = metric.windows.includes('cohort')
    ? { kind: 'cohort', ...days, asOfAt: new Date('2026-02-01T00:00:00Z') }
    : { kind: 'period', ...days };
  return compileAsk({ metric: metric.key, params, windows: [window] }, NO_TABLE, 'duckdb').names;
}

/** Whoever did nothing for so long before the first day that is wanted passes for somebody who came for the first time. */
export const FIRST_EVER_DAYS = 180;
/** The longest month, and one day for zones that are ahead of UTC. */
const MONTH_DAYS = 31;

/** How many days before a point's own its window, and what its meaning looks back at, may begin. */
function reachDays({ key }: CatalogMetric, params: ParamValues, window: WindowRule): number {
  const windowDays = {
    day: () => 1,
    none: () => 1,
    month: () => MONTH_DAYS,
    trailing: (rule: WindowRule) => ('days' in rule ? rule.days : 1),
    matured_cohort: (rule: WindowRule) => ('days' in rule ? rule.days : 1),
    trailing_months: (rule: WindowRule) => ('months' in rule ? rule.months * MONTH_DAYS : 1),
  }[window.kind](window);
  const looksBack = key === 'new_users' || params['firstTimeOnly'] === true;
  return windowDays + 1 + (looksBack ? FIRST_EVER_DAYS : 0);
}
