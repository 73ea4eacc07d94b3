import { DIMENSIONS, METRICS } from './catalog.ts';
import { misfit } from './names.ts';
import { fieldsAsked } from './plan.ts';
import type { Ga4Quirks } from './quirks.ts';
import { compatibilityRequest, parseRequest } from './request.ts';

/** The catalogue of one property; property 0 is the one that all have in common. */
export function metadata(propertyId: string, { restrictedMetrics = [] }: Ga4Quirks): unknown {
  const isCommon = propertyId === '0';
  return {
    name: `properties/${propertyId}/metadata`,
    dimensions: DIMENSIONS,
    metrics: METRICS.filter(({ customDefinition }) => !isCommon || customDefinition !== true).map(
      (metric) => ({
        ...metric,
        ...(restrictedMetrics.includes(metric.apiName) ? { blockedReasons: ['NO_REVENUE_METRICS'] } : {}),
      }),
    ),
  };
}

/** What could be added to a report. @throws Refusal (400) when it does not even fit together without */
export function compatibility(body: unknown): unknown {
  const request = parseRequest(compatibilityRequest, body);
  const asked = fieldsAsked(request);
  const metrics = asked.metrics.map(({ apiName }) => apiName);
  const verdict = (isMisfit: boolean) => (isMisfit ? 'INCOMPATIBLE' : 'COMPATIBLE');
  const wanted = ({ compatibility: found }: { compatibility: string }) =>
    request.compatibilityFilter === 'COMPATIBILITY_UNSPECIFIED' || request.compatibilityFilter === found;
  return {
    dimensionCompatibilities: DIMENSIONS.map((dimensionMetadata) => ({
      dimensionMetadata,
      compatibility: verdict(misfit([...asked.dimensions, dimensionMetadata.apiName], metrics) !== null),
    })).filter(wanted),
    metricCompatibilities: METRICS.map((metricMetadata) => ({
      metricMetadata,
      compatibility: verdict(misfit(asked.dimensions, [...metrics, metricMetadata.apiName]) !== null),
    })).filter(wanted),
  };
}
