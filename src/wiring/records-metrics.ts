import type { CatalogMeaning, ConnectorInfo, MeasurableMetric } from '../app/ports.ts';
import type { RecordSetName } from '../app/ports-ingest.ts';
import {
  type CatalogMetric,
  catalog,
  checkParams,
  checkWindowRule,
  maturityHours,
  type ParamSpec,
  type ParamValues,
  type WindowRule,
} from '../domain/catalog/index.ts';
import type { MetricKind } from '../domain/metric.ts';
import { catalogTexts } from '../i18n/catalog.ts';
import { rowKinds } from '../records/index.ts';
import {
  CURRENCY_HELP,
  checkMoney,
  FX_HELP,
  MONEY_SETS,
  needsMoney,
  RATES_HELP,
  type ReportingMoney,
} from './records-money.ts';

/** What can be measured from records that were sent to us: the metrics of the catalogue, with the window as a choice. */

/** What a metric uses when it is there and does without when it is not. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  tagged_ticket_count: ['activeUsers'],
  net_revenue: ['disputes'],
  refunds: ['disputes'],
  referral_revenue: ['disputes'],
};

const isUploadable = (name: string): name is RecordSetName => Object.hasOwn(rowKinds, name);

/** The kinds of records that a metric reads; null when it needs something that cannot be sent as rows. */
function kindsOf({ key, records }: CatalogMetric): RecordSetName[] | null {
  const needed = records.filter(
    (name) => OPTIONAL[key]?.includes(name) !== true && !MONEY_SETS.includes(name),
  );
  const kinds = needed.filter(isUploadable);
  return kinds.length === needed.length && kinds.length > 0 ? kinds : null;
}

/** Kinds that count where they were told, and are not waited for. */
export function optionalKinds({ key }: CatalogMetric): RecordSetName[] {
  return (OPTIONAL[key] ?? []).filter(isUploadable);
}

export type RecordsMetric = { metric: CatalogMetric; kinds: RecordSetName[] };

const measurable: ReadonlyMap<string, RecordsMetric> = new Map(
  catalog.flatMap((metric) => {
    const kinds = kindsOf(metric);
    return kinds === null ? [] : [[metric.key, { metric, kinds }] as const];
  }),
);

export function findRecordsMetric(key: string): RecordsMetric | null {
  return measurable.get(key) ?? null;
}

/** The kinds that some metric can be computed from. */
export const recordKinds: ReadonlySet<string> = new Set(
  [...measurable.values()].flatMap(({ kinds }) => kinds),
);

export type CheckedRecordsParams =
  | {
      ok: true;
      given: Record<string, unknown>;
      params: ParamValues;
      window: WindowRule;
      /** What the parameters say of money; null for a metric that counts none. */
      money: ReportingMoney | null;
      currency: string | null;
      kind: MetricKind;
      settlesAfterHours: number;
      cadence: 'day' | 'month';
    }
  | { ok: false; problems: string[] };

/** The parameters of the catalogue, and `window` beside them. */
export function checkRecordsParams(
  metric: CatalogMetric,
  given: Record<string, unknown>,
): CheckedRecordsParams {
  const { window: written, reportingCurrency, rates, fx, ratesFrom, ...own } = given;
  const checked = checkParams(metric, own);
  const counted = checkMoney(metric, { reportingCurrency, rates, fx, ratesFrom });
  const window = parseWindow(metric, written);
  const problem =
    window === null
      ? `"window" is ${JSON.stringify(written)}; ${WINDOW_HELP}`
      : checkWindowRule(metric, window);
  const problems = [
    ...(checked.ok ? [] : checked.problems.map((each) => each.problem)),
    ...(problem === null ? [] : [problem]),
    ...(counted.ok ? [] : counted.problems),
  ];
  if (!checked.ok || window === null || problem !== null || !counted.ok) return { ok: false, problems };
  const { params } = checked;
  const isCohort = cohortDays(metric, window) !== null;
  return {
    ok: true,
    given: { ...params, ...counted.given, window: writeWindow(window) },
    params,
    window,
    money: counted.money,
    currency: counted.currency,
    kind: storedKind(metric, params, window),
    settlesAfterHours: isCohort ? Math.ceil(maturityHours(metric, params)) : settleHours(metric),
    cadence: window.kind === 'month' ? 'month' : 'day',
  };
}

export const WINDOW_HELP = 'write day, month, a number of days such as 28d, or of months such as 12m';

/** `28d` is the last 28 days, of a cohort metric the newest 28 days of entries that are all decided. */
export function parseWindow(metric: CatalogMetric, written: unknown): WindowRule | null {
  if (written === undefined || written === null) return metric.usualWindow;
  if (written === 'day' || written === 'month') {
    const onlyCohorts = metric.windows.every((kind) => kind === 'cohort');
    return written === 'day' && onlyCohorts ? { kind: 'matured_cohort', days: 1 } : { kind: written };
  }
  const match = typeof written === 'string' ? /^(\d{1,4})([dm])$/.exec(written) : null;
  if (match === null) return null;
  const count = Number(match[1]);
  if (match[2] === 'm') return { kind: 'trailing_months', months: count };
  return metric.windows[0] === 'cohort'
    ? { kind: 'matured_cohort', days: count }
    : { kind: 'trailing', days: count };
}

export function writeWindow(window: WindowRule): string {
  switch (window.kind) {
    case 'trailing':
    case 'matured_cohort':
      return `${window.days}d`;
    case 'trailing_months':
      return `${window.months}m`;
    default:
      return window.kind;
  }
}

/** How many days of entries a point is about; null when it is about no cohort. A month counts by itself. */
export function cohortDays(metric: CatalogMetric, window: WindowRule): number | 'month' | null {
  if (window.kind === 'matured_cohort') return window.days;
  return window.kind === 'month' && metric.windows.every((kind) => kind === 'cohort') ? 'month' : null;
}

/** A state is a reading of the present, and today's counts; of anything else the running day is not over. */
function settleHours(metric: CatalogMetric): number {
  return metric.windows[0] === 'snapshot' ? 0 : 1;
}

/**
 * Points over days that follow each other may be combined in the way of their metric. Windows that overlap hold the
 * same answer many times, so their points are levels: the newest one counts, and none is ever added to another.
 */
export function storedKind(metric: CatalogMetric, params: ParamValues, window: WindowRule): MetricKind {
  const follow =
    window.kind === 'day' ||
    window.kind === 'month' ||
    (window.kind === 'matured_cohort' && window.days === 1);
  return follow ? (metric.kindOf?.(params) ?? metric.kind) : 'stock';
}

export function recordsInfo(version: string): ConnectorInfo {
  return {
    id: 'records',
    title: 'Your records',
    version,
    guide:
      'Send records such as survey answers with `tidemark records push`; nothing is read from elsewhere.',
    secretFields: [],
    config: { type: 'object', properties: {}, additionalProperties: false },
    metrics: [...measurable.values()].map(({ metric, kinds }) => measurableInfo(metric, kinds)),
  };
}

export function measurableInfo(metric: CatalogMetric, kinds: readonly string[]): MeasurableMetric {
  const text = catalogTexts.en.metrics[metric.key as keyof typeof catalogTexts.en.metrics]; // keyed by the catalogue
  const properties = Object.entries(metric.params).map(([name, spec]) => [
    name,
    { ...schemaOf(spec), description: text.params[name] ?? '' },
  ]);
  const needed = Object.entries(metric.params).filter(([, spec]) => 'required' in spec && spec.required);
  return {
    metric: metric.key,
    title: text.title,
    description: `${text.definition} Needs records of the kind ${kinds.join(' and ')}.`,
    stage: metric.stage,
    unit: metric.unit.storedAs,
    kind: metric.kind,
    settlesAfterHours: metric.windows.includes('cohort') ? null : settleHours(metric),
    rereadDays: REREAD_DAYS,
    cadence: metric.usualWindow.kind === 'month' ? 'month' : 'day',
    readEveryHours: null,
    history: 'backfill',
    catalog: meaningOf(metric),
    params: {
      type: 'object',
      properties: {
        ...Object.fromEntries(properties),
        ...(needsMoney(metric) ? moneySchema : {}),
        window: { type: 'string', description: `The days that a point is about: ${WINDOW_HELP}.` },
      },
      required: [...needed.map(([name]) => name), ...(needsMoney(metric) ? ['reportingCurrency'] : [])],
      additionalProperties: false,
    },
  };
}

const moneySchema = {
  reportingCurrency: { type: 'string', description: CURRENCY_HELP },
  rates: { type: 'array', items: { type: 'string' }, description: RATES_HELP },
  fx: { type: 'string', enum: ['constant', 'daily'], description: FX_HELP },
  ratesFrom: {
    type: 'string',
    enum: ['table'],
    description: 'Where daily rates come from: the table of this workspace',
  },
};

/** The parameters are the catalogue's own. */
function meaningOf(metric: CatalogMetric): CatalogMeaning {
  return {
    metric: metric.key,
    define(given) {
      const checked = checkRecordsParams(metric, given);
      return checked.ok ? { params: checked.params, window: checked.window } : null;
    },
    suggest: ({ params, window }) => ({ ...params, window: writeWindow(window) }),
  };
}

/** Records say by themselves which days have to be computed again. */
export const REREAD_DAYS = 3;

export function schemaOf(spec: ParamSpec): Record<string, unknown> {
  const usual = spec.default === undefined ? {} : { default: spec.default };
  switch (spec.type) {
    case 'text':
      return { type: 'string', ...usual };
    case 'texts':
      return { type: 'array', items: { type: 'string' }, ...usual };
    case 'whole':
      return { type: 'integer', minimum: spec.min, maximum: spec.max, ...usual };
    case 'number':
      return { type: 'number', minimum: spec.min, maximum: spec.max, ...usual };
    case 'choice':
      return { type: 'string', enum: [...spec.of], ...usual };
    case 'flag':
      return { type: 'boolean', ...usual };
    case 'span':
      return {
        type: 'array',
        items: { type: 'integer', minimum: spec.min, maximum: spec.max },
        minItems: 2,
        maxItems: 2,
        ...usual,
      };
  }
}
