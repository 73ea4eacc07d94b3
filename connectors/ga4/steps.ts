import type { protos } from '@google-analytics/data';
import { type Filter, isExactly, parseFilter } from './filter.ts';
import { FilterError, quoted } from './filter-text.ts';

type StepExpression = protos.google.analytics.data.v1alpha.IFunnelFilterExpression;
type ParameterExpression = protos.google.analytics.data.v1alpha.IFunnelParameterFilterExpression;

/** One step of a funnel: an event, and what its parameters have to be. */
export type Step = { event: string; where: Filter | null };

const STEP = /^([A-Za-z]\w{0,39})(?:\s+where\s+(.+))?$/is;

/**
 * A step as people write it: `sign_up`, or `purchase where value > 50 and coupon is not empty`.
 *
 * @throws FilterError with the sentence for its owner
 */
export function parseStep(text: string): Step {
  const [, event, where] = STEP.exec(text.trim()) ?? [];
  if (event === undefined) {
    throw new FilterError(
      `The step ${quoted(text)} is no event: write its name, and after "where" what its parameters are.`,
    );
  }
  const parsed = where === undefined ? null : parseFilter(where);
  if (parsed !== null) parameters(parsed);
  return { event, where: parsed };
}

/** What the Data API is asked for a step. `dayLabel` (YYYYMMDD) lets people enter on that day only. */
export function stepExpression({ event, where }: Step, dayLabel: string | null): StepExpression {
  const isEvent: StepExpression = {
    funnelEventFilter: {
      eventName: event,
      ...(where === null ? {} : { funnelParameterFilterExpression: parameters(where) }),
    },
  };
  if (dayLabel === null) return isEvent;
  const onDay = isExactly('date', dayLabel);
  return {
    andGroup: { expressions: [isEvent, ...('filter' in onDay ? [{ funnelFieldFilter: onDay.filter }] : [])] },
  };
}

/** The same conditions on parameters of the event, which the Data API names and nests otherwise. */
function parameters(filter: Filter): ParameterExpression {
  if ('andGroup' in filter) return { andGroup: { expressions: filter.andGroup.expressions.map(parameters) } };
  if ('orGroup' in filter) return { orGroup: { expressions: filter.orGroup.expressions.map(parameters) } };
  if ('notExpression' in filter) return { notExpression: parameters(filter.notExpression) };
  const { fieldName, ...compared } = filter.filter;
  if ('emptyFilter' in compared) {
    throw new FilterError(
      `A step of a funnel cannot ask whether ${fieldName} is empty; compare it with a value.`,
    );
  }
  return { funnelParameterFilter: { eventParameterName: fieldName, ...compared } };
}
