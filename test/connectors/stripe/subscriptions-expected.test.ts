import { expect, it } from 'vitest';
import { subscriptionSchema } from '../../../connectors/stripe/mirror/customer-schema.ts';
import { subscriptionRecord } from '../../../connectors/stripe/mirror/map-customer.ts';
import { fixture, type Thing } from './support/objects.ts';

type Page = { response: { data: Thing[] } };
const pages = ['subscriptions_page_1.json', 'subscriptions_page_2.json'].map((name) => fixture<Page>(name));
const expected = fixture<{
  asOf: number;
  trialing: number;
  churned: Array<{ subscription: string; at: number }>;
}>('subscriptions_expected.json');
const asOfAt = new Date(expected.asOf * 1_000);
const subscriptions = pages
  .flatMap(({ response }) => response.data)
  .map((answer) => subscriptionRecord(subscriptionSchema.parse(answer), asOfAt).data);

it('of the five subscriptions the mirror sees which are on trial', () => {
  const trialing = subscriptions.filter(
    ({ state, trialEndAt }) => state.status === 'trialing' && trialEndAt !== null && trialEndAt > asOfAt,
  );
  expect(trialing).toHaveLength(expected.trialing);
});

it('and which have ended, with the second at which they did', () => {
  const ended = subscriptions.flatMap(({ id, endedAt }) =>
    endedAt !== null && endedAt <= asOfAt ? [{ subscription: id, at: endedAt.getTime() / 1_000 }] : [],
  );
  expect(ended).toEqual(expected.churned);
});
