import { COST_METRICS } from './catalog-metrics.ts';
import type { Plan } from './plan.ts';
import type { Property } from './property.ts';
import type { Ga4Quirks } from './quirks.ts';
import type { Part } from './report.ts';

/** What an answer says about itself: only what is so is said. */
export function metadataOf(plan: Plan, parts: readonly Part[], property: Property, isShort: boolean) {
  const { timeZone, quirks } = property;
  const isSampled = parts.some(({ sampled }) => sampled < 1);
  return {
    currencyCode: plan.currencyCode,
    timeZone,
    ...(parts.some(({ hasOther }) => hasOther) ? { dataLossFromOtherRow: true } : {}),
    ...(isShort ? { subjectToThresholding: true } : {}),
    ...(isSampled ? { samplingMetadatas: parts.map(samplingOf) } : {}),
    ...restrictionsOf(plan, quirks),
    ...truncationOf(plan, quirks),
    ...(parts.every(({ hitCount }) => hitCount === 0)
      ? { emptyReason: 'No data was collected for the requested date range.' }
      : {}),
  };
}

export function samplingOf({ hitCount, sampled }: Pick<Part, 'hitCount' | 'sampled'>) {
  return { samplesReadCount: String(Math.round(hitCount * sampled)), samplingSpaceSize: String(hitCount) };
}

function restrictionsOf(plan: Plan, { restrictedMetrics = [] }: Ga4Quirks) {
  const restricted = plan.sources.filter((metric) => restrictedMetrics.includes(metric));
  if (restricted.length === 0) return {};
  const activeMetricRestrictions = restricted.map((metricName) => ({
    metricName,
    restrictedMetricTypes: [COST_METRICS.includes(metricName) ? 'COST_DATA' : 'REVENUE_DATA'],
  }));
  return { schemaRestrictionResponse: { activeMetricRestrictions } };
}

/** Said where the report reaches back to days whose data is gone by policy. */
function truncationOf({ ranges }: Plan, { truncation }: Ga4Quirks) {
  if (truncation === undefined || !ranges.some(({ startDay }) => startDay < truncation.date)) return {};
  const { type, message, date } = truncation;
  const reason = {
    dataTruncationType: `DATA_TRUNCATION_TYPE_${type}`,
    dataTruncationMessage: message,
    dataTruncationDate: date,
  };
  return { dataTruncationReasons: [reason] };
}
