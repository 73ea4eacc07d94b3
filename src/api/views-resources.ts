import type { KeyResultRecord, KeyResultStateRecord, MetricRecord } from '../app/ports.ts';
import type { AuditLine, RunEvidence } from '../app/ports-resources.ts';
import { chanceBefore } from '../domain/chance.ts';

/** Stored records in the shapes of the contract. */

export function bindingView(keyResult: KeyResultRecord, metric: MetricRecord) {
  return {
    id: keyResult.id,
    keyResultKey: keyResult.key,
    metricId: metric.id,
    metricKey: metric.key,
    metricVersionId: metric.versionId,
    version: metric.version,
    source: metric.source,
    connectionKey: metric.connectionKey === '' ? null : metric.connectionKey,
  };
}

/** As the last evaluation has kept it: nothing is forecast anew because somebody looks. */
export function outlookView(
  { currency, id, key, unit }: KeyResultRecord,
  state: KeyResultStateRecord | null,
) {
  const of = { keyResultId: id, keyResultKey: key, unit, currency };
  const outlook = state?.outlook ?? null;
  if (outlook === null) return { ...of, chance: null, forecast: null, noForecast: 'not_evaluated' as const };
  const { chance, forecast } = outlook;
  const told =
    chance === null
      ? null
      : {
          asOfDay: chance.asOfDay,
          smoothed: chance.smoothed,
          latest: chance.raw,
          weekAgo: chanceBefore(chance, 7),
          band: chance.band,
        };
  if (!forecast.available) return { ...of, chance: told, forecast: null, noForecast: forecast.why };
  const { available: _, fan, ...rest } = forecast;
  const days = fan.map(([day, p10, p50, p90]) => ({ day, p10, p50, p90 }));
  return { ...of, chance: told, forecast: { ...rest, days }, noForecast: null };
}

export function runEvidenceView({
  errorClass,
  errorMessage,
  pointsChanged,
  pointsRead,
  recordedAt,
  ...evidence
}: RunEvidence) {
  return {
    ...evidence,
    recordedAt: recordedAt.toISOString(),
    error: errorClass === null ? null : { class: errorClass, message: errorMessage ?? '' },
    points: { read: pointsRead, changed: pointsChanged },
  };
}

export function auditLineView({ at, ...line }: AuditLine) {
  return { ...line, at: at.toISOString() };
}
