import type { CheckInRecord, IngestOutcome, RecordCoverage } from '../app/ports-ingest.ts';
import type { KeyResultView } from '../app/read-board.ts';
import { noiseOf } from '../domain/surveys/noise.ts';

/** What was brought, in the shapes of the contract. */

export function ingestView({ ingest, replayed }: IngestOutcome) {
  const { workspaceId: _workspace, receivedAt, ...rest } = ingest;
  return { ...rest, receivedAt: receivedAt.toISOString(), replayed };
}

export function checkInView({ createdAt, ...checkIn }: CheckInRecord) {
  return { ...checkIn, createdAt: createdAt.toISOString() };
}

export function coverageView({ firstAt, lastAt, toldAt, ...coverage }: RecordCoverage) {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return { ...coverage, firstAt: iso(firstAt), lastAt: iso(lastAt), toldAt: iso(toldAt) };
}

export function trackingRow({ metric, state }: KeyResultView) {
  return {
    tracking: trackingOf(metric?.source ?? null),
    sample: state === null || state.sample === null ? null : sampleOf(state.sample, state),
  };
}

/** A Key Result without a metric is told by people, if by anybody. */
function trackingOf(source: NonNullable<KeyResultView['metric']>['source'] | null) {
  switch (source) {
    case 'connector':
    case 'formula':
      return 'automatic' as const;
    case 'values':
      return 'pushed' as const;
    case 'check_in':
    case null:
      return 'check_in' as const;
  }
}

type State = NonNullable<KeyResultView['state']>;

function sampleOf(sample: NonNullable<State['sample']>, { currentValue, startValue, targetValue }: State) {
  const { level, lower, upper } = sample;
  const isNoise = (from: number | null, to: number | null): boolean | null => {
    if (from === null || to === null || currentValue === null) return null;
    if (lower === null || upper === null || level === null) return null;
    return (
      noiseOf(from, to, { value: currentValue, interval: { lower, upper, level } })?.isWithinNoise ?? null
    );
  };
  return {
    ...sample,
    goalWithinNoise: isNoise(startValue, targetValue),
    changeWithinNoise: isNoise(startValue, currentValue),
  };
}
