import { afterEach, describe, expect, it } from 'vitest';
import { mrrAt, toNumber } from '../../sandbox/truth.ts';
import { reservePort, startApi } from '../../src/api/server.ts';
import { keepRates } from '../../src/app/keep-rates.ts';
import { type Doctored, type StripeProxy, startStripeProxy } from '../support/stripe-proxy.ts';
import { type Simulation, startSimulation } from './support/simulation.ts';

// What may go wrong while a ledger is read, with the real client, mirror, stores and run engine against the sandbox. What is
// right is what a second connection with an unbroken way to the same company tells.

const HOUR_MS = 3_600_000;
/** Pages so small that the company has many of them. */
const PAGE_SIZE = 20;

let world: Simulation;
let proxy: StripeProxy;
afterEach(() => world.close());

async function start(): Promise<void> {
  world = await startSimulation({
    startAt: new Date('2026-05-04T00:30:00Z'),
    historyDays: 40,
    sandbox: {
      seed: 11,
      anchorDay: '2026-01-01',
      company: { customersAtStart: 40, dailySignups: 1 },
      stripe: { requestsPerSecond: 100 }, // two connections share a key, and a moment
    },
    front: async (url) => {
      proxy = await startStripeProxy(url, PAGE_SIZE);
      return proxy;
    },
  });
}

const METRICS: [name: string, metric: string, params: Record<string, unknown>][] = [
  ['mrr', 'mrr', { currency: 'usd' }],
  ['movements', 'mrr_movements', { currency: 'usd', window: 'day' }],
  ['customers', 'paying_customers', {}],
  ['revenue', 'net_revenue', { currency: 'usd' }],
];
const RECURRING = ['mrr', 'movements', 'customers'];

/** A connection with all metrics, whose keys begin with its own. @returns its id */
async function open(key: string, settings: Record<string, unknown> = {}, everyMinutes = 60): Promise<string> {
  const id = await world.connect('stripe', key, everyMinutes, { requestsPerSecond: 50, ...settings });
  for (const [name, metric, params] of METRICS) await world.measure(key, `${key}-${name}`, metric, params);
  return id;
}

type Point = { day: string; value: string | null; counts: unknown; reason: string | null; revision: number };

async function rows<Row>(question: string, ...values: unknown[]): Promise<Row[]> {
  return (await world.services.database.pool.query(question, values)).rows;
}
const points = (metric: string): Promise<Point[]> =>
  rows(
    `SELECT p.day::text, p.value, p.counts, p.reason, p.revision FROM metric_point p
     JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id
     WHERE m.key = $1 ORDER BY p.day`,
    metric,
  );
const numbers = async (metric: string): Promise<unknown[]> =>
  (await points(metric)).map(({ counts, day, value }) => [day, value, counts]);

type Run = { status: string; errorClass: string | null; errorMessage: string | null; state: string };
async function lastRun(connection: string): Promise<Run | undefined> {
  const [run] = await rows<Run>(
    `SELECT r.status, r.error_class AS "errorClass", r.error_message AS "errorMessage", c.state
     FROM sync_run r JOIN connection c ON c.id = r.connection_id WHERE c.key = $1
     ORDER BY r.created_at DESC, r.id DESC LIMIT 1`,
    connection,
  );
  return run;
}

type Evidence = { outcome: string; message: string | null; notes: string[] | null };
async function evidence(metric: string): Promise<Evidence | undefined> {
  const [found] = await rows<Evidence>(
    `SELECT e.outcome, e.error_message AS message, e.completeness->'notes' AS notes FROM sync_evidence e
     JOIN sync_run r ON r.id = e.run_id JOIN metric_version v ON v.id = e.metric_version_id
     JOIN metric m ON m.id = v.metric_id WHERE m.key = $1 ORDER BY r.created_at DESC, r.id DESC LIMIT 1`,
    metric,
  );
  return found;
}

const SUCCEEDED = { status: 'succeeded', errorClass: null, errorMessage: null, state: 'active' };

const RIGHTS = ['charge', 'dispute', 'customer', 'subscription', 'invoice', 'plan', 'coupon', 'event'].map(
  (name) => `rak_${name}_read`,
);

/** A key that may read everything but this. */
function grant(key: string, without: string | null): void {
  world.change((state) => {
    const others = state.restrictedKeys.filter((each) => each.key !== key);
    const permissions = RIGHTS.filter((right) => right !== without);
    return { ...state, restrictedKeys: [...others, { key, permissions }] };
  });
}

describe('a key that lacks a right', () => {
  it('fails what needs it with one sentence that names it, and mends by itself when it is given', async () => {
    await start();
    const lacking = ['rak_invoice_read', 'rak_coupon_read', 'rak_customer_read', 'rak_plan_read'].map(
      (right, index) => ({ right, key: `lacks-${index}`, apiKey: `rk_test_lacks_${index}` }),
    );
    await open('whole');
    for (const { apiKey, key, right } of lacking) {
      grant(apiKey, right);
      await open(key, { apiKey });
    }
    await world.work();
    expect(await lastRun('whole')).toEqual(SUCCEEDED);
    expect((await numbers('whole-mrr')).length).toBe(41);
    for (const { key, right } of lacking) {
      expect(await lastRun(key), right).toEqual(SUCCEEDED);
      for (const metric of RECURRING) {
        const told = await evidence(`${key}-${metric}`);
        expect(told, `${metric} without ${right}`).toMatchObject({ outcome: 'failed' });
        expect(told?.message, `${metric} without ${right}`).toContain(right);
        expect(told?.message?.match(/rak_/g), `${metric} without ${right}`).toHaveLength(1);
        expect(await points(`${key}-${metric}`)).toEqual([]);
      }
      // Money that was collected is no matter of prices and coupons.
      expect(await numbers(`${key}-revenue`), right).toEqual(await numbers('whole-revenue'));
    }

    for (const { apiKey } of lacking) grant(apiKey, null);
    await world.moveTo(2 * HOUR_MS);
    await world.work();
    for (const { key, right } of lacking) {
      expect(await lastRun(key), right).toEqual(SUCCEEDED);
      expect(await evidence(`${key}-mrr`), right).toMatchObject({ outcome: 'ok' });
      for (const [name] of METRICS)
        expect(await numbers(`${key}-${name}`), `${name} with ${right}`).toEqual(
          await numbers(`whole-${name}`),
        );
    }
  }, 300_000);
});

describe('a currency without a rate', () => {
  it('has no value on the days that need it, says which currency and for whom, and has one when a rate is given', async () => {
    await start();
    await open('shop');
    const inDollars = { reportingCurrency: 'USD', fx: 'daily' };
    await world.measure('shop', 'all-mrr', 'mrr', inDollars);
    await world.work();
    expect(await lastRun('shop')).toEqual(SUCCEEDED);
    const before = await points('all-mrr');
    // Somebody pays in euros all the time.
    expect(before).toHaveLength(41);
    for (const point of before) expect(point).toMatchObject({ value: null, reason: 'missing_rate' });
    const { notes } = (await evidence('all-mrr')) ?? {};
    expect(notes).toContainEqual(
      expect.stringMatching(/^no rate of EUR into USD on 2026-\d\d-\d\d, for (sub_\w+|payments) of cus_\w+$/),
    );
    for (const [name] of METRICS) expect((await numbers(`shop-${name}`)).length, name).toBeGreaterThan(39);

    const rate = { line: 1, day: '2026-01-01', currency: 'EUR', rate: '1.25' };
    await keepRates(world.services.deps, world.actor, 'USD', [rate]);
    await world.work();
    const model = world.sandbox.model();
    // At noon nobody knows better than the model: what it says is in dollars and in euros is added at the rate.
    const now = world.now();
    const expected = toNumber(mrrAt(model, now, 'usd')) + 1.25 * toNumber(mrrAt(model, now, 'eur'));
    expect(Number((await points('all-mrr')).at(-1)?.value)).toBeCloseTo(expected, 2);
    expect((await points('all-mrr')).filter(({ value }) => value === null)).toEqual([]);
  }, 180_000);
});

describe('a price of a kind that nobody knows', () => {
  it('fails MRR with one sentence that names the price, while cash goes on', async () => {
    await start();
    const list = await fetch(`${world.sandbox.url}/v1/subscriptions?limit=1`, {
      headers: { authorization: `Bearer ${world.sandbox.apiKey}` },
    });
    const { data } = (await list.json()) as { data: { items: { data: { price: { id: string } }[] } }[] };
    const priceId = data[0]?.items.data[0]?.price.id ?? '';
    const ladder = (price: Record<string, unknown>) =>
      price['id'] === priceId ? { ...price, billing_scheme: 'ladder' } : price;
    await open('shop');
    proxy.doctor(({ pathname }) => {
      if (!pathname.startsWith('/v1/prices')) return null;
      return {
        change: (body) =>
          body['object'] === 'list'
            ? { ...body, data: (body['data'] as Record<string, unknown>[]).map(ladder) }
            : ladder(body),
      };
    });
    await world.work();
    expect(await lastRun('shop')).toEqual(SUCCEEDED);
    for (const name of RECURRING) {
      const told = await evidence(`shop-${name}`);
      expect(told?.outcome).toBe('failed');
      expect(told?.message).toContain(priceId);
      expect(told?.message).toContain('ladder');
      expect(await points(`shop-${name}`)).toEqual([]);
    }
    expect((await points('shop-revenue')).length).toBeGreaterThan(39);
  }, 180_000);
});

/** What a page of invoices comes to in the middle of the backfill, and the class of the error that it is. */
const BREAKS: { what: string; errorClass: string; doctored: (earlier: unknown) => Doctored }[] = [
  { what: 'is cut off', errorClass: 'bad_payload', doctored: () => ({ cutOff: true }) },
  {
    what: 'repeats the one before it',
    errorClass: 'bad_payload',
    doctored: (earlier) => ({ change: () => earlier }),
  },
  {
    what: 'promises more and holds nothing',
    errorClass: 'bad_payload',
    doctored: () => ({ change: (body) => ({ ...body, data: [], has_more: true }) }),
  },
  {
    what: 'is refused with 429',
    errorClass: 'rate_limited',
    doctored: () => ({
      status: 429,
      body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Slow down.' } },
    }),
  },
  {
    what: 'is a server error',
    errorClass: 'transient',
    doctored: () => ({
      status: 500,
      body: { error: { type: 'api_error', message: 'Something went wrong.' } },
    }),
  },
];
/** The page of invoices that breaks. */
const BROKEN_PAGE = 8;

describe('a backfill whose list of invoices breaks in the middle', () => {
  it.each(BREAKS)(
    'stores no point when a page $what, and then goes on where it was',
    async ({ doctored, errorClass }) => {
      await start();
      await open('shop');
      let earlier: unknown = null;
      let seen = 0;
      let broke = 0;
      proxy.doctor(({ pathname, searchParams }) => {
        if (pathname !== '/v1/invoices' || !searchParams.has('limit')) return null;
        seen += 1;
        if (seen < BROKEN_PAGE - 1) return null;
        if (seen === BROKEN_PAGE - 1) return { change: (body) => (earlier = body) };
        broke += 1;
        return doctored(earlier);
      });
      await world.work();
      expect(broke).toBeGreaterThan(0);
      expect(await lastRun('shop')).toMatchObject({ status: 'queued', errorClass, state: 'active' });
      for (const [name] of METRICS) {
        expect(await points(`shop-${name}`), name).toEqual([]);
        expect(await evidence(`shop-${name}`)).toMatchObject({ outcome: 'failed' });
      }
      const before = pagesRead();
      const invoicesBefore = before
        .filter((page) => page.startsWith('/v1/invoices '))
        .slice(0, BROKEN_PAGE - 1);

      proxy.doctor(() => null);
      await world.moveTo(2 * HOUR_MS);
      await world.work();
      expect(await lastRun('shop')).toEqual(SUCCEEDED);
      const after = pagesRead().slice(before.length);
      expect(invoicesBefore).toHaveLength(BROKEN_PAGE - 1);
      expect(after.filter((page) => invoicesBefore.includes(page))).toEqual([]);
      // Of every other list at most the page that was on its way when it ended.
      const again = after.filter((page) => before.includes(page)).map((page) => page.split(' ')[0]);
      expect(again).toEqual([...new Set(again)]);
      await open('whole');
      await world.work();
      for (const [name] of METRICS)
        expect(await numbers(`shop-${name}`), name).toEqual(await numbers(`whole-${name}`));
    },
    180_000,
  );
});

/** The pages of first walks that were asked for; what is new is asked for by its date. */
const pagesRead = (): string[] =>
  proxy.asked
    .filter(({ searchParams }) => searchParams.has('limit') && !searchParams.has('created[gte]'))
    .map(
      ({ pathname, searchParams }) => `${pathname} after ${searchParams.get('starting_after') ?? 'nothing'}`,
    );

describe('an event that Stripe sends', () => {
  const WEBHOOK_SECRET = 'whsec_ledger_faults';
  const DAY_MS = 24 * HOUR_MS;

  it('has what it names read again and MRR restated at once; late and repeated ones change nothing more', async () => {
    await start();
    // Its own slot comes in a week only; in five days somebody who was there before changes, whatever today is.
    const gapMs = 5 * DAY_MS;
    const id = await open('shop', { webhookSecret: WEBHOOK_SECRET }, 7 * 24 * 60);
    const api = await startApi(world.services, await reservePort('127.0.0.1', null));
    try {
      await world.work();
      const first = await numbers('shop-mrr');
      const asked = proxy.asked.length;
      await world.moveTo(gapMs);
      const delivery = {
        url: `${api.url}/api/v1/webhooks/${id}`,
        secret: WEBHOOK_SECRET,
        since: new Date(world.now().getTime() - gapMs),
        types: [
          'customer.subscription.created',
          'customer.subscription.updated',
          'customer.subscription.deleted',
        ],
      };
      const delivered = await world.sandbox.deliver(delivery);
      expect(delivered.length).toBeGreaterThan(0);
      expect(delivered.filter(({ status }) => status !== 200)).toEqual([]);
      // A run gathers events for half a minute.
      await world.work();
      expect(proxy.asked).toHaveLength(asked);
      await world.moveTo(gapMs + 31_000);
      await world.work();

      const touched = await rows<{ id: string }>(
        `SELECT DISTINCT t->>'id' AS id FROM billing_event, jsonb_array_elements(touched) t WHERE connection_id = $1`,
        id,
      );
      const read = proxy.asked.slice(asked).map(({ pathname }) => pathname);
      for (const subscription of touched) {
        // What came to be since is on a list; what changed is asked for by its name, once.
        const named = read.filter((path) => path === `/v1/subscriptions/${subscription.id}`);
        expect(named.length, subscription.id).toBeLessThanOrEqual(1);
      }
      expect(read.some((path) => path.startsWith('/v1/subscriptions/'))).toBe(true);
      const restated = await numbers('shop-mrr');
      expect(restated).not.toEqual(first);
      const truth = toNumber(mrrAt(world.sandbox.model(), world.now(), 'usd'));
      expect(Number((await points('shop-mrr')).at(-1)?.value)).toBeCloseTo(truth, 6);

      const before = await everything(id);
      const again = await world.sandbox.deliver({ ...delivery, order: 'newest_first', times: 2 });
      expect(again.filter(({ status }) => status !== 200)).toEqual([]);
      await world.moveTo(gapMs + 70_000);
      await world.work();
      expect(await everything(id)).toEqual(before);
    } finally {
      await api.stop();
    }
  }, 180_000);
});

/** All that a connection has led to, its requests included. */
async function everything(connectionId: string) {
  return {
    asked: proxy.asked.length,
    events: await rows('SELECT event_id, done_at FROM billing_event ORDER BY 1'),
    records: await rows('SELECT kind, record_id, payload FROM billing_record ORDER BY 1, 2'),
    movements: await rows(
      `SELECT m.* FROM mrr_movement m JOIN mrr_series s ON s.id = m.series_id WHERE s.connection_id = $1
       ORDER BY m.series_id, m.customer_id, m.day, m.currency`,
      connectionId,
    ),
    points: await points('shop-mrr'),
    runs: await rows('SELECT id, status FROM sync_run ORDER BY id'),
  };
}
