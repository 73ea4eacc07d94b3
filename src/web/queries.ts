import { QueryClient, queryOptions } from '@tanstack/react-query';
import {
  ApiError,
  getCheckIns,
  getExplanation,
  getHints,
  getKeyResult,
  getMovements,
  type LiveEvent,
  listenToEvents,
} from './api.ts';
import { createBoardRefresh, REFRESH_MS } from './board-source.ts';

export { boardQuery } from './board-source.ts';

/** What was believed at a past instant does not change any more. */
const refreshOf = (asOf: string | null) => (asOf === null ? REFRESH_MS : false);

export const keyResultQuery = (keyResult: string, asOf: string | null) =>
  queryOptions({
    queryKey: ['key-result', keyResult, asOf],
    queryFn: ({ signal }) => getKeyResult(keyResult, asOf, signal),
    refetchInterval: refreshOf(asOf),
  });

export const explanationQuery = (keyResult: string, asOf: string | null) =>
  queryOptions({
    queryKey: ['explanation', keyResult, asOf],
    queryFn: ({ signal }) => getExplanation(keyResult, asOf, signal),
    refetchInterval: refreshOf(asOf),
  });

export const hintsQuery = (cycle: string) =>
  queryOptions({ queryKey: ['hints', cycle], queryFn: ({ signal }) => getHints(cycle, signal) });

export const checkInsQuery = (keyResult: string) =>
  queryOptions({
    queryKey: ['check-ins', keyResult],
    queryFn: ({ signal }) => getCheckIns(keyResult, signal),
    refetchInterval: REFRESH_MS,
  });

export const movementsQuery = (keyResult: string, days: { from: string; to: string }, limit: number) =>
  queryOptions({
    queryKey: ['movements', keyResult, days, limit],
    queryFn: ({ signal }) => getMovements(keyResult, days, limit, signal),
    refetchInterval: REFRESH_MS,
  });

const OF_A_TIME = ['board', 'key-result', 'explanation'];
/** Answered only to somebody who is signed in. */
const SIGNED_IN = [...OF_A_TIME, 'connections', 'connection', 'me'];
/** What changes together is read again together. */
const GATHER_MS = 300;

/**
 * Reads what is shown again as soon as it changes, once somebody is signed in: what has been answered shows that. Asking
 * every few seconds goes on beside it, for lines that a proxy does not keep open.
 */
export function followChanges(client: QueryClient): void {
  const refreshBoards = createBoardRefresh(client);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let heard: LiveEvent[] = [];
  const refresh = (event: LiveEvent): void => {
    heard.push(event);
    timer ??= setTimeout(() => {
      const events = heard;
      timer = null;
      heard = [];
      refreshBoards(events);
      void client.invalidateQueries({
        predicate: ({ queryKey: [name, , asOf] }) =>
          name !== 'board' && (!OF_A_TIME.includes(String(name)) || asOf === null),
      });
    }, GATHER_MS);
  };
  const stop = client.getQueryCache().subscribe(({ query }) => {
    if (query.state.status !== 'success' || !SIGNED_IN.includes(String(query.queryKey[0]))) return;
    stop();
    listenToEvents(refresh);
  });
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The server's refusal will not change by asking again at once; a dropped connection may.
        retry: (failures, error) => failures < 1 && error instanceof ApiError && error.status === 0,
        retryDelay: 500,
      },
    },
  });
}
