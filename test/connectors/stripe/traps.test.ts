import { expect, it } from 'vitest';
import { stripe } from '../../../connectors/stripe/index.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer } from '../support/http-server.ts';
import { at, charge, coupon, discount, invoice, item, line, price, subscription } from './support/objects.ts';
import { KEY, readOnce, utcWindow, valuesOf } from './support/read.ts';

const now = '2026-03-10T12:00:00Z';
const window = utcWindow('2026-03-10', '2026-03-11');
const params: Record<string, unknown> = { paying_customers: {}, trial_to_paid: {} };

/** An account that makes every metric ask all it ever asks. */
function everything() {
  const tiers = [{ up_to: null, unit_amount: 100, unit_amount_decimal: '100', flat_amount: 0 }];
  const tiered = price('price_t', 0, {
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers,
    unit_amount: null,
    unit_amount_decimal: null,
  });
  const items = Array.from({ length: 11 }, (_, index) => item(`si_${index}`, tiered, 1));
  const off = coupon('TEN', { percent_off: 10 });
  const of = subscription('sub_1', items, { discounts: [discount('di_1', 'TEN')] });
  const lines = Array.from({ length: 11 }, (_, index) =>
    line(`il_${index}`, 100, ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z']),
  );
  return {
    charges: [charge('ch_1', now, 100)],
    subscriptions: [of],
    prices: [tiered],
    coupons: [off],
    invoices: [invoice('in_1', of, '2026-03-01T00:00:00Z', lines)],
  };
}

it.each(Object.keys(stripe.metrics))(
  '%s never asks for more than four levels, which would fail the whole request',
  async (metricId) => {
    const options = { now, window, params: params[metricId] ?? { currency: 'usd' } };
    const { asked } = await readOnce(everything(), metricId, options);
    const expansions = asked.flatMap((path) =>
      [...new URL(path, 'http://stripe.test').searchParams]
        .filter(([name]) => name.startsWith('expand'))
        .map(([, expansion]) => expansion),
    );
    expect(expansions.filter((expansion) => expansion.split('.').length > 4)).toEqual([]);
  },
);

it('asks in the API version it was written for, and tells nothing about this machine', async () => {
  const seen: Record<string, unknown>[] = [];
  const server = await startHttpServer((request, response) => {
    seen.push(request.headers);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ object: 'list', data: [], has_more: false, url: request.url }));
  });
  const { context } = testContext({ apiKey: KEY }, server.url, new Date(now));
  try {
    await stripe.metrics.net_revenue?.read(context, window, { currency: 'usd' });
  } finally {
    await server.close();
  }
  expect(seen.length).toBeGreaterThan(1);
  for (const headers of seen) {
    expect(headers['stripe-version']).toBe('2026-10-28.endive');
    expect(headers).not.toHaveProperty('x-stripe-client-telemetry');
  }
});

it('still counts the subscription of a customer that comes as deleted', async () => {
  const of = subscription('sub_1', [item('si_1', price('price_1', 500), 1)], { customer: 'cus_gone' });
  const customers = [{ id: 'cus_gone', object: 'customer', deleted: true }];
  const reading = await readOnce({ subscriptions: [of], customers }, 'mrr', { now, window });
  expect(valuesOf(reading)).toEqual({ '2026-03-10': '500' });
});

it('reads trials and invoices once in a run for all the metrics that need them', async () => {
  const requests: string[] = [];
  const server = await startHttpServer((request, response) => {
    requests.push(decodeURIComponent(request.url ?? ''));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ object: 'list', data: [], has_more: false, url: request.url }));
  });
  const { context } = testContext({ apiKey: KEY }, server.url, new Date(now));
  const reads = [
    { metric: 'trial_to_paid', params: { graceDays: 7, trialDays: 14 }, window },
    { metric: 'ltv', params: { currency: 'usd', formula: 'arpa_over_churn' }, window },
    { metric: 'ltv', params: { currency: 'eur', formula: 'arpa_over_churn' }, window },
  ];
  try {
    for (const read of reads) {
      await stripe.metrics[read.metric]?.read({ ...context, reads }, read.window, read.params);
    }
  } finally {
    await server.close();
  }
  // The running subscriptions with what MRR needs, all there ever were, and the invoices.
  expect(requests).toHaveLength(3);
  // The longest look back decides: six months before March 2026 and 1,200 days before them.
  const since = at('2025-09-01T00:00:00Z') - 1_200 * 86_400;
  expect(requests.find((path) => path.startsWith('/v1/invoices'))).toContain(`created[gte]=${since}`);
});

it('refuses live and test invoices in one read', async () => {
  const of = subscription('sub_1', []);
  const span: [string, string] = ['2026-03-10T00:00:00Z', '2026-04-10T00:00:00Z'];
  const invoices = [
    invoice('in_2', of, span[0], [line('il_2', 100, span)], { livemode: true }),
    invoice('in_1', of, span[0], [line('il_1', 100, span)]),
  ];
  const reading = readOnce({ invoices }, 'trial_to_paid', { now, window, params: {} });
  await expect(reading).rejects.toMatchObject({ code: 'mixed_livemode', remedy: { by: 'owner' } });
});

it('names the field of an invoice that is gone, as when an old shape comes', async () => {
  const { parent: _gone, ...old } = invoice('in_1', subscription('sub_1', []), now, []);
  const reading = readOnce({ invoices: [old] }, 'trial_to_paid', { now, window, params: {} });
  await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift', code: '/data/0/parent' });
});
