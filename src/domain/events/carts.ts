import type { RecordSets } from '../catalog/record-sets.ts';
import { cohortOf, isInside, periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { groupedBy } from './grouped.ts';
import { eventName, gapMinutes, hours, minCohort, numberParam, passiveEvents, textParam } from './params.ts';
import { cohortRate, type Entrant, notRead, rate } from './rate.ts';
import type { ProductEvent } from './records.ts';
import { sessionsOfEvents } from './sessions.ts';
import { eachOnce, eventsNamed } from './timelines.ts';
import { asRatio, ownTables } from './units.ts';

const hourMs = 3_600_000;

/** Carts that were not bought in time. Carts, not people: whoever signs in on the way to the till keeps the cart. */
function cartAbandonment(params: ParamValues, window: MetricWindow, { events }: RecordSets): Measurement {
  const cohort = cohortOf(window);
  if (events === undefined) return notRead;
  const limitMs = numberParam(params, 'withinHours') * hourMs;
  const bought = eventsByCart(events, params, 'purchaseEvent');
  const entrants: Entrant[] = [];
  for (const [cart, creations] of eventsByCart(events, params, 'cartEvent')) {
    const created = creations.reduce((first, other) => (other.at < first.at ? other : first)).at;
    if (!isInside(created, cohort)) continue;
    const deadlineMs = created.getTime() + limitMs;
    const inTime = bought.get(cart)?.some(({ at }) => at >= created && at.getTime() < deadlineMs) ?? false;
    entrants.push({ deadlineMs, succeeded: !inTime });
  }
  return cohortRate(entrants, cohort.asOfAt, numberParam(params, 'minCohort'));
}

/** The events of a kind by the cart they are about; one that names no cart is about none. */
function eventsByCart(
  events: readonly ProductEvent[],
  params: ParamValues,
  param: 'cartEvent' | 'purchaseEvent',
): Map<string, ProductEvent[]> {
  const wanted = eventsNamed(textParam(params, param));
  const property = textParam(params, 'cartIdProperty');
  const cartOf = (event: ProductEvent) => event.properties[property];
  const named = [...eachOnce(events)].filter(
    (event) => wanted(event) && (typeof cartOf(event) === 'string' || typeof cartOf(event) === 'number'),
  );
  return groupedBy(named, (event) => String(cartOf(event)));
}

/** What shop platforms give: of the sessions in which something was put into a cart, those that bought nothing. */
function sessionCartAbandonment(
  params: ParamValues,
  window: MetricWindow,
  { events }: RecordSets,
): Measurement {
  const span = periodOf(window);
  if (events === undefined) return notRead;
  const added = eventsNamed(textParam(params, 'addToCartEvent'));
  const bought = eventsNamed(textParam(params, 'purchaseEvent'));
  const sessions = sessionsOfEvents(events, params, (event) => added(event) || bought(event));
  const withCart = sessions.filter((own) => own[0] && isInside(own[0].at, span) && own.some(added));
  return rate({
    numerator: withCart.filter((own) => !own.some(bought)).length,
    denominator: withCart.length,
    sampleSize: withCart.length,
    minSample: numberParam(params, 'minCohort'),
  });
}

const shared = {
  stage: 'revenue',
  kind: 'ratio',
  unit: asRatio,
  records: ['events'],
  sources: ['ga4', ...ownTables],
} as const;

export const cartMetrics: readonly CatalogMetric[] = [
  {
    ...shared,
    key: 'cart_abandonment_rate',
    windows: ['cohort'],
    usualWindow: { kind: 'matured_cohort', days: 28 },
    params: {
      cartEvent: eventName,
      purchaseEvent: eventName,
      cartIdProperty: { type: 'text', default: 'cartId' },
      withinHours: hours(24),
      minCohort,
    },
    compute: cartAbandonment,
  },
  {
    ...shared,
    key: 'session_cart_abandonment',
    windows: ['period'],
    usualWindow: { kind: 'trailing', days: 28 },
    params: { addToCartEvent: eventName, purchaseEvent: eventName, gapMinutes, passiveEvents, minCohort },
    compute: sessionCartAbandonment,
  },
];
