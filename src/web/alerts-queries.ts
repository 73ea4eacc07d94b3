import { queryOptions } from '@tanstack/react-query';
import type { Answer } from '../api/client-types.ts';
import { call, callAll } from './api.ts';

export type Alert = Answer<'listAlerts'>['data'][number];
export type AlertDetail = Answer<'getAlert'>;
export type Snooze = Answer<'listSnoozes'>['data'][number];
export type Rule = Answer<'listAlertRules'>['data'][number];
export type RuleTrial = Answer<'simulateAlertRule'>;
export type Channel = Answer<'listChannels'>['data'][number];
export type ChannelSettings = NonNullable<Channel['settings']>;
export type Delivery = Answer<'listDeliveries'>['data'][number];

const REFRESH_MS = 15_000;
/** Something is on its way: whoever looks wants to see it arrive. */
const SOON_MS = 1_500;
const OVER_PER_PAGE = 20;
const DELIVERIES_PER_PAGE = 25;

/** What burns, and what is about to. */
export const openAlertsQuery = queryOptions({
  queryKey: ['alerts', 'open'],
  queryFn: ({ signal }) => callAll('listAlerts', { query: { open: 'true' }, signal }),
  refetchInterval: REFRESH_MS,
});

export type OverFilter = { kind: string | null; severity: string | null; owner: string | null };

/** What is over, page by page, the newest first. */
export const overAlertsQuery = (filter: OverFilter, cursor: string | null) =>
  queryOptions({
    queryKey: ['alerts', 'over', filter, cursor],
    queryFn: ({ signal }) =>
      call('listAlerts', {
        query: { ...filter, state: 'resolved,closed', limit: OVER_PER_PAGE, cursor },
        signal,
      }),
  });

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => call('getAlert', { params: { id }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const snoozesQuery = queryOptions({
  queryKey: ['snoozes'],
  queryFn: ({ signal }) => callAll('listSnoozes', { signal }),
  refetchInterval: REFRESH_MS,
});

export const rulesQuery = queryOptions({
  queryKey: ['alert-rules'],
  queryFn: ({ signal }) => callAll('listAlertRules', { signal }),
});

/** What a rule can be for, by id and by name. */
export const scopesQuery = queryOptions({
  queryKey: ['alert-scopes'],
  async queryFn({ signal }) {
    const [objectives, keyResults] = await Promise.all([
      callAll('listObjectives', { signal }),
      callAll('listKeyResults', { signal }),
    ]);
    return { objectives, keyResults };
  },
});

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => callAll('listChannels', { signal }),
  // A receiver that wants no more switches its channel off.
  refetchInterval: REFRESH_MS,
});

export type DeliveryFilter = { channelKey: string | null; status: string | null; kind: string | null };

export const deliveriesQuery = (filter: DeliveryFilter, cursor: string | null, limit = DELIVERIES_PER_PAGE) =>
  queryOptions({
    queryKey: ['deliveries', filter, cursor, limit],
    queryFn: ({ signal }) => call('listDeliveries', { query: { ...filter, cursor, limit }, signal }),
    refetchInterval: ({ state }) => (state.data?.data.some(isUnderWay) === true ? SOON_MS : REFRESH_MS),
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: ({ signal }) => call('getDelivery', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data) ? SOON_MS : false),
  });

/** Not settled: it waits for its first attempt or for another one. */
export function isUnderWay({ status }: Pick<Delivery, 'status'>): boolean {
  return status === 'pending';
}
