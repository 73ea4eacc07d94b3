import { queryOptions } from '@tanstack/react-query';
import { call, callAll, callVersioned } from './api.ts';

/** What set-up and settings read. */

/** For the label of a workspace that shows the sandbox: connections change seldom. */
export const connectionsOfShell = queryOptions({
  queryKey: ['connections', 'shell'],
  queryFn: ({ signal }) => callAll('listConnections', { signal }),
  staleTime: 60_000,
  retry: false,
});

/** With its version: a change says which one it means. */
export const workspaceQuery = (id: string) =>
  queryOptions({
    queryKey: ['workspace', id],
    queryFn: ({ signal }) => callVersioned('getWorkspace', { params: { id }, signal }),
    // A form is filled from it once; somebody else's change is told when this one is saved.
    refetchOnWindowFocus: false,
  });

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => callAll('listMembers', { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => callAll('listTokens', { signal }),
});

export const cyclesQuery = queryOptions({
  queryKey: ['cycles'],
  queryFn: ({ signal }) => callAll('listCycles', { signal }),
});

export const scorecardQuery = (cycle: string) =>
  queryOptions({
    queryKey: ['scorecard', cycle],
    queryFn: ({ signal }) => call('getScorecard', { params: { id: cycle }, signal }),
  });

export type AuditFilter = {
  actor: string | null;
  objectType: string | null;
  from: string | null;
  cursor: string | null;
};

export const AUDIT_LINES = 50;

export const auditLogQuery = ({ actor, cursor, from, objectType }: AuditFilter) =>
  queryOptions({
    queryKey: ['audit-log', actor, objectType, from, cursor],
    queryFn: ({ signal }) =>
      call('listAuditLog', { query: { limit: AUDIT_LINES, actor, objectType, from, cursor }, signal }),
  });

export const objectivesQuery = queryOptions({
  queryKey: ['objectives'],
  queryFn: ({ signal }) => callAll('listObjectives', { signal }),
});

/** How far a workspace has come. Read again every few seconds: the first numbers arrive while one looks. */
export const firstStepsQuery = queryOptions({
  queryKey: ['first-steps'],
  queryFn: async ({ signal }) => {
    const [cycles, connections, keyResults] = await Promise.all([
      callAll('listCycles', { signal }),
      callAll('listConnections', { signal }),
      call('listKeyResults', { query: { limit: 20 }, signal }),
    ]);
    return { cycles, connections, keyResults: keyResults.data };
  },
  refetchInterval: 3_000,
});

/** Connections that can measure a metric of the catalogue, each under its own name. */
export const catalogOffersQuery = (metric: string) =>
  queryOptions({
    queryKey: ['catalog-offers', metric],
    queryFn: async ({ signal }) =>
      (await call('getCatalogEntry', { params: { id: metric }, signal })).measurable,
  });
