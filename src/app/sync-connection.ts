import { addDays } from '../domain/day.ts';
import { type ErrorClass, retryDecision } from '../domain/retry.ts';
import type { MetricRecord, ReadFailure, Reading, ReadOutcome, ReadRequest, Sources } from './ports.ts';
import type { Mirrored } from './ports-billing.ts';
import { readWindow } from './read-window.ts';
import type { MetricOutcome, RunContext, RunEnding } from './run-outcome.ts';

export type SyncResult = {
  outcomes: MetricOutcome[];
  ending: RunEnding;
  error: { class: ErrorClass; message: string } | null;
  /** Requests beside those that the outcomes list. */
  unlisted: number;
};

type Known = Pick<RunContext, 'connection' | 'metrics' | 'history' | 'lastNonZeroDays' | 'takenBack'> &
  Partial<Pick<RunContext, 'probing'>>;

/**
 * Reads what is due on one connection, and decides what follows when something failed. Writes nothing.
 *
 * @param mirrored how the ledger was brought up to date before, where there is one: evidence of every metric, and a
 *   failure of all of them when it did not get through
 */
export async function syncConnection(
  sources: Sources,
  { connection, metrics, history, lastNonZeroDays, takenBack, probing = false }: Known,
  now: Date,
  signal: AbortSignal,
  mirrored: Mirrored | null = null,
): Promise<SyncResult> {
  const windows = metrics.map((metric) => readWindow(metric, now));
  const requests = metrics.map((metric, index) => ({
    metric: metric.connectorMetric,
    params: metric.params,
    timeZone: metric.timeZone,
    ...(windows[index] as { startDay: string; endDay: string }), // one window a metric, in the same order
  }));
  const stopped = mirrored?.failure ?? null;
  const isStopped = (metric: string): boolean => stopped !== null && standsOn(mirrored, metric);
  const asked = requests.filter(({ metric }) => !isStopped(metric));
  const read = await ask((requests) => sources.read(connection, requests, now, signal), asked, probing);
  const answers = requests.map(
    (request): ReadOutcome =>
      stopped !== null && isStopped(request.metric)
        ? { ok: false, failure: stopped, exchanges: [] }
        : (read[asked.indexOf(request)] as ReadOutcome), // one answer a request, in the same order
  );
  const reads = metrics.map((metric, index) =>
    refuseEmptied(
      answers[index] as ReadOutcome, // one answer a request, in the same order
      metric,
      (windows[index] as { startDay: string }).startDay,
      lastNonZeroDays.get(metric.versionId) ?? null,
    ),
  );
  const connectorVersion = sources.find(connection.connectorId)?.version ?? 'unknown';
  const outcomes = metrics.map((metric, index): MetricOutcome => {
    const read = reads[index] as ReadOutcome;
    const before = standsOn(mirrored, metric.connectorMetric) ? mirrored : null;
    const base = {
      metricVersionId: metric.versionId,
      definitionHash: metric.definitionHash,
      takenBack: takenBack.get(metric.versionId) ?? 0,
      connectorVersion,
      window: windows[index] as { startDay: string; endDay: string },
      exchanges: [...(before?.exchanges ?? []), ...read.exchanges],
    };
    return read.ok
      ? { ...base, ok: true, reading: noted(read.reading, before) }
      : { ...base, ok: false, errorClass: read.failure.errorClass, message: read.failure.message };
  });
  const worst = worstFailure(reads);
  // Where nothing was due, no outcome lists what the mirror asked for.
  const alone = outcomes.length === 0 ? (mirrored?.exchanges.length ?? 0) : 0;
  const unlisted = (mirrored?.unlisted ?? 0) + alone;
  if (worst === null) return { outcomes, ending: { status: 'succeeded' }, error: null, unlisted };
  const error = { class: worst.errorClass as ErrorClass, message: worst.message };
  return { outcomes, ending: endingAfter(error.class, worst, history), error, unlisted };
}

/** Where nobody has answered for long, one request finds out whether somebody does again. */
async function ask(
  read: (requests: ReadRequest[]) => Promise<ReadOutcome[]>,
  requests: ReadRequest[],
  probing: boolean,
): Promise<ReadOutcome[]> {
  if (requests.length === 0) return [];
  if (!probing) return read(requests);
  const [probe] = await read(requests.slice(0, 1));
  if (probe === undefined) throw new Error('a request was not answered');
  const others = requests.slice(1);
  if (probe.ok || probe.failure.errorClass !== 'transient')
    return [probe, ...(others.length === 0 ? [] : await read(others))];
  return requests.map((_, index) => (index === 0 ? probe : { ...probe, exchanges: [] }));
}

function standsOn(mirrored: Mirrored | null, metric: string): boolean {
  return mirrored?.metrics === undefined || mirrored.metrics.includes(metric);
}

function noted(reading: Reading, mirrored: Mirrored | null): Reading {
  if (mirrored === null || mirrored.notes.length === 0) return reading;
  const { completeness } = reading;
  return {
    ...reading,
    completeness: { ...completeness, notes: [...mirrored.notes, ...completeness.notes] },
  };
}

/** How long a metric without a past, such as a stock that is read for today only, vouches for its last value. */
const VOUCHED_DAYS = 7;

/**
 * A provider that has lost its objects, or hides them from a narrowed key, answers with a well-formed empty list, and
 * every day of it would read as zero. Where the same days held something before, that is a failure, not a measurement.
 */
function refuseEmptied(
  read: ReadOutcome,
  metric: MetricRecord,
  startDay: string,
  lastNonZeroDay: string | null,
): ReadOutcome {
  if (!read.ok || read.reading.completeness.items > 0 || read.reading.points.length === 0) return read;
  const since = metric.history === 'from_now' ? addDays(startDay, -VOUCHED_DAYS) : startDay;
  if (lastNonZeroDay === null || lastNonZeroDay < since) return read;
  const message =
    `The answer for "${metric.title}" holds no objects at all, but objects were expected: ` +
    `the value of ${lastNonZeroDay} is not zero. Nothing was stored.`;
  const failure = { errorClass: 'bad_payload', message, hint: null, afterMs: null };
  return { ok: false, failure, exchanges: read.exchanges };
}

/** When metrics fail in different ways, the one that somebody has to act on decides. */
const GRAVITY: readonly string[] = [
  'transient',
  'rate_limited',
  'bad_payload',
  'bug',
  'schema_drift',
  'too_large',
  'blocked_destination',
  'config',
  'auth',
];

/**
 * What the run ends with. Where others were read, a failure that concerns one metric alone is told in that metric's
 * evidence: neither a retry nor a pause of the connection would help it, and both would harm the others.
 */
function worstFailure(reads: ReadOutcome[]): ReadFailure | null {
  const anyRead = reads.some((read) => read.ok);
  const failures = reads
    .flatMap((read) => (read.ok ? [] : [read.failure]))
    .filter(({ concerns }) => !anyRead || concerns !== 'metric');
  return (
    failures.toSorted((a, b) => GRAVITY.indexOf(b.errorClass) - GRAVITY.indexOf(a.errorClass))[0] ?? null
  );
}

export function endingAfter(
  errorClass: ErrorClass,
  failure: Pick<ReadFailure, 'afterMs' | 'hint'>,
  history: RunContext['history'],
): RunEnding {
  const decision = retryDecision({
    errorClass,
    attempt: history.failures + 1,
    afterMs: failure.afterMs,
    random: Math.random(),
    previousErrorClass:
      history.failures === 0 ? null : ((history.lastErrorClass ?? errorClass) as ErrorClass),
    limitedCount: history.limitedCount,
    limitedForMs: history.limitedForMs,
    nextSlotInMs: history.nextSlotInMs,
  });
  switch (decision.action) {
    case 'retry':
      return {
        status: 'queued',
        delayMs: decision.delayMs,
        countsAsFailure: decision.usesAttempt,
        blockConnection: decision.pausesConnection,
      };
    case 'owner':
      return { status: 'failed', connectionState: decision.connectionState, hint: failure.hint };
    case 'give_up':
      return { status: decision.outcome, connectionState: null, hint: failure.hint };
  }
}
