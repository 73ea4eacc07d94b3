import { z } from 'zod';
import { invalid } from './errors.ts';

/** An enum on the wire: the official client sends numbers over REST, people write names, gRPC decodes to names. */
export function enumOf<const Name extends string>(numbers: Readonly<Record<Name, number>>) {
  // Object.entries forgets that the keys are names.
  const names = Object.keys(numbers) as [Name, ...Name[]];
  const byNumber = new Map(names.map((name) => [numbers[name], name]));
  return z.union([z.enum(names), z.int()]).transform((value, context): Name => {
    const name = typeof value === 'number' ? byNumber.get(value) : value;
    if (name !== undefined) return name;
    context.addIssue({ code: 'custom', message: `Unknown enum value ${value}` });
    return z.NEVER;
  });
}

/** int64 is a string in proto JSON, but a number is understood as well. */
export const int64 = z.union([z.string().regex(/^-?\d{1,18}$/), z.int()]).transform(Number);

const MATCH_TYPES = {
  MATCH_TYPE_UNSPECIFIED: 0,
  EXACT: 1,
  BEGINS_WITH: 2,
  ENDS_WITH: 3,
  CONTAINS: 4,
  FULL_REGEXP: 5,
  PARTIAL_REGEXP: 6,
} as const;
const OPERATIONS = {
  OPERATION_UNSPECIFIED: 0,
  EQUAL: 1,
  LESS_THAN: 2,
  LESS_THAN_OR_EQUAL: 3,
  GREATER_THAN: 4,
  GREATER_THAN_OR_EQUAL: 5,
} as const;
const ORDER_TYPES = {
  ORDER_TYPE_UNSPECIFIED: 0,
  ALPHANUMERIC: 1,
  CASE_INSENSITIVE_ALPHANUMERIC: 2,
  NUMERIC: 3,
} as const;
const AGGREGATIONS = {
  METRIC_AGGREGATION_UNSPECIFIED: 0,
  TOTAL: 1,
  COUNT: 4,
  MINIMUM: 5,
  MAXIMUM: 6,
} as const;
const GRANULARITIES = { GRANULARITY_UNSPECIFIED: 0, DAILY: 1, WEEKLY: 2, MONTHLY: 3 } as const;
export const COMPATIBILITIES = { COMPATIBILITY_UNSPECIFIED: 0, COMPATIBLE: 1, INCOMPATIBLE: 2 } as const;

const numericValue = z
  .strictObject({ int64Value: int64.optional(), doubleValue: z.number().optional() })
  .transform(({ int64Value, doubleValue }) => int64Value ?? doubleValue ?? 0);

/** What a value can be held against. What gRPC decodes leaves out defaults, so each member has one. */
export const conditions = {
  stringFilter: z
    .strictObject({
      matchType: enumOf(MATCH_TYPES).default('EXACT'),
      value: z.string().default(''),
      caseSensitive: z.boolean().default(false),
    })
    .optional(),
  inListFilter: z
    .strictObject({ values: z.array(z.string()).default([]), caseSensitive: z.boolean().default(false) })
    .optional(),
  numericFilter: z
    .strictObject({ operation: enumOf(OPERATIONS).default('OPERATION_UNSPECIFIED'), value: numericValue })
    .optional(),
  betweenFilter: z.strictObject({ fromValue: numericValue, toValue: numericValue }).optional(),
};
const filter = z.strictObject({
  fieldName: z.string().default(''),
  ...conditions,
  emptyFilter: z.strictObject({}).optional(),
});

export type Filter = z.infer<typeof filter>;
export type FilterExpression = {
  andGroup?: { expressions: FilterExpression[] } | undefined;
  orGroup?: { expressions: FilterExpression[] } | undefined;
  notExpression?: FilterExpression | undefined;
  filter?: Filter | undefined;
};

export const filterExpression: z.ZodType<FilterExpression> = z.lazy(() => {
  const group = z.strictObject({ expressions: z.array(filterExpression).default([]) });
  return z.strictObject({
    andGroup: group.optional(),
    orGroup: group.optional(),
    notExpression: filterExpression.optional(),
    filter: filter.optional(),
  });
});

const orderBy = z.strictObject({
  metric: z.strictObject({ metricName: z.string().default('') }).optional(),
  dimension: z
    .strictObject({
      dimensionName: z.string().default(''),
      orderType: enumOf(ORDER_TYPES).default('ALPHANUMERIC'),
    })
    .optional(),
  pivot: z.unknown().optional(),
  desc: z.boolean().default(false),
});
export type OrderBy = z.infer<typeof orderBy>;

export const dateRange = z.strictObject({
  startDate: z.string().default(''),
  endDate: z.string().default(''),
  name: z.string().optional(),
});
export type DateRange = z.infer<typeof dateRange>;

const caseExpression = z.strictObject({ dimensionName: z.string().default('') });
const dimensionExpression = z.strictObject({
  lowerCase: caseExpression.optional(),
  upperCase: caseExpression.optional(),
  concatenate: z
    .strictObject({ dimensionNames: z.array(z.string()).default([]), delimiter: z.string().default('') })
    .optional(),
});
export const dimension = z.strictObject({
  name: z.string().default(''),
  dimensionExpression: dimensionExpression.optional(),
});
export type DimensionAsked = z.infer<typeof dimension>;
const metric = z.strictObject({
  name: z.string().default(''),
  expression: z.string().optional(),
  invisible: z.boolean().optional(),
});
export type MetricAsked = z.infer<typeof metric>;

const cohortSpec = z.strictObject({
  cohorts: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        dimension: z.string().default(''),
        dateRange: dateRange.optional(),
      }),
    )
    .default([]),
  cohortsRange: z
    .strictObject({
      granularity: enumOf(GRANULARITIES).default('GRANULARITY_UNSPECIFIED'),
      startOffset: z.int().default(0),
      endOffset: z.int().default(0),
    })
    .optional(),
  cohortReportSettings: z.strictObject({ accumulate: z.boolean().default(false) }).optional(),
});
export type CohortSpec = z.infer<typeof cohortSpec>;

const fields = {
  property: z.string().optional(),
  dimensions: z.array(dimension).default([]),
  metrics: z.array(metric).default([]),
  dimensionFilter: filterExpression.optional(),
  metricFilter: filterExpression.optional(),
};

export const reportRequest = z.strictObject({
  ...fields,
  dateRanges: z.array(dateRange).default([]),
  offset: int64.default(0),
  limit: int64.optional(),
  metricAggregations: z.array(enumOf(AGGREGATIONS)).default([]),
  orderBys: z.array(orderBy).default([]),
  currencyCode: z.string().optional(),
  cohortSpec: cohortSpec.optional(),
  comparisons: z.array(z.unknown()).optional(),
  keepEmptyRows: z.boolean().default(false),
  returnPropertyQuota: z.boolean().default(false),
});
export type ReportRequest = z.infer<typeof reportRequest>;

export const batchRequest = z.strictObject({
  property: z.string().optional(),
  requests: z.array(reportRequest).default([]),
});

export const compatibilityRequest = z.strictObject({
  ...fields,
  compatibilityFilter: enumOf(COMPATIBILITIES).default('COMPATIBILITY_UNSPECIFIED'),
});

/** @throws Refusal (400) that names the first member which does not fit */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const where = at === '' ? '' : ` at '${at}'`;
    throw invalid(
      `Invalid JSON payload received. Unknown name "${issue.keys[0]}"${where}: Cannot find field.`,
    );
  }
  throw invalid(`Invalid value at '${at}': ${issue?.message ?? 'it does not fit'}`);
}
