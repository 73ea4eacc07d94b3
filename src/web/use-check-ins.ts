import { useQuery } from '@tanstack/react-query';
import type { KeyResultDetail } from '../api/contract.ts';
import { checkInsQuery } from './queries.ts';

/** What people said, newest first; on a page of the past what they had said by then. */
export function useCheckIns({ asOf, key }: KeyResultDetail) {
  const query = useQuery(checkInsQuery(key));
  const data =
    asOf === null
      ? query.data
      : query.data?.filter(({ createdAt }) => Date.parse(createdAt) <= Date.parse(asOf.at));
  return { data, error: query.error, refetch: query.refetch };
}
