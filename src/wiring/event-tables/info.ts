import { z } from 'zod';
import type { CatalogMeaning, ConnectorInfo, MeasurableMetric } from '../../app/ports.ts';
import { compiledMetrics } from '../../event-sql/index.ts';
import { checkEventParams } from '../events-metrics.ts';
import { findRecordsMetric, measurableInfo, type RecordsMetric } from '../records-metrics.ts';
import { configSchema, SECRET_FIELDS } from './config.ts';

export const EVENT_TABLE = 'event_table';
export const TITLE = 'Your table of events';
/** How many days back rows still arrive, where the owner of a metric does not say otherwise. */
const LATE_DAYS = 3;
const MOST_LATE_DAYS = 60;

/** The metric of a table of events under its key of the catalogue; null when it cannot be asked of one. */
export function findTableMetric(key: string): RecordsMetric | null {
  return compiledMetrics.includes(key) ? findRecordsMetric(key) : null;
}

/** Parameters of the catalogue and the window, with `lateDays` beside them. */
export function splitLateDays(given: Record<string, unknown>) {
  const { lateDays = LATE_DAYS, ...params } = given;
  const days = typeof lateDays === 'number' && Number.isInteger(lateDays) ? lateDays : -1;
  const isUsual = given['lateDays'] === undefined;
  return days < 0 || days > MOST_LATE_DAYS
    ? { ok: false as const, problem: `"lateDays" has to be a whole number from 0 to ${MOST_LATE_DAYS}.` }
    : { ok: true as const, params, lateDays: days, isUsual };
}

export function checkTableParams(found: RecordsMetric, given: Record<string, unknown>) {
  const split = splitLateDays(given);
  if (!split.ok) return { ok: false as const, problems: [split.problem] };
  const checked = checkEventParams(found, split.params, split.lateDays);
  if (!checked.ok) return { ok: false as const, problems: checked.problems };
  const own = split.isUsual ? {} : { lateDays: split.lateDays };
  return { ...checked, params: { ...checked.params, ...own } };
}

export const info: ConnectorInfo = {
  id: EVENT_TABLE,
  title: TITLE,
  version: '1',
  guide:
    'Name a table that has a row for each event, in PostgreSQL, or (experimental) in ClickHouse or BigQuery, and a user of ' +
    'its own that may only read it: GRANT CONNECT, USAGE and SELECT. The endpoint is its address, such as ' +
    'postgresql://db.example.com:5432 or https://db.example.com:8443; BigQuery needs none. The operator opens ports other ' +
    'than 443 with TIDEMARK_EGRESS_ALLOW=host:port. Which index helps: src/wiring/event-tables/README.md.',
  secretFields: SECRET_FIELDS,
  config: z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }),
  metrics: compiledMetrics.flatMap((key) => {
    const found = findTableMetric(key);
    return found === null ? [] : [infoOf(found)];
  }),
};

function infoOf({ kinds, metric }: RecordsMetric): MeasurableMetric {
  const base = measurableInfo(metric, kinds);
  const { properties } = base.params;
  const settles = base.settlesAfterHours;
  return {
    ...base,
    description: `${base.description.replace(/ Needs records of .*$/, '')} Computed by the engine that holds the table.`,
    settlesAfterHours: settles === null ? null : settles + LATE_DAYS * 24,
    rereadDays: LATE_DAYS,
    ...(base.catalog === undefined ? {} : { catalog: meaningOf(base.catalog) }),
    params: {
      ...base.params,
      properties: {
        ...(properties as Record<string, unknown>), // an object schema, made there
        lateDays: {
          type: 'integer',
          minimum: 0,
          maximum: MOST_LATE_DAYS,
          default: LATE_DAYS,
          description: 'How many days after it happened an event may still arrive in the table',
        },
      },
    },
  };
}

/** When rows arrive changes no meaning. */
function meaningOf(meaning: CatalogMeaning): CatalogMeaning {
  return {
    ...meaning,
    define(given) {
      const split = splitLateDays(given);
      return split.ok ? meaning.define(split.params) : null;
    },
  };
}
