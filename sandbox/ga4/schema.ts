import { fieldsAsked, sourcesOf } from './asked-fields.ts';
import { DIMENSIONS, METRICS } from './catalog.ts';
import { COST_METRICS } from './catalog-metrics.ts';
import { misfit } from './names.ts';
import type { Ga4Quirks } from './quirks.ts';
import { compatibilityRequest, parseRequest } from './request.ts';

/** The catalogue of one property; property 0 is the one that all have in common. */
export function metadata(propertyId: string, { restrictedMetrics = [] }: Ga4Quirks): unknown {
  const isListed = ({ customDefinition }: { customDefinition?: boolean }) =>
    propertyId !== '0' || customDefinition !== true;
  const reason = (apiName: string) =>
    COST_METRICS.includes(apiName) ? 'NO_COST_METRICS' : 'NO_REVENUE_METRICS';
  return {
    name: `properties/${propertyId}/metadata`,
    dimensions: DIMENSIONS.filter(isListed),
    metrics: METRICS.filter(isListed).map((metric) => ({
      ...metric,
      ...(restrictedMetrics.includes(metric.apiName) ? { blockedReasons: [reason(metric.apiName)] } : {}),
    })),
  };
}

/** What could be added to a report. @throws Refusal (400) when it does not even fit together without */
export function compatibility(body: unknown): unknown {
  const request = parseRequest(compatibilityRequest, body);
  const { columns, figures } = fieldsAsked(request);
  const [dimensions, metrics] = [sourcesOf(columns), sourcesOf(figures)];
  const verdict = (isMisfit: boolean) => (isMisfit ? 'INCOMPATIBLE' : 'COMPATIBLE');
  const wanted = ({ compatibility: found }: { compatibility: string }) =>
    request.compatibilityFilter === 'COMPATIBILITY_UNSPECIFIED' || request.compatibilityFilter === found;
  return {
    dimensionCompatibilities: DIMENSIONS.map((dimensionMetadata) => ({
      dimensionMetadata,
      compatibility: verdict(misfit([...dimensions, dimensionMetadata.apiName], metrics) !== null),
    })).filter(wanted),
    metricCompatibilities: METRICS.map((metricMetadata) => ({
      metricMetadata,
      compatibility: verdict(misfit(dimensions, [...metrics, metricMetadata.apiName]) !== null),
    })).filter(wanted),
  };
}
