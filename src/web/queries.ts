import { QueryClient, queryOptions } from '@tanstack/react-query';
import {
  ApiError,
  getBoard,
  getCheckIns,
  getExplanation,
  getHints,
  getKeyResult,
  getMovements,
  listenToEvents,
} from './api.ts';

const REFRESH_MS = 15_000;

/** What was believed at a past instant does not change any more. */
const refreshOf = (asOf: string | null) => (asOf === null ? REFRESH_MS : false);

export const boardQuery = (cycle: string | null, asOf: string | null) =>
  queryOptions({
    queryKey: ['board', cycle, asOf],
    queryFn: ({ signal }) => getBoard(cycle, asOf, signal),
    refetchInterval: refreshOf(asOf),
  });

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
/** What changes together is read again together. */
const GATHER_MS = 300;

/**
 * Reads what is shown again as soon as it changes, once somebody is signed in: what has been answered shows that. Asking
 * every few seconds goes on beside it, for lines that a proxy does not keep open.
 */
export function followChanges(client: QueryClient): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refresh = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void client.invalidateQueries({
        predicate: ({ queryKey: [name, , asOf] }) => !OF_A_TIME.includes(String(name)) || asOf === null,
      });
    }, GATHER_MS);
  };
  const stop = client.getQueryCache().subscribe(({ query }) => {
    if (query.state.status !== 'success' || !OF_A_TIME.includes(String(query.queryKey[0]))) return;
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
