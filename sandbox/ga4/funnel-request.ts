import { z } from 'zod';
import { conditions, dateRange, dimension, enumOf, filterExpression, int64 } from './request.ts';

const VISUALIZATIONS = {
  FUNNEL_VISUALIZATION_TYPE_UNSPECIFIED: 0,
  STANDARD_FUNNEL: 1,
  TRENDED_FUNNEL: 2,
} as const;

/** JSON says "3600s"; gRPC decodes to seconds and nanos. */
const duration = z.union([
  z
    .string()
    .regex(/^\d+(\.\d{1,9})?s$/)
    .transform((text) => Number(text.slice(0, -1))),
  z
    .strictObject({ seconds: int64.default(0), nanos: z.int().default(0) })
    .transform(({ seconds, nanos }) => seconds + nanos / 1e9),
]);

const fieldFilter = z.strictObject({ fieldName: z.string().default(''), ...conditions });
const parameterFilter = z.strictObject({
  eventParameterName: z.string().optional(),
  itemParameterName: z.string().optional(),
  ...conditions,
});
export type ParameterFilter = z.infer<typeof parameterFilter>;

export type ParameterExpression = {
  andGroup?: { expressions: ParameterExpression[] } | undefined;
  orGroup?: { expressions: ParameterExpression[] } | undefined;
  notExpression?: ParameterExpression | undefined;
  funnelParameterFilter?: ParameterFilter | undefined;
};
const parameterExpression: z.ZodType<ParameterExpression> = z.lazy(() => {
  const group = z.strictObject({ expressions: z.array(parameterExpression).default([]) });
  return z.strictObject({
    andGroup: group.optional(),
    orGroup: group.optional(),
    notExpression: parameterExpression.optional(),
    funnelParameterFilter: parameterFilter.optional(),
  });
});

const eventFilter = z.strictObject({
  eventName: z.string().optional(),
  funnelParameterFilterExpression: parameterExpression.optional(),
});

export type StepExpression = {
  andGroup?: { expressions: StepExpression[] } | undefined;
  orGroup?: { expressions: StepExpression[] } | undefined;
  notExpression?: StepExpression | undefined;
  funnelFieldFilter?: z.infer<typeof fieldFilter> | undefined;
  funnelEventFilter?: z.infer<typeof eventFilter> | undefined;
};
const stepExpression: z.ZodType<StepExpression> = z.lazy(() => {
  const group = z.strictObject({ expressions: z.array(stepExpression).default([]) });
  return z.strictObject({
    andGroup: group.optional(),
    orGroup: group.optional(),
    notExpression: stepExpression.optional(),
    funnelFieldFilter: fieldFilter.optional(),
    funnelEventFilter: eventFilter.optional(),
  });
});

export const funnelRequest = z.strictObject({
  property: z.string().optional(),
  dateRanges: z.array(dateRange).default([]),
  funnel: z
    .strictObject({
      isOpenFunnel: z.boolean().default(false),
      steps: z
        .array(
          z.strictObject({
            name: z.string().default(''),
            isDirectlyFollowedBy: z.boolean().default(false),
            withinDurationFromPriorStep: duration.optional(),
            filterExpression: stepExpression.optional(),
          }),
        )
        .default([]),
    })
    .optional(),
  funnelBreakdown: z
    .strictObject({ breakdownDimension: dimension.optional(), limit: int64.optional() })
    .optional(),
  funnelNextAction: z.unknown().optional(),
  funnelVisualizationType: enumOf(VISUALIZATIONS).default('FUNNEL_VISUALIZATION_TYPE_UNSPECIFIED'),
  segments: z.array(z.unknown()).default([]),
  limit: int64.optional(),
  dimensionFilter: filterExpression.optional(),
  returnPropertyQuota: z.boolean().default(false),
});
export type FunnelRequest = z.infer<typeof funnelRequest>;
