import { z } from 'zod';
import {
  alertRuleSchema,
  alertSchema,
  channelSchema,
  createAlertRuleSchema,
  createChannelSchema,
  createdChannelSchema,
  deliverySchema,
} from './contracts/alerting-row.ts';
import { trendLineSchema, weekSchema } from './contracts/board-row.ts';
import {
  aggregateSchema,
  baselineRuleSchema,
  baselineSchema,
  broughtSchema,
  definitionDetailShape,
  definitionRowShape,
  overrideSchema,
} from './contracts/definition-row.ts';
import {
  amount,
  day,
  givenDay,
  givenInstant,
  givenTitles,
  instant,
  key,
  name,
  realDay,
  text,
  timeZone,
  titles,
} from './contracts/fields.ts';
import { trackingRowShape } from './contracts/tracking-row.ts';

/**
 * The HTTP contract: every request and answer of `/api/v1`, shared by the server, the CLI and the web app.
 * Money is integer minor units, ratios are fractions, a day is `YYYY-MM-DD`, an instant is RFC 3339 UTC.
 */

export {
  aggregateSchema,
  alertRuleSchema,
  alertSchema,
  channelSchema,
  createAlertRuleSchema,
  createChannelSchema,
  createdChannelSchema,
  deliverySchema,
};
export const daySchema = day;
export const realDaySchema = realDay;
export const unitSchema = z.string().min(1).max(60);
export const metricKindSchema = z.enum(['flow', 'stock', 'ratio', 'distribution', 'distinct']);
export const statusSchema = z.enum([
  'not_started',
  'too_early',
  'on_track',
  'at_risk',
  'off_track',
  'achieved',
  'missed',
  'unknown',
]);
export const dataStateSchema = z.enum(['fresh', 'late', 'stale', 'failing', 'none', 'paused']);

/** `text` is the English sentence; `code` and `values` let a face say it in another language. */
export const reasonSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  text: z.string(),
});

export const goalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reach'), startValue: amount.nullable(), targetValue: amount }),
  z.strictObject({
    kind: z.literal('change'),
    percent: z.number().min(-100).max(1e6),
    mode: z.enum(['relative', 'points']).default('relative'),
    baselineValue: amount.nullable(),
  }),
  z.strictObject({ kind: z.literal('accumulate'), targetValue: amount }),
  z.strictObject({
    kind: z.literal('guardrail'),
    operator: z.enum(['at_least', 'at_most', 'between']),
    lower: amount.nullable().default(null),
    upper: amount.nullable().default(null),
    method: z.enum(['latest', 'share_of_checks', 'share_of_planned', 'distance']).default('share_of_checks'),
    checksPlanned: z.number().int().positive().max(100_000).nullable().default(null),
    startValue: amount.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('milestone'),
    steps: z
      .array(z.strictObject({ name, weight: z.number().positive().max(1e6), doneOnDay: day.nullable() }))
      .min(1)
      .max(100),
  }),
  z.strictObject({
    kind: z.literal('recurring'),
    perPeriod: z.number().int().positive().max(10_000),
    periodUnit: z.enum(['day', 'week', 'month', 'quarter']),
    periods: z.number().int().positive().max(1_000),
    carryOver: z.boolean().default(false),
  }),
]);

export const paceCurveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear') }),
  z.strictObject({
    kind: z.literal('phased'),
    points: z
      .array(z.strictObject({ day, progress: z.number() }))
      .min(1)
      .max(400),
  }),
]);

// ---- answers: board and Key Result -------------------------------------------------------------------------

/** A past day, which means its close in the workspace's zone, or an instant. */
export const asOf = z.union(
  [givenDay, givenInstant],
  'a day is written YYYY-MM-DD, an instant with its offset',
);

/** Set when an answer is what was believed at a past instant; null when it is of now. */
export const asOfSchema = z
  .object({
    at: instant,
    /** The day whose close that was, when a day was asked for. */
    day: day.nullable(),
    /** The keys of Key Results of which not all was kept, so long ago: see `data_not_kept`. */
    partly: z.array(z.string()),
  })
  .nullable();

export const sourceSchema = z.object({
  /** The fields of the connection are empty unless it is a connector. */
  kind: z.enum(['connector', 'values', 'check_in', 'formula']),
  connectionId: z.string(),
  connectionKey: z.string(),
  connectionTitle: z.string(),
  connectorId: z.string(),
  connectorTitle: z.string(),
  /** `sandbox` is always labelled where a person sees it. */
  environment: z.enum(['live', 'test', 'sandbox']),
  metricId: z.string(),
  metricKey: z.string(),
  metricTitle: z.string(),
});

export const seriesPointSchema = z.object({
  day,
  /** As stored, exact; null is "no value", which is not zero. */
  value: z.number().nullable(),
  /** Why there is no value. */
  reason: z.string().nullable(),
  settled: z.boolean(),
  revision: z.number().int(),
  origin: z.enum(['auto', 'manual', 'backfill', 'override', 'import', 'push']),
  /** Of a restated day: what it was believed to be before its last change, and until when. */
  was: z.object({ value: z.number().nullable(), until: instant }).optional(),
});

export const keyResultRowSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  titles,
  owner: z.string().nullable(),
  objectiveId: z.string(),
  goal: goalSchema,
  unit: unitSchema,
  currency: z.string().nullable(),
  startValue: z.number().nullable(),
  targetValue: z.number().nullable(),
  currentValue: z.number().nullable(),
  /** Fraction of the way, unclamped; null with a reason in `status.reason`. */
  progress: z.number().nullable(),
  /** Fraction of the way; null for a guardrail, which is held and not travelled, and before anything was judged. */
  expected: z.number().nullable(),
  pace: z.number().nullable(),
  status: z.object({
    state: statusSchema,
    /** The last day that the status speaks for. */
    asOfDay: day.nullable(),
    reason: reasonSchema,
    /** While the status is `unknown` because of its data: what it was, and when that was true. */
    lastKnown: z.object({ state: statusSchema, asOfDay: day }).nullable(),
  }),
  data: z.object({
    state: dataStateSchema,
    reason: reasonSchema,
    dataThroughDay: day.nullable(),
    fetchedAt: instant.nullable(),
    computedAt: instant.nullable(),
  }),
  /** The metric's own days, oldest first; a missing day is absent or null, never zero. */
  trend: z.array(
    z.object({
      day,
      value: z.number().nullable(),
      /** False while the source may still restate the day; by default true. */
      settled: z.boolean().optional(),
    }),
  ),
  /**
   * Of a metric that follows cohorts: the points belong to the days on which people entered, and progress is held
   * against the plan for the newest decided one. Absent where no cohort is involved.
   */
  cohort: z.object({ firstOwnDay: day, firstDecidedDay: day, lastOwnDay: day, finalDay: day }).optional(),
  /**
   * P(hit), the chance of meeting the goal at the deadline: smoothed over the last days as the status uses it, as the
   * newest day alone has it, and smoothed a week before. Absent where the pace rule judges.
   */
  chance: z
    .object({ asOfDay: day, smoothed: z.number(), latest: z.number(), weekAgo: z.number().nullable() })
    .optional(),
  source: sourceSchema.nullable(),
  ...definitionRowShape,
  ...trackingRowShape,
});

/** A row of the board: also how it has changed within a week. */
export const boardRowSchema = keyResultRowSchema.extend({
  /** Instead of `trend`, which is empty then, where the board was asked for lines; null: there is no metric. */
  trendLine: trendLineSchema.nullable().optional(),
  /** Held against the board's `comparedAt`; null where nothing was known of it then. */
  week: weekSchema(statusSchema, dataStateSchema).nullable().optional(),
});

export const cycleSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  startDay: day,
  endDay: day,
  timeZone,
  /** `closing`: its days are over, and the last may still settle. `closed`: its scorecard is frozen. */
  state: z.enum(['upcoming', 'running', 'closing', 'closed']),
  closedAt: instant.nullable(),
});

export const boardSchema = z.object({
  workspace: z.object({ id: z.string(), name: z.string(), timeZone }),
  cycle: cycleSchema.nullable(),
  /** The database clock when the board was read; of a past one, that instant. */
  now: instant,
  asOf: asOfSchema,
  /** A week before `now`: the moment that `week` of a row compares with. */
  comparedAt: instant.optional(),
  objectives: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      titles,
      parentId: z.string().nullable(),
      cycleId: z.string(),
      owner: z.string().nullable(),
      stage: z.string().nullable(),
      phase: z.string().nullable(),
      weight: z.number(),
      /**
       * The weighted mean of its Key Results and child objectives that have a value, each held between 0 and 1:
       * below the start counts 0, beyond the target counts 1.
       */
      progress: z.number().nullable(),
      /** Share of the weight that has a value. */
      coverage: z.number(),
      keyResults: z.array(boardRowSchema),
    }),
  ),
});

/** Values are in the metric's unit, or shares of days where `of` says so. The interval from P10 to P90 holds 8 times in 10. */
export const forecastSchema = z.object({
  asOfDay: day,
  deadlineDay: day,
  of: z.enum(['value', 'share']),
  /** What it is measured against; null where there is no such bound. */
  atLeast: z.number().nullable(),
  atMost: z.number().nullable(),
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
  /** The value that is judged, as it will probably stand on later days; the last one is the deadline. */
  days: z.array(z.object({ day, p10: z.number(), p50: z.number(), p90: z.number() })),
  /** Per step from now on to reach the goal, and what the recent steps brought; null where nothing is added up. */
  needed: z.number().nullable(),
  recent: z.number().nullable(),
  method: z.enum(['combined', 'smoothing', 'constant', 'decided']),
  /** What each part of the method says by itself. */
  members: z.record(z.string(), z.number()),
  littleHistory: z.boolean(),
  inputs: z.object({
    step: z.enum(['hour', 'day', 'week', 'month']),
    from: z.string(),
    through: z.string(),
    observations: z.number().int(),
    gaps: z.number().int(),
    outliers: z.number().int(),
    periods: z.array(z.number()),
  }),
});

export const forecastEvidenceSchema = z.discriminatedUnion('available', [
  forecastSchema.omit({ days: true }).extend({
    available: z.literal(true),
    chance: z.object({
      raw: z.number(),
      smoothed: z.number(),
      band: z.enum(['on_track', 'at_risk', 'off_track']),
    }),
  }),
  z.object({
    available: z.literal(false),
    asOfDay: day,
    why: z.enum(['not_measured', 'no_model', 'no_target', 'little_history']),
  }),
]);

export const keyResultSchema = keyResultRowSchema.extend({
  description: z.string(),
  ...definitionDetailShape,
  objectiveTitle: z.string(),
  objectiveTitles: titles,
  cycle: cycleSchema,
  paceCurve: paceCurveSchema,
  /** The database clock when the Key Result was read; of a past one, that instant. */
  now: instant,
  asOf: asOfSchema,
  /** The day of the database clock in the cycle's zone. */
  today: day,
  series: z.array(seriesPointSchema),
  /**
   * By day of the cycle, in the metric's unit. `value` is what the goal has come to: for an accumulate goal the running
   * sum, otherwise the value itself. `expected` is where the pace curve puts it; null for guardrail and milestone goals
   * and while start or target is unknown.
   */
  goalSeries: z.array(z.object({ day, value: z.number().nullable(), expected: z.number().nullable() })),
  /** What the value is expected to be at the deadline; null where nothing is forecast, `noForecast` says why. */
  forecast: forecastSchema.nullable().optional(),
  noForecast: z.enum(['not_measured', 'no_model', 'no_target', 'little_history']).optional(),
  initiatives: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      startDay: day,
      endDay: day.nullable(),
      state: z.enum(['open', 'done', 'dropped']).optional(),
      url: z.string().nullable().optional(),
    }),
  ),
  /**
   * What was promised one after the other, oldest first; the last is in force. Absent while it was never changed. The
   * first has nobody who changed it. `fromDay`, in the cycle's zone, is null for the first.
   */
  targets: z
    .array(
      z.object({
        fromDay: day.nullable(),
        goal: goalSchema,
        /** What the goal asks for in the metric's unit, where that is one number. */
        targetValue: z.number().nullable(),
        changedAt: instant.nullable(),
        author: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .optional(),
  alerts: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      state: z.enum(['pending', 'firing', 'resolved', 'closed']),
      since: instant,
      firedAt: instant.nullable(),
      resolvedAt: instant.nullable(),
    }),
  ),
});

export const exchangeSchema = z.object({
  method: z.string(),
  /** Redacted: no secret, no user information. */
  url: z.string(),
  status: z.number().int().nullable(),
  requestId: z.string().nullable(),
  responseSha256: z.string().nullable(),
  responseBytes: z.number(),
  startedAt: z.string(),
  durationMs: z.number(),
  error: z.string().optional(),
});

/** What a metric means: an entry of the catalogue with its parameters, or a formula over other metrics. */
export const metricDefinitionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('catalog'),
    metric: z.string(),
    definitionVersion: z.number().int(),
    /** Under the catalogue's names, the defaults of that time written out. */
    params: z.record(z.string(), z.unknown()),
    /** Over which days each point is: `{ kind: 'trailing', days: 28 }`, for example. */
    window: z.looseObject({ kind: z.string() }),
    timeZone,
  }),
  z.object({
    kind: z.literal('formula'),
    formula: z.string(),
    inputs: z.array(z.object({ name: z.string(), metricKey: z.string(), versionId: z.string() })),
  }),
]);

const explainedPointSchema = z.object({
  day,
  value: z.string().nullable(),
  /** Why there is no value. */
  reason: z.string().nullable(),
  /** The parts of a ratio or a score. */
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  revision: z.number().int(),
  origin: z.string(),
  settled: z.boolean(),
  fetchedAt: instant,
  runId: z.string().nullable(),
  revisions: z.array(
    z.object({
      value: z.string().nullable(),
      revision: z.number().int(),
      believedFrom: instant,
      believedUntil: instant,
      runId: z.string().nullable(),
    }),
  ),
});

const explainedMetricSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  version: z.number().int(),
  definitionHash: z.string(),
  connectorMetric: z.string(),
  params: z.record(z.string(), z.unknown()),
  kind: metricKindSchema,
  timeZone,
  settlesAfterHours: z.number(),
  rereadDays: z.number(),
  /** Null where only the connector's own words say what it is. */
  definition: metricDefinitionSchema.nullable(),
  /** Whether it can be asked which customers moved it. */
  movements: z.boolean().optional(),
});

/** The walk from the progress number to the requests behind it. */
export const explanationSchema = z.object({
  asOf: asOfSchema,
  keyResult: keyResultRowSchema,
  formula: z.object({
    /** The rule in symbols and with the real numbers, as one line each. */
    rule: z.string(),
    numbers: z.string(),
  }),
  snapshot: z
    .object({
      id: z.string(),
      asOfDay: day,
      computedAt: instant,
      inputsDigest: z.string(),
      definitionVersion: z.number().int(),
      /** What was expected, by which method and from what; null where the pace rule alone had a say. */
      forecast: forecastEvidenceSchema.nullable().optional(),
    })
    .nullable(),
  /** The points that the snapshot used, newest first. */
  points: z.array(explainedPointSchema),
  /** Where a day was asked for: what stands on it, null for nothing. The run that brought it is among `runs`. */
  onDay: z
    .object({ point: explainedPointSchema.nullable(), inputRunIds: z.array(z.string()) })
    .nullable()
    .optional(),
  runs: z.array(
    z.object({
      id: z.string(),
      trigger: z.string(),
      status: z.string(),
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
      evidence: z.array(
        z.object({
          id: z.string(),
          recordedAt: instant,
          connectorVersion: z.string(),
          definitionHash: z.string(),
          windowStartDay: day,
          windowEndDay: day,
          outcome: z.string(),
          completeness: z.object({
            pages: z.number(),
            items: z.number(),
            lastPageReached: z.boolean(),
            notes: z.array(z.string()),
          }),
          exchanges: z.array(exchangeSchema),
        }),
      ),
    }),
  ),
  metric: explainedMetricSchema.nullable(),
  /** Of a formula: what it combines, each with its own points of the same days, newest first. */
  inputs: z.array(
    z.object({
      name: z.string(),
      metric: explainedMetricSchema,
      unit: unitSchema,
      currency: z.string().nullable(),
      points: z.array(explainedPointSchema),
    }),
  ),
  /** What people or programs brought, where the points are not read by us. */
  ingests: z.array(broughtSchema),
  /** What progress is measured from, when it was captured or stated by an owner. */
  baseline: baselineSchema.nullable(),
  /** What stands in for the source at present, with its reason. */
  override: overrideSchema.nullable(),
});

// ---- connectors, connections, metrics ----------------------------------------------------------------------

export const connectorMetricSchema = z.object({
  metric: z.string(),
  title: z.string(),
  description: z.string(),
  stage: z.string(),
  unit: unitSchema,
  kind: metricKindSchema,
  /** Null where it depends on the parameters. */
  settlesAfterHours: z.number().nullable(),
  rereadDays: z.number().nullable(),
  /** Whether there is a point for every day, or for the last day of each month only. */
  cadence: z.enum(['day', 'month']),
  /** How often the schedule reads it at most; null: every time. */
  readEveryHours: z.number().nullable(),
  history: z.enum(['backfill', 'from_now']),
  /** JSON Schema of the parameters. */
  params: z.record(z.string(), z.unknown()),
  /** The catalogue's metric that this is; absent where it is none of them. */
  catalog: z.object({ metric: z.string() }).optional(),
});
export const connectorSchema = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  /** No exchange with the provider was recorded or published that it could be compared with. */
  experimental: z.literal(true).optional(),
  /** A connection has to say where its provider is. */
  needsEndpoint: z.literal(true).optional(),
  guide: z.string(),
  secretFields: z.array(z.string()),
  config: z.record(z.string(), z.unknown()),
  metrics: z.array(connectorMetricSchema),
});

export const connectionSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  connectorId: z.string(),
  environment: z.enum(['live', 'test', 'sandbox']),
  endpoint: z.string().nullable(),
  /** What was entered beside the secrets. */
  settings: z.record(z.string(), z.unknown()).default({}),
  state: z.enum(['active', 'needs_reauth', 'misconfigured', 'quota_exhausted', 'paused']),
  stateReason: z.string().nullable(),
  secrets: z.record(
    z.string(),
    z.object({ set: z.boolean(), last4: z.string(), updatedAt: instant, allowedHosts: z.array(z.string()) }),
  ),
  schedule: z
    .object({ everyMinutes: z.number().int(), nextDueAt: instant.nullable(), enabled: z.boolean() })
    .nullable(),
  lastSuccessAt: instant.nullable(),
  lastFailureAt: instant.nullable(),
  /**
   * Several syncs in a row were answered nothing, so it is left alone until then, and then tried with one request; only a sync
   * by hand is let through. Null: it is asked as usual.
   */
  circuitOpenUntil: instant.nullable().default(null),
  /** Who hears of it when it fails; null: nobody in particular. */
  owner: z.string().nullable().default(null),
  /** What the provider says about the account: null while nobody has asked, and where its answers do not name it. */
  account: z
    .object({ timeZone: timeZone.nullable(), currency: z.string().nullable(), checkedAt: instant })
    .nullable()
    .default(null),
  /** How the account's days differ from the workspace's, and whether the provider has changed them. */
  warnings: z.array(reasonSchema).default([]),
  /** Where its provider can send events to; absent where it sends none. */
  webhook: z
    .object({
      url: z.string(),
      /** The secret by which they are proved; `secrets` says whether it is stored. */
      secretField: z.string(),
      lastEventAt: instant.nullable(),
    })
    .optional(),
});
export const createConnectionSchema = z.strictObject({
  key,
  title: name.optional(),
  connectorId: z.string().min(1).max(60),
  environment: z.enum(['live', 'test', 'sandbox']).optional(),
  endpoint: z.string().max(2048).nullable().optional(),
  config: z.record(z.string().max(100), z.unknown()),
  everyMinutes: z.number().int().min(5).max(44_640).default(60),
  owner: name.nullable().optional(),
});
/** What would be saved, to be asked before it is. */
export const checkDraftSchema = z.strictObject({
  connectorId: z.string().min(1).max(60),
  endpoint: z.string().max(2048).nullable().optional(),
  config: z.record(z.string().max(100), z.unknown()),
});
export const checkChangeSchema = z.strictObject({
  endpoint: z.string().max(2048).nullable().optional(),
  config: z.record(z.string().max(100), z.unknown()).optional(),
});
/** One of the provider's limits, as far as Tidemark draws on it. */
export const budgetUseSchema = z.object({
  name: z.string(),
  counts: z.enum(['calls', 'tokens']),
  /** Null while the provider has not told. */
  used: z.number().int().nullable(),
  limit: z.number().int(),
  /** When something of it is there again. */
  freeAt: instant.nullable(),
  /** The provider asked for quiet until then. */
  pausedUntil: instant.nullable(),
});
export const metricCoverageSchema = z.object({
  metricKey: z.string(),
  points: z.number().int(),
  firstDay: day.nullable(),
  throughDay: day.nullable(),
  fetchedAt: instant.nullable(),
});
/** Changing the endpoint needs the secrets again: a stored secret is bound to the hosts it was saved for. */
export const updateConnectionSchema = z.strictObject({
  title: name.optional(),
  endpoint: z.string().max(2048).nullable().optional(),
  config: z.record(z.string().max(100), z.unknown()).optional(),
  everyMinutes: z.number().int().min(5).max(44_640).optional(),
  paused: z.boolean().optional(),
  /** Null: nobody in particular. */
  owner: name.nullable().optional(),
});
export const connectionCheckSchema = z.object({
  ok: z.literal(true),
  account: z.string(),
  livemode: z.boolean().nullable(),
  warnings: z.array(z.string()),
  timeZone: timeZone.nullable().default(null),
  currency: z.string().nullable().default(null),
  /** How the account's days differ from the workspace's, and whether the provider has changed them. */
  notices: z.array(reasonSchema).default([]),
  requests: z.array(exchangeSchema),
});

/** What the provider said to a definition, and how its days and money differ; nothing of it stops anything. */
export const warningsSchema = z.array(reasonSchema).default([]);

export const previewRequestSchema = z.strictObject({
  connection: z.string().min(1).max(200),
  metric: z.string().min(1).max(100),
  params: z.record(z.string().max(100), z.unknown()).default({}),
  timeZone: timeZone.optional(),
  days: z.number().int().min(1).max(400).default(30),
});
/** Nothing is stored: coverage first, then the result, then problems. */
export const previewSchema = z.object({
  coverage: z.object({ startDay: day, endDay: day, days: z.number(), daysWithValue: z.number() }),
  metric: connectorMetricSchema,
  unit: unitSchema,
  currency: z.string().nullable(),
  timeZone,
  current: z.object({ day, value: z.number().nullable(), settled: z.boolean() }).nullable(),
  points: z.array(z.object({ day, value: z.number().nullable(), settled: z.boolean() })),
  completeness: z.object({
    pages: z.number(),
    items: z.number(),
    lastPageReached: z.boolean(),
    notes: z.array(z.string()),
  }),
  requests: z.array(exchangeSchema),
  problems: z.array(z.string()),
  warnings: warningsSchema,
});

export const metricSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  connectionId: z.string(),
  connectionKey: z.string(),
  connectorMetric: z.string(),
  version: z.number().int(),
  params: z.record(z.string(), z.unknown()),
  kind: metricKindSchema,
  unit: unitSchema,
  currency: z.string().nullable(),
  timeZone,
  settlesAfterHours: z.number(),
  rereadDays: z.number(),
  /** Null where only the connector's own words say what it is. */
  definition: metricDefinitionSchema.nullable(),
  source: z.enum(['connector', 'values', 'check_in', 'formula']),
  /** How many versions are collected: more than one while somebody has not accepted the newest. */
  liveVersions: z.number().int(),
});
export const namedMetricSchema = metricSchema.extend({ warnings: warningsSchema });
/** `value` is the exact decimal text; null is "no value". */
export const metricPointSchema = z.object({
  day,
  value: z.string().nullable(),
  /** Why there is no value. */
  reason: z.string().nullable(),
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  settled: z.boolean(),
  revision: z.number().int(),
  origin: z.string(),
  fetchedAt: instant,
});
export const createMetricSchema = z.strictObject({
  key,
  title: name.optional(),
  connection: z.string().min(1).max(200),
  metric: z.string().min(1).max(100),
  params: z.record(z.string().max(100), z.unknown()).default({}),
  timeZone: timeZone.optional(),
  historyDays: z.number().int().min(1).max(1200).default(180),
  /** Days without a new point after which its values may no longer be used; absent: as usual for what it reads. */
  staleAfterDays: z.number().int().min(1).max(400).optional(),
});

// ---- cycles, objectives, Key Results -----------------------------------------------------------------------

export const createCycleSchema = z.strictObject({
  key,
  title: name.optional(),
  startDay: day,
  /** The day after the last one. */
  endDay: day,
  timeZone: timeZone.optional(),
});
export const objectiveSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  titles,
  cycleId: z.string(),
  parentId: z.string().nullable(),
  owner: z.string().nullable(),
  stage: z.string().nullable(),
  phase: z.string().nullable(),
  weight: z.number(),
});
export const createObjectiveSchema = z.strictObject({
  key,
  title: name,
  titles: givenTitles.default({}),
  description: text(4000).default(''),
  cycle: z.string().min(1).max(200),
  parent: z.string().min(1).max(200).nullable().default(null),
  owner: text(200).nullable().default(null),
  stage: z.string().max(60).nullable().default(null),
  phase: z.string().max(60).nullable().default(null),
  weight: z.number().positive().max(1e6).default(1),
});
export const createKeyResultSchema = z.strictObject({
  key,
  title: name,
  titles: givenTitles.default({}),
  description: text(4000).default(''),
  objective: z.string().min(1).max(200),
  owner: text(200).nullable().default(null),
  goal: goalSchema,
  paceCurve: paceCurveSchema.default({ kind: 'linear' }),
  /** Null: the latest point. */
  aggregate: aggregateSchema.nullable().default(null),
  /** How a start that is not given is captured; null: as fits what is compared. */
  baselineRule: baselineRuleSchema.nullable().default(null),
  /** Needed for a Key Result that is not bound to a metric. */
  unit: unitSchema.optional(),
  /** Of money that is not bound to a metric: three letters. */
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, 'a currency is three letters, such as usd')
    .nullable()
    .default(null),
  metric: z.string().min(1).max(200).nullable().default(null),
  /** In the progress of its objective. */
  weight: z.number().positive().max(1e6).default(1),
});
export const bindKeyResultSchema = z.strictObject({ metric: z.string().min(1).max(200) });
export const boundKeyResultSchema = keyResultRowSchema.extend({ warnings: warningsSchema });

// ---- runs --------------------------------------------------------------------------------------------------

export const syncRequestSchema = z.strictObject({
  /** Key or id of a connection; absent: every connection of the workspace. */
  connection: z.string().min(1).max(200).optional(),
  keyResult: z.string().min(1).max(200).optional(),
});
export const runSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  connectionKey: z.string(),
  trigger: z.enum(['schedule', 'manual', 'backfill', 'bind']),
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'dead', 'skipped']),
  attempt: z.number().int(),
  slot: instant,
  notBefore: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  error: z.object({ class: z.string(), message: z.string() }).nullable(),
  points: z.object({ read: z.number(), changed: z.number() }),
  requests: z.number(),
  /** For a metric of a run that failed in part. */
  metrics: z.array(z.object({ metricKey: z.string(), ok: z.boolean(), message: z.string().nullable() })),
});

// ---- switches, sessions, problems ---------------------------------------------------------------------------

/** Switches something off, or on again. */
export const switchSchema = z.strictObject({ enabled: z.boolean() });

/** RFC 9457, always this shape. `code` is the stable contract. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string().optional(),
  code: z.string(),
  requestId: z.string(),
  retryable: z.boolean(),
  fix: z.string(),
  /** Of a change to another version than the present one: the ETag of the present one. */
  current: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).default([]),
});

export const list = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), page: z.object({ nextCursor: z.string().nullable() }) });

export type Board = z.infer<typeof boardSchema>;
export type KeyResultRow = z.infer<typeof keyResultRowSchema>;
export type BoardRow = z.infer<typeof boardRowSchema>;
export type KeyResultDetail = z.infer<typeof keyResultSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type ConnectorView = z.infer<typeof connectorSchema>;
export type ConnectionView = z.infer<typeof connectionSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type MetricView = z.infer<typeof metricSchema>;
export type MetricDefinitionView = z.infer<typeof metricDefinitionSchema>;
export type CycleView = z.infer<typeof cycleSchema>;
export type ObjectiveView = z.infer<typeof objectiveSchema>;
export type RunView = z.infer<typeof runSchema>;
export type ChannelView = z.infer<typeof channelSchema>;
export type AlertView = z.infer<typeof alertSchema>;
export type DeliveryView = z.infer<typeof deliverySchema>;
export type Problem = z.infer<typeof problemSchema>;
export type ReasonView = z.infer<typeof reasonSchema>;
