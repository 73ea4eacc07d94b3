import { KEY_EVENTS } from '../model/activity.ts';
import { DIMENSIONS } from './catalog-dimensions.ts';
import { CURRENCY_METRICS, KEY_EVENT_METRICS, PLAIN_METRICS } from './catalog-metrics.ts';

export type MetricType = 'TYPE_INTEGER' | 'TYPE_FLOAT' | 'TYPE_SECONDS' | 'TYPE_STANDARD' | 'TYPE_CURRENCY';

type Named = {
  apiName: string;
  uiName: string;
  description: string;
  category: string;
  deprecatedApiNames?: readonly string[];
  customDefinition?: boolean;
};

export type DimensionInfo = Named;
export type MetricInfo = Named & { type: MetricType; expression?: string };

export { DIMENSIONS };

/** Every metric of the property: Google's, one of each rate for each key event, and a custom one. */
export const METRICS: readonly MetricInfo[] = [
  ...PLAIN_METRICS,
  ...CURRENCY_METRICS,
  ...KEY_EVENT_METRICS,
  ...KEY_EVENT_METRICS.flatMap(({ apiName, uiName, description, category, type }) =>
    KEY_EVENTS.map((event) => ({
      apiName: `${apiName}:${event}`,
      uiName: `${uiName} for ${event}`,
      description,
      category,
      type,
      customDefinition: true,
    })),
  ),
  {
    apiName: 'customEvent:score',
    uiName: 'score',
    description: 'Sum of an event parameter that is a number.',
    category: 'Custom',
    type: 'TYPE_STANDARD',
    customDefinition: true,
  },
];
