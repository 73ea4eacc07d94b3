import { adoptEvents } from '../app/adopt-events.ts';
import { RECORDS_CONNECTOR } from '../app/ingest-records.ts';
import type { ReadOutcome, ReadRequest, Sources } from '../app/ports.ts';
import type { IngestRecord, RecordCoverage, RecordStore } from '../app/ports-ingest.ts';
import { isCompiled } from '../event-sql/index.ts';
import { answeredBy } from './answered-by.ts';
import { readEventPoints } from './events-points.ts';
import type { EventDeps } from './events-source.ts';
import {
  checkRecordsParams,
  findRecordsMetric,
  optionalKinds,
  REREAD_DAYS,
  recordsInfo,
} from './records-metrics.ts';
import { completenessOf, kindsInUse, readPoints, throughOf } from './records-points.ts';
import { toRecordSets } from './records-sets.ts';

/** More of one kind are not read: they are held in memory while they are counted. */
const MAX_RECORDS = 500_000;
/** Waves of a survey are weeks apart, and their answers hold until the next. */
const SURVEY_STALE_DAYS = 35;
const info = recordsInfo('1');

/** The connectors, and beside them the records that were sent to us, which are measured like any other source. */
export function withRecords(
  connectors: Sources,
  store: RecordStore,
  events: EventDeps,
  maxRecords = MAX_RECORDS,
): Sources {
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
    allowedHosts: (id, endpoint, config) => (isOurs(id) ? [] : connectors.allowedHosts(id, endpoint, config)),
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
    async check(connection, signal, secrets) {
      if (!isOurs(connection.connectorId)) return connectors.check(connection, signal, secrets);
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
      return readAll(store, events, connection.id, requests, { now, signal, maxRecords });
    },
  };
}

/** Metrics over events are measured where the events are; of the others each kind is loaded once, for all that read it. */
async function readAll(
  store: RecordStore,
  events: EventDeps,
  connectionId: string,
  requests: ReadRequest[],
  { maxRecords, now, signal }: { now: Date; signal: AbortSignal; maxRecords: number },
): Promise<ReadOutcome[]> {
  await adoptEvents({ ...events, records: store }, connectionId, signal);
  const told = await store.coverage(connectionId);
  const isOfEvents = ({ metric }: ReadRequest): boolean => {
    const found = findRecordsMetric(metric);
    return found !== null && isCompiled(metric) && kindsInUse(found, told).join() === 'events';
  };
  const deliveries = await store.deliveries(connectionId, DELIVERIES_NAMED);
  const known = { told, deliveries, now, signal };
  return answeredBy(
    requests,
    isOfEvents,
    (stored) => measureEvents(events, connectionId, stored, known),
    (loaded) => readLoaded(store, connectionId, loaded, { ...known, maxRecords }),
  );
}

type Told = {
  told: readonly RecordCoverage[];
  deliveries: readonly IngestRecord[];
  now: Date;
  signal: AbortSignal;
};

async function measureEvents(
  { files, listings }: EventDeps,
  connectionId: string,
  requests: readonly ReadRequest[],
  { deliveries, now, signal, told }: Told,
): Promise<ReadOutcome[]> {
  const throughDay = throughOf(['events'], told);
  const { notes } = completenessOf(['events'], { coverage: told, deliveries });
  const asked = requests.flatMap((request) => {
    const found = findRecordsMetric(request.metric);
    return found === null ? [] : [{ request, found, throughDay, notes }];
  });
  const listing = await listings.current(connectionId);
  return readEventPoints(asked, { files, listing, now, signal });
}

async function readLoaded(
  store: RecordStore,
  connectionId: string,
  requests: readonly ReadRequest[],
  { deliveries, maxRecords, now, signal, told }: Told & { maxRecords: number },
): Promise<ReadOutcome[]> {
  const wanted = new Set(
    requests.flatMap(({ metric }) => {
      const found = findRecordsMetric(metric);
      return found === null ? [] : [...kindsInUse(found, told), ...optionalKinds(found.metric)];
    }),
  );
  const coverage = told.filter(({ kind }) => wanted.has(kind as never)); // of any kind
  const tooMany = coverage.find(({ records }) => records > maxRecords);
  if (tooMany !== undefined) return requests.map(() => tooLarge(tooMany, maxRecords));
  const kinds = coverage.map(({ kind }) => kind);
  const sets = toRecordSets(await store.load(connectionId, kinds), kinds);
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
