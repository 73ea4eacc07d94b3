import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import { explanationQuery } from './queries.ts';

/** The explanation, and with a day what stands on it, whether or not it took part in the number. */
export const evidenceQuery = (keyResult: string, asOf: string | null, day: string | undefined) =>
  queryOptions({
    ...explanationQuery(keyResult, asOf),
    ...(day === undefined
      ? {}
      : {
          queryKey: ['explanation', keyResult, asOf, day],
          queryFn: ({ signal }: { signal: AbortSignal }) =>
            call('explainKeyResult', { params: { id: keyResult }, query: { asOf, day }, signal }),
        }),
  });
