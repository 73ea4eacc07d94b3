import { RECORDS_CONNECTOR } from '../app/ingest-records.ts';
import type { ReadOutcome, ReadRequest, Sources } from '../app/ports.ts';
import type { RecordCoverage, RecordStore } from '../app/ports-ingest.ts';
import {
  checkRecordsParams,
  findRecordsMetric,
  optionalKinds,
  REREAD_DAYS,
  recordsInfo,
} from './records-metrics.ts';
import { readPoints } from './records-points.ts';
import { toRecordSets } from './records-sets.ts';

/** More of one kind are not read: they are held in memory while they are counted. */
const MAX_RECORDS = 500_000;
/** Waves of a survey are weeks apart, and their answers hold until the next. */
const SURVEY_STALE_DAYS = 35;
const info = recordsInfo('1');

/** The connectors, and beside them the records that were sent to us, which are measured like any other source. */
export function withRecords(connectors: Sources, store: RecordStore, maxRecords = MAX_RECORDS): Sources {
  const isOurs = (id: string) => id === RECORDS_CONNECTOR;
  return {
    ...connectors,
    list: () => [...connectors.list(), info],
    find: (id) => (isOurs(id) ? info : connectors.find(id)),
    splitConfig(id, config) {
      if (!isOurs(id)) return connectors.splitConfig(id, config);
      const names = Object.keys(config);
      if (names.length === 0) return { ok: true, config: {}, secrets: {} };
      return {
        ok: false,
        problems: [`Records of your own need no settings; leave out ${names.join(', ')}.`],
      };
    },
    allowedHosts: (id, endpoint) => (isOurs(id) ? [] : connectors.allowedHosts(id, endpoint)),
    checkParams(id, key, params) {
      if (!isOurs(id)) return connectors.checkParams(id, key, params);
      const found = findRecordsMetric(key);
      if (found === null) return { ok: false, problems: [`There is no metric "${key}".`] };
      const checked = checkRecordsParams(found.metric, params);
      if (!checked.ok) return checked;
      const { cadence, currency, given, kind, settlesAfterHours } = checked;
      const stale = found.kinds.includes('responses') ? { staleAfterDays: SURVEY_STALE_DAYS } : {};
      return {
        ok: true,
        params: given,
        currency,
        settlesAfterHours,
        rereadDays: REREAD_DAYS,
        kind,
        cadence,
        ...stale,
      };
    },
    async check(connection, signal) {
      if (!isOurs(connection.connectorId)) return connectors.check(connection, signal);
      const coverage = await store.coverage(connection.id);
      const told = coverage.map(
        ({ kind, records, throughDay }) => `${records} ${kind} through ${throughDay}`,
      );
      const warnings = told.length === 0 ? ['Nothing was sent yet: `tidemark records push`.'] : [];
      const account = told.length === 0 ? 'no records' : told.join(', ');
      return { ok: true, account, livemode: null, warnings, exchanges: [] };
    },
    async read(connection, requests, now, signal) {
      if (!isOurs(connection.connectorId)) return connectors.read(connection, requests, now, signal);
      return readAll(store, connection.id, requests, { now, signal, maxRecords });
    },
  };
}

/** Each kind is loaded once, for all that read it. */
async function readAll(
  store: RecordStore,
  connectionId: string,
  requests: ReadRequest[],
  { maxRecords, now, signal }: { now: Date; signal: AbortSignal; maxRecords: number },
): Promise<ReadOutcome[]> {
  const wanted = new Set(
    requests.flatMap(({ metric }) => {
      const found = findRecordsMetric(metric);
      return found === null ? [] : [...found.kinds, ...optionalKinds(found.metric)];
    }),
  );
  const coverage = (await store.coverage(connectionId)).filter(({ kind }) => wanted.has(kind as never)); // of any kind
  const tooMany = coverage.find(({ records }) => records > maxRecords);
  if (tooMany !== undefined) return requests.map(() => tooLarge(tooMany, maxRecords));
  const rows = await store.load(
    connectionId,
    coverage.map(({ kind }) => kind),
  );
  const deliveries = await store.deliveries(connectionId, DELIVERIES_NAMED);
  const sets = toRecordSets(
    rows,
    coverage.map(({ kind }) => kind),
  );
  const outcomes: ReadOutcome[] = [];
  for (const request of requests) {
    outcomes.push(await readPoints(request, { coverage, deliveries, sets, now, signal }));
  }
  return outcomes;
}

/** Newest first, in the notes of the evidence. */
const DELIVERIES_NAMED = 5;

function tooLarge({ kind, records }: RecordCoverage, maxRecords: number): ReadOutcome {
  const message = `There are ${records} ${kind}, and at most ${maxRecords} of a kind are counted.`;
  const hint = 'Divide them over several connections, or send their daily totals as values.';
  return { ok: false, failure: { errorClass: 'too_large', message, hint, afterMs: null }, exchanges: [] };
}
