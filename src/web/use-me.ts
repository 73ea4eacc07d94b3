import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './api.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call('getMe', { signal }),
  staleTime: 60_000,
});

/** What the reader may do here. Until it is known nothing is offered; the server decides in any case. */
export function useMe() {
  const { data } = useQuery(meQuery);
  const role = data?.role ?? 'viewer';
  return { me: data ?? null, mayEdit: role !== 'viewer', mayAdmin: role === 'admin' };
}
