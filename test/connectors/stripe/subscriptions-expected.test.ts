import { expect, it } from 'vitest';
import { parseAnswer } from '../../../connectors/sdk/index.ts';
import { pastSubscriptionSchema } from '../../../connectors/stripe/billing-schema.ts';
import { fixture, type Thing } from './support/objects.ts';

type Page = { response: { data: Thing[] } };
const pages = ['subscriptions_page_1.json', 'subscriptions_page_2.json'].map((name) => fixture<Page>(name));
const expected = fixture<{
  asOf: number;
  trialing: number;
  churned: Array<{ subscription: string; at: number }>;
}>('subscriptions_expected.json');
const subscriptions = pages
  .flatMap(({ response }) => response.data)
  .map((answer) => parseAnswer('Stripe', 'a subscription', pastSubscriptionSchema, answer));

it('of the five subscriptions the connector sees which are on trial', () => {
  const trialing = subscriptions.filter(
    ({ status, trial_end: end }) => status === 'trialing' && (end ?? 0) > expected.asOf,
  );
  expect(trialing).toHaveLength(expected.trialing);
});

it('and which have ended, with the second at which they did', () => {
  const ended = subscriptions.flatMap(({ id, ended_at: at }) =>
    typeof at === 'number' && at <= expected.asOf ? [{ subscription: id, at }] : [],
  );
  expect(ended).toEqual(expected.churned);
});
