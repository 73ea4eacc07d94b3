import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveClock } from '../support/database.ts';
import {
  customer,
  type LedgerBench,
  NOW,
  payment,
  price,
  startLedgerBench,
  subscription,
} from './support/ledger-bench.ts';

let bench: LedgerBench;
beforeEach(async () => {
  bench = await startLedgerBench();
  await moveClock(bench.database.pool, NOW.getTime() - Date.now());
});
afterEach(() => bench.close());

/** Ada pays 30 dollars from 20 February on, Bo 50 euros from 1 to 16 March; each pays once. */
const COMPANY = [
  price('p30', 'USD', '3000'),
  price('p50', 'EUR', '5000'),
  customer('ada', '2026-02-20'),
  customer('bo', '2026-03-01'),
  subscription('sub_a', 'ada', { from: '2026-02-20' }, 'p30', 'USD'),
  subscription('sub_b', 'bo', { from: '2026-03-01', until: '2026-03-16' }, 'p50', 'EUR'),
  payment('ch_a', 'ada', '2026-02-20', 'USD', 3000),
  payment('ch_b', 'bo', '2026-03-01', 'EUR', 5000),
];

it('has MRR on every day since the first record, from a mirror that was read in pages', async () => {
  const { id } = await bench.connect('shop');
  const mrr = await bench.measure(id, 'mrr', { currency: 'usd' });
  const run = await bench.sync(id, {
    batches: [{ records: COMPANY.slice(0, 4) }, { records: COMPANY.slice(4) }],
  });
  expect(run).toMatchObject({ status: 'succeeded', errorMessage: null });
  const points = await bench.points(mrr);
  // The oldest record, a price, is of 10 February: from then on nobody paid until the 20th.
  expect(Object.keys(points).toSorted()[0]).toBe('2026-02-10');
  expect(points).toMatchObject({
    '2026-02-19': 0,
    '2026-02-20': 3000,
    '2026-03-10': 3000,
    '2026-03-31': 3000,
  });
  const { mrr: evidence } = await bench.evidence();
  expect(evidence?.exchanges.map(({ url }) => url)).toEqual(['page 1', 'page 2']);
  expect(evidence?.completeness.notes).toContain('mirror: 8 records read, page 2 of 2');
  // Two prices, two customers, two subscriptions; payments are none of MRR's business.
  expect(evidence?.completeness.items).toBe(6);
});

it('counts euros at the rate of the definition, and names what a single currency leaves out', async () => {
  const { id } = await bench.connect('shop');
  const all = await bench.measure(id, 'mrr', { reportingCurrency: 'USD', rates: ['EUR=1.1'] }, 'all');
  const own = await bench.measure(id, 'mrr', { currency: 'usd' }, 'own');
  const revenue = await bench.measure(id, 'net_revenue', { currency: 'usd' });
  await bench.sync(id, { batches: [{ records: COMPANY }] });
  // 3,000 + 5,000 x 1.1 = 8,500 while both pay.
  expect(await bench.points(all)).toMatchObject({
    '2026-03-01': 8500,
    '2026-03-15': 8500,
    '2026-03-16': 3000,
  });
  expect(await bench.points(own)).toMatchObject({ '2026-03-01': 3000 });
  expect(await bench.points(revenue)).toMatchObject({ '2026-02-20': 3000, '2026-03-01': 0 });
  const flags = async (key: string, day: string) =>
    (
      await bench.database.pool.query<{ flags: Record<string, unknown> | null }>(
        `SELECT p.flags FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id
         JOIN metric m ON m.id = v.metric_id WHERE m.key = $1 AND p.day = $2`,
        [key, day],
      )
    ).rows[0]?.flags;
  expect(await flags('own', '2026-03-02')).toMatchObject({ otherCurrencies: 'eur: 1' });
  expect((await flags('own', '2026-03-20')) ?? {}).not.toHaveProperty('otherCurrencies');
  expect(await flags('net_revenue', '2026-03-01')).toMatchObject({ otherCurrencies: 'eur: 1' });
  expect((await bench.evidence())['net_revenue']?.completeness.notes).toContain(
    '1 payments, refunds and disputes in eur left out of usd',
  );
});

it('has no value where a rate is missing, and says which, since when and for whom', async () => {
  const { id } = await bench.connect('shop');
  const mrr = await bench.measure(id, 'mrr', { reportingCurrency: 'USD' });
  const run = await bench.sync(id, { batches: [{ records: COMPANY }] });
  expect(run.status).toBe('succeeded');
  expect(await bench.points(mrr)).toMatchObject({
    '2026-02-28': 3000,
    '2026-03-01': null,
    '2026-03-16': 3000,
  });
  expect((await bench.evidence())['mrr']?.completeness.notes).toContain(
    'no rate of EUR into USD on 2026-03-01, for sub_b of bo',
  );
});

it('takes daily rates from the table of the workspace, or from what the provider says', async () => {
  const { id } = await bench.connect('shop');
  const table = await bench.measure(id, 'mrr', { reportingCurrency: 'USD', fx: 'daily' }, 'table');
  const provider = await bench.measure(
    id,
    'mrr',
    { reportingCurrency: 'USD', fx: 'daily', ratesFrom: 'provider' },
    'provider',
  );
  const rates = [{ currency: 'EUR', fromDay: '2026-03-01', rate: '1.2' }];
  await bench.rates.keepRates(bench.database.workspaceId, 'table', 'USD', rates, 'test');
  const told = {
    kind: 'exchange_rates' as const,
    id: 'usd 2026-03-05',
    customerId: null,
    parentId: null,
    at: new Date('2026-03-05T00:00:00Z'),
    data: { base: 'USD', day: '2026-03-05', rates: { EUR: '1.3' } },
  };
  await bench.sync(id, { batches: [{ records: [...COMPANY, told] }] });
  // 3,000 + 5,000 x 1.2, and 3,000 + 5,000 x 1.3 from the day on that the provider told a rate of.
  expect(await bench.points(table)).toMatchObject({ '2026-03-01': 9000, '2026-03-10': 9000 });
  expect(await bench.points(provider)).toMatchObject({ '2026-03-04': null, '2026-03-05': 9500 });
});

it('crosses what the provider tells of two currencies into one that it tells no rates of', async () => {
  const { id } = await bench.connect('shop');
  const inEuro = { reportingCurrency: 'EUR', fx: 'daily', ratesFrom: 'provider' };
  const mrr = await bench.measure(id, 'mrr', inEuro);
  const told = {
    kind: 'exchange_rates' as const,
    id: 'usd 2026-03-05',
    customerId: null,
    parentId: null,
    at: new Date('2026-03-05T00:00:00Z'),
    data: { base: 'USD', day: '2026-03-05', rates: { EUR: '1.25', JPY: '0.008' } },
  };
  const yen = [
    price('p1000', 'JPY', '1000'),
    customer('cy', '2026-03-10'),
    subscription('sub_c', 'cy', { from: '2026-03-10' }, 'p1000', 'JPY'),
  ];
  await bench.sync(id, { batches: [{ records: [...COMPANY, ...yen, told] }] });
  // A dollar is 1 / 1.25 = 0.8 euros, and a yen 0.008 / 1.25 = 0.0064: 50.00 + 30.00 x 0.8 = 74.00; with 1,000 yen, 6.40 more.
  expect(await bench.points(mrr)).toMatchObject({
    '2026-03-04': null,
    '2026-03-05': 7400,
    '2026-03-10': 8040,
    '2026-03-16': 3040,
  });
});

it('goes on where it was when the provider breaks off, fails every metric with what the provider said, and waits as asked', async () => {
  const { id } = await bench.connect('shop');
  const mrr = await bench.measure(id, 'mrr', { currency: 'usd' });
  await bench.measure(id, 'net_revenue', { currency: 'usd' });
  const batches = [
    { records: COMPANY.slice(0, 3) },
    { records: COMPANY.slice(3, 6) },
    { records: COMPANY.slice(6) },
  ];
  const failure = {
    errorClass: 'rate_limited',
    message: 'Stripe asks to slow down (429).',
    hint: null,
    afterMs: 7000,
  };
  const broken = await bench.sync(id, { batches, breaksAfter: { batches: 2, failure } });
  expect(broken).toMatchObject({
    status: 'queued',
    errorClass: 'rate_limited',
    errorMessage: failure.message,
  });
  expect(broken.notBefore.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(7000);
  for (const each of Object.values(await bench.evidence())) {
    expect(each).toMatchObject({ outcome: 'failed', error_message: failure.message });
    expect(each.exchanges.map(({ url }) => url)).toEqual(['page 1', 'page 2', 'page 3, refused']);
  }
  expect(await bench.points(mrr)).toEqual({});
  const whole = await bench.sync(id, { batches });
  expect(whole.status).toBe('succeeded');
  // Two pages were kept: the third is all that is asked for.
  expect(bench.starts.map(({ state }) => state)).toEqual([null, 2]);
  expect(await bench.points(mrr)).toMatchObject({ '2026-03-31': 3000 });
});

it('gives a run back unharmed when its worker is stopped in the middle of a walk, and loses nothing of it', async () => {
  const { id } = await bench.connect('shop');
  const mrr = await bench.measure(id, 'mrr', { currency: 'usd' });
  const batches = COMPANY.map((each) => ({ records: [each] }));
  const stopped = new AbortController();
  stopped.abort(new Error('the worker drains'));
  // Each attempt gets one batch further before it is stopped.
  for (let count = 0; count < 3; count += 1) {
    expect(await bench.sync(id, { batches }, stopped.signal)).toMatchObject({
      status: 'queued',
      errorClass: null,
    });
  }
  expect((await bench.sync(id, { batches })).status).toBe('succeeded');
  expect(bench.starts.map(({ state }) => state)).toEqual([null, 1, 2, 3]);
  expect(await bench.points(mrr)).toMatchObject({ '2026-02-20': 3000 });
});

it('fails only the metrics whose records the key may not read, and leaves the connection at work', async () => {
  const { id } = await bench.connect('shop');
  const mrr = await bench.measure(id, 'mrr', { currency: 'usd' });
  const revenue = await bench.measure(id, 'net_revenue', { currency: 'usd' });
  const message =
    'The Stripe key may not read this (403). Give the restricted key the permission rak_dispute_read.';
  const gap = { kinds: ['dispute' as const], errorClass: 'auth', message, hint: 'Give it.' };
  const run = await bench.sync(id, { batches: [{ records: COMPANY, gaps: [gap] }] });
  expect(run).toMatchObject({ status: 'succeeded', errorMessage: null });
  const { net_revenue: failed } = await bench.evidence();
  expect(failed).toMatchObject({ outcome: 'failed', error_class: 'auth', error_message: message });
  expect(await bench.points(revenue)).toEqual({});
  expect(await bench.points(mrr)).toMatchObject({ '2026-03-31': 3000 });
  const connection = await bench.sources.findConnection(bench.database.workspaceId, id);
  expect(connection).toMatchObject({ state: 'active', stateReason: null });
});

it('asks the owner for the permission when there is nothing else that the key may read', async () => {
  const { id } = await bench.connect('shop');
  await bench.measure(id, 'net_revenue', { currency: 'usd' });
  const gap = {
    kinds: ['dispute' as const],
    errorClass: 'auth',
    message: 'No.',
    hint: 'Give rak_dispute_read.',
  };
  const script = { batches: [{ records: COMPANY, gaps: [gap] }] };
  // One confirmation, because providers answer so during their own incidents.
  expect(await bench.sync(id, script)).toMatchObject({ status: 'queued', errorClass: 'auth' });
  expect(await bench.sync(id, script)).toMatchObject({ status: 'failed' });
  const connection = await bench.sources.findConnection(bench.database.workspaceId, id);
  expect(connection).toMatchObject({ state: 'needs_reauth', stateReason: 'Give rak_dispute_read.' });
});

it('fails MRR with one sentence about the price that it cannot work out, while cash goes on', async () => {
  const { id } = await bench.connect('shop');
  const mrr = await bench.measure(id, 'mrr', { currency: 'usd' });
  const churn = await bench.measure(id, 'logo_churn_rate', {});
  const revenue = await bench.measure(id, 'net_revenue', { currency: 'usd' });
  const odd = price('p50', 'EUR', '5000', { problem: 'its billing scheme "by_moon" is not known' });
  const run = await bench.sync(id, { batches: [{ records: [...COMPANY, odd] }] });
  expect(run.status).toBe('succeeded');
  const { mrr: failed, logo_churn_rate: too } = await bench.evidence();
  expect(failed).toMatchObject({ outcome: 'failed', error_class: 'schema_drift' });
  expect(failed?.error_message).toMatch(/customer bo, .*p50.*by_moon/);
  expect(too?.error_message).toBe(failed?.error_message);
  expect([await bench.points(mrr), await bench.points(churn)]).toEqual([{}, {}]);
  expect(await bench.points(revenue)).toMatchObject({ '2026-02-20': 3000 });
});

it('works out a lifetime value for every day, from the churn of the months before it', async () => {
  const { id } = await bench.connect('shop');
  const ltv = await bench.measure(id, 'ltv', { currency: 'usd' });
  const capped = await bench.measure(id, 'ltv', { currency: 'usd', maxLifetimeMonths: 24 }, 'capped');
  const leaver = (name: string, until: string) => [
    customer(name, '2026-01-05'),
    subscription(`sub_${name}`, name, { from: '2026-01-05', until }, 'p30', 'USD'),
  ];
  const records = [
    ...COMPANY,
    ...leaver('cy', '2026-02-12'),
    customer('di', '2026-01-05'),
    subscription('sub_d', 'di', { from: '2026-01-05' }, 'p30', 'USD'),
  ];
  await bench.sync(id, { batches: [{ records }] });
  const points = await bench.points(ltv);
  // January opened with nobody and takes no part. February opened with Cy and Di, and Cy left: churn 1/2. So in March
  // ARPA 3,000 / (1/2) = 6,000. In February there was no complete month with anybody at its opening.
  expect(points).toMatchObject({ '2026-03-01': 6000, '2026-03-31': 6000, '2026-02-15': null });
  // 1 / (1/2) = 2 months lie below the cap.
  expect(await bench.points(capped)).toMatchObject({ '2026-03-31': 6000 });
});

it('counts referral revenue by what its owner says, and refuses to guess', async () => {
  const { id } = await bench.connect('shop');
  const list = await bench.measure(id, 'referral_revenue', {
    currency: 'usd',
    customers: ['ada'],
    window: 'day',
  });
  const sources = bench.provider({ batches: [] });
  expect(sources.checkParams('stripe', 'referral_revenue', { currency: 'usd' })).toMatchObject({
    ok: false,
    problems: [expect.stringMatching(/^Nothing says which customers were won by referral; give coupons/)],
  });
  await bench.sync(id, { batches: [{ records: COMPANY }] });
  expect(await bench.points(list)).toMatchObject({ '2026-02-20': 3000, '2026-03-01': 0 });
});

it('keeps the hints that a provider sent until a read has followed them to its end', async () => {
  const { id } = await bench.connect('shop');
  await bench.measure(id, 'mrr', { currency: 'usd' });
  const touched = [{ kind: 'subscription' as const, id: 'sub_a' }];
  await bench.billing.receive(id, { id: 'evt_1', at: NOW, touched });
  const failure = { errorClass: 'transient', message: 'Stripe is away.', hint: null, afterMs: null };
  const batches = [{ records: COMPANY.slice(0, 4) }, { records: COMPANY.slice(4) }];
  await bench.sync(id, { batches, breaksAfter: { batches: 1, failure } });
  expect(await bench.billing.openEvents(id)).toHaveLength(1);
  await bench.sync(id, { batches });
  expect(bench.starts.map((start) => start.touched)).toEqual([touched, touched]);
  expect(await bench.billing.openEvents(id)).toEqual([]);
});

it('asks for the records that its metrics stand on, and for no others', async () => {
  const { id } = await bench.connect('shop');
  await bench.measure(id, 'net_revenue', { currency: 'usd' });
  await bench.sync(id, { batches: [{ records: [] }] });
  await bench.measure(id, 'trial_to_paid', {});
  await bench.sync(id, { batches: [{ records: [] }] });
  expect(bench.starts.map(({ kinds }) => kinds)).toEqual([
    ['dispute', 'payment', 'refund'],
    ['dispute', 'invoice', 'payment', 'refund', 'subscription'],
  ]);
});

it('mirrors what a metric needs that was made in the middle of the run, before it is read', async () => {
  const { id } = await bench.connect('shop');
  await bench.measure(id, 'net_revenue', { currency: 'usd' });
  let made = false;
  const meanwhile = async () => {
    if (made) return;
    made = true;
    await bench.measure(id, 'mrr', { currency: 'usd' });
  };
  const run = await bench.sync(id, { batches: [{ records: COMPANY }, { records: [] }], meanwhile });
  expect(run.status).toBe('succeeded');
  expect(bench.starts.map(({ kinds }) => kinds.includes('subscription'))).toEqual([false, true]);
});

it.each([
  { params: {}, says: /^currency: Name the currency with three letters/ },
  { params: { currency: 'dollars' }, says: /three letters/ },
  { params: { currency: 'usd', rates: ['EUR=1'] }, says: /leave out rates/ },
  { params: { reportingCurrency: 'USD', fx: 'hourly' }, says: /write constant or daily/ },
  { params: { reportingCurrency: 'USD', fx: 'daily', rates: ['EUR=1'] }, says: /leave out rates/ },
  { params: { reportingCurrency: 'USD', ratesFrom: 'provider' }, says: /write fx daily/ },
  { params: { currency: 'usd', window: '28d' }, says: /window/ },
])('refuses $params for MRR with what to give', ({ params, says }) => {
  const checked = bench.provider({ batches: [] }).checkParams('stripe', 'mrr', params);
  expect(checked).toMatchObject({ ok: false, problems: [expect.stringMatching(says)] });
});
