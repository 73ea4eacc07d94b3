import { queryOptions } from '@tanstack/react-query';
import type { Answer } from '../api/client-types.ts';
import { call, callAll, callVersioned } from './api.ts';

export type Connection = Answer<'getConnection'>;
export type Connector = Answer<'listConnectors'>['data'][number];
export type Run = Answer<'getRun'>;
export type ConnectionMetric = Answer<'listMetrics'>['data'][number];
export type BoundKeyResult = Answer<'listKeyResults'>['data'][number];
export type Coverage = Answer<'listCoverage'>['data'][number];
export type Budget = Answer<'listBudgets'>['data'][number];
export type Checked = Answer<'checkConnection'>;
export type Member = Answer<'listMembers'>['data'][number];

const REFRESH_MS = 15_000;
/** While something is under way it is looked at more often, for lines that hear no events. */
const BUSY_MS = 1_500;
/** As many syncs make up the health of a connection. */
export const HEALTH_RUNS = 20;
const RUNS_A_PAGE = 25;

export const isUnderWay = ({ status }: Run): boolean => status === 'queued' || status === 'running';

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => callAll('listConnections', { signal }),
  refetchInterval: REFRESH_MS,
});

/** With its version, which a change has to name. */
export const connectionQuery = (key: string) =>
  queryOptions({
    queryKey: ['connection', key],
    queryFn: ({ signal }) => callVersioned('getConnection', { params: { id: key }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => callAll('listConnectors', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The newest syncs, enough for its health. */
export const healthQuery = (key: string) =>
  queryOptions({
    queryKey: ['connection-health', key],
    queryFn: async ({ signal }) =>
      (await call('listRuns', { query: { connection: key, limit: HEALTH_RUNS }, signal })).data,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? BUSY_MS : REFRESH_MS),
  });

/** One page of the syncs; `after` is where the page before ended. */
export const runsQuery = (key: string, after: string | null) =>
  queryOptions({
    queryKey: ['connection-runs', key, after],
    queryFn: ({ signal }) =>
      call('listRuns', { query: { connection: key, limit: RUNS_A_PAGE, cursor: after }, signal }),
    refetchInterval: ({ state }) => (state.data?.data.some(isUnderWay) === true ? BUSY_MS : REFRESH_MS),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => call('getRun', { params: { id }, signal }),
    refetchInterval: ({ state }) =>
      state.data === undefined || isUnderWay(state.data) ? 1_000 : (false as const),
  });

export const runEvidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['run-evidence', id],
    queryFn: ({ signal }) => callAll('listRunEvidence', { params: { id }, signal }),
  });

export const metricsQuery = queryOptions({
  queryKey: ['metrics'],
  queryFn: ({ signal }) => callAll('listMetrics', { signal }),
});

/** Those that are measured on any connection; `source` says on which. */
export const boundQuery = queryOptions({
  queryKey: ['key-results-of-connections'],
  queryFn: ({ signal }) => callAll('listKeyResults', { signal }),
  refetchInterval: REFRESH_MS,
});

export const coverageQuery = (key: string) =>
  queryOptions({
    queryKey: ['coverage', key],
    queryFn: ({ signal }) => callAll('listCoverage', { params: { id: key }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const budgetsQuery = (key: string) =>
  queryOptions({
    queryKey: ['budgets', key],
    queryFn: ({ signal }) => callAll('listBudgets', { params: { id: key }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const recordsQuery = (key: string) =>
  queryOptions({
    queryKey: ['records', key],
    queryFn: ({ signal }) => callAll('listRecords', { params: { id: key }, signal }),
  });

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => callAll('listMembers', { signal }),
});

/** The channel by which progress is written back through a connection; null before somebody has switched it on. */
export const writeBackQuery = (key: string) =>
  queryOptions({
    queryKey: ['write-back', key],
    queryFn: async ({ signal }) => {
      const channels = await callAll('listChannels', { query: { kind: 'mixpanel' }, signal });
      return channels.find((channel) => channel.key === `write-back.${key}`) ?? null;
    },
  });
