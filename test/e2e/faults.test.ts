import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultKind, PROVIDERS, type Provider } from '../../sandbox/index.ts';
import { updateConnection } from '../../src/app/update-connection.ts';
import { dataState } from '../../src/domain/data-state.ts';
import { accessOf, type Simulation, startSimulation } from './support/simulation.ts';

// Section 6 of the reliability page, for every provider and every fault that the sandbox can play: the class of the
// error, how long the run waits, what the data state becomes; that no value changes, and that the other connections'
// points arrive on time. Waits are the page's: base × 0.5 to 1.5, or what the provider asked for.

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Expected = {
  errorClass: string;
  /** Shortest and longest wait before the next attempt; null: it is not tried again by itself. */
  waitMs: [number, number] | null;
  blocksConnection: boolean;
  data: 'failing' | 'late';
};

const transient: Expected = {
  errorClass: 'transient',
  waitMs: [2.5 * SECOND_MS, 7.5 * SECOND_MS],
  blocksConnection: false,
  data: 'failing',
};
const badPayload: Expected = { ...transient, errorClass: 'bad_payload' };
const auth: Expected = { ...transient, errorClass: 'auth', waitMs: [30 * SECOND_MS, 90 * SECOND_MS] };
const drift: Expected = { ...transient, errorClass: 'schema_drift', waitMs: null };
const limited = (shortestMs: number, longestMs: number): Expected => ({
  errorClass: 'rate_limited',
  waitMs: [shortestMs, longestMs],
  blocksConnection: true,
  data: 'late',
});

/** What most faults come to, whoever the provider is. */
const COMMON: Record<FaultKind, Expected> = {
  rate_limit: limited(30 * SECOND_MS, 90 * SECOND_MS),
  rate_limit_retry_after: limited(30 * SECOND_MS, 30 * SECOND_MS),
  quota: limited(30 * SECOND_MS, 90 * SECOND_MS),
  server_error: transient,
  timeout: transient,
  drip: transient,
  cut_off: badPayload,
  revoked: auth,
  forbidden: auth,
  changed_shape: drift,
  empty: badPayload,
  empty_list: badPayload,
  not_json: badPayload,
};

type Case = {
  name: string;
  broken: Provider;
  settings?: Record<string, unknown>;
  /** Where the provider differs from the others, and why. */
  own: Partial<Record<FaultKind, Expected>>;
};

const GA4: Case['own'] = {
  // "Exhausted concurrent requests": places come free as calls end.
  rate_limit: limited(30 * SECOND_MS, 30 * SECOND_MS),
  // Google locks a property out for an hour after ten server errors: the retry does not come within seconds.
  server_error: { ...transient, waitMs: [5 * MINUTE_MS, 5 * MINUTE_MS] },
  // Tokens of the project's hour come back within it.
  quota: limited(SECOND_MS, HOUR_MS),
};

const CASES: Case[] = [
  { name: 'Stripe', broken: 'stripe', own: {} },
  {
    name: 'GA4 over gRPC',
    broken: 'ga4',
    settings: { transport: 'grpc' },
    // A stream that breaks is UNAVAILABLE, with no half an answer to look at.
    own: { ...GA4, cut_off: { ...transient, waitMs: [5 * MINUTE_MS, 5 * MINUTE_MS] } },
  },
  { name: 'GA4 over REST', broken: 'ga4', settings: { transport: 'rest' }, own: GA4 },
  {
    name: 'Mixpanel',
    broken: 'mixpanel',
    own: {
      // Without a Retry-After: until the oldest own query of the hour no longer counts.
      rate_limit: limited(SECOND_MS, HOUR_MS),
      quota: limited(SECOND_MS, HOUR_MS),
    },
  },
];

const METRICS: Record<Provider, [key: string, metric: string, params: Record<string, unknown>][]> = {
  stripe: [
    ['revenue', 'net_revenue', { currency: 'usd' }],
    ['mrr', 'mrr', { currency: 'usd' }],
  ],
  ga4: [
    ['users', 'new_users', {}],
    ['sign-up-rate', 'key_event_conversion', { keyEvent: 'sign_up' }],
  ],
  mixpanel: [
    ['sign-ups', 'event_total', { event: 'Sign Up' }],
    ['nps', 'nps', { event: 'Survey Answered' }],
  ],
};

type Stored = { key: string; day: string; value: string | null; fetchedAt: Date };

async function stored(simulation: Simulation, provider: Provider): Promise<Stored[]> {
  const { rows } = await simulation.services.database.pool.query<Stored>(
    `SELECT m.key, p.day::text, p.value::text, p.fetched_at AS "fetchedAt" FROM metric_point p
     JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id
     JOIN connection c ON c.id = m.connection_id WHERE c.connector_id = $1 ORDER BY m.key, p.day`,
    [provider],
  );
  return rows;
}

async function lastRun(simulation: Simulation, provider: Provider) {
  const { rows } = await simulation.services.database.pool.query<{
    status: string;
    errorClass: string | null;
    errorMessage: string | null;
    /** Which try comes next, the first one counted. */
    attempt: number;
    /** From the failure to the next try, to the millisecond: the time of a failure is kept in whole ones. */
    waitMs: number;
    blockedMs: number | null;
    state: string;
    failingSince: Date | null;
    lastClass: string | null;
  }>(
    `SELECT r.status, r.error_class AS "errorClass", r.error_message AS "errorMessage", r.attempt,
       round(EXTRACT(epoch FROM r.not_before - c.last_failure_at) * 1000)::int AS "waitMs",
       EXTRACT(epoch FROM c.blocked_until - app_now())::float8 * 1000 AS "blockedMs", c.state,
       c.failing_since AS "failingSince", c.last_error->>'class' AS "lastClass"
     FROM sync_run r JOIN connection c ON c.id = r.connection_id WHERE c.connector_id = $1
     ORDER BY r.created_at DESC, r.id DESC LIMIT 1`,
    [provider],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${provider} has no run`);
  return row;
}

/** What the board would say of the data, by the domain's own rule, of a metric that is read every twelve hours. */
function stateOfData(run: Awaited<ReturnType<typeof lastRun>>, points: Stored[], now: Date): string {
  const days = points.map(({ day }) => day).toSorted();
  const errorClass = (run.lastClass ?? 'bug') as 'transient'; // any class of the domain's union
  return dataState({
    paused: false,
    connectionState: run.state as 'active',
    fetchedAt: now,
    everyMinutes: 720,
    lastFailure: run.failingSince === null ? null : { errorClass, since: run.failingSince },
    newestPointDay: days.at(-1) ?? null,
    newestSettledDay: days.at(-1) ?? null,
    traits: { kind: 'flow', timeZone: 'UTC', settlesAfterHours: 0, staleAfterDays: 3 },
    now,
  }).state;
}

describe.concurrent.each(CASES)('$name', ({ broken, settings, own }) => {
  it('fails in its own class, waits as it should, keeps every value, and holds up nobody else', async () => {
    const simulation = await startSimulation({
      startAt: new Date('2026-05-04T00:30:00Z'),
      historyDays: 40,
      sandbox: { seed: 11, anchorDay: '2026-01-01' },
    });
    try {
      for (const provider of PROVIDERS) {
        await simulation.connect(provider, provider, 720, provider === broken ? settings : {});
        for (const [key, metric, params] of METRICS[provider]) {
          await simulation.measure(provider, `${provider}-${key}`, metric, params);
        }
      }
      await simulation.work();
      for (const provider of PROVIDERS)
        expect(await lastRun(simulation, provider)).toMatchObject({ status: 'succeeded' });

      for (const [index, fault] of FAULT_KINDS.entries()) {
        // A little after the slot: right before one a failed run would leave its retry to that slot.
        const brokenAtMs = (index + 1) * DAY_MS + 10 * MINUTE_MS;
        await simulation.moveTo(brokenAtMs);
        const before = await stored(simulation, broken);
        simulation.breakProvider(broken, fault);
        await simulation.work();

        const expected = own[fault] ?? COMMON[fault];
        const run = await lastRun(simulation, broken);
        const said = `${broken} ${fault}`;
        expect(`${said}: ${run.errorClass}`).toBe(`${said}: ${expected.errorClass}`);
        expect(`${said}: ${run.status}`).toBe(`${said}: ${expected.waitMs === null ? 'failed' : 'queued'}`);
        if (expected.waitMs !== null) {
          const [shortestMs, longestMs] = expected.waitMs;
          // On a busy machine the first retry may be over already, and the next one comes after twice as long.
          const doubled = 2 ** Math.max(0, run.attempt - 2);
          expect(run.waitMs, said).toBeGreaterThanOrEqual(shortestMs);
          expect(run.waitMs, said).toBeLessThanOrEqual(longestMs * doubled);
        }
        expect((run.blockedMs ?? 0) > 0, `${said}: connection blocked`).toBe(expected.blocksConnection);
        expect(`${said}: ${stateOfData(run, before, simulation.now())}`).toBe(`${said}: ${expected.data}`);
        // Not one value has changed, and nothing has become a zero.
        expect(await stored(simulation, broken), said).toEqual(before);

        const today = simulation.now().toISOString().slice(0, 10);
        for (const other of PROVIDERS.filter((provider) => provider !== broken)) {
          expect(await lastRun(simulation, other), `${said}, ${other}`).toMatchObject({
            status: 'succeeded',
          });
          const fresh = (await stored(simulation, other)).filter(
            ({ fetchedAt }) => fetchedAt >= new Date(`${today}T00:00Z`),
          );
          expect(fresh.length, `${said}: points of ${other}`).toBeGreaterThan(0);
        }

        if (expected.errorClass === 'auth') await confirmAuth(simulation, broken, brokenAtMs);
        simulation.heal(broken);
        await simulation.moveTo(brokenAtMs + 7 * HOUR_MS);
        if (expected.errorClass === 'auth') {
          const config = { ...accessOf(simulation.sandbox, broken), ...settings };
          await updateConnection(simulation.services.deps, simulation.actor, broken, { config });
        }
        if (expected.waitMs === null) {
          await simulation.moveTo(brokenAtMs + 12 * HOUR_MS);
        }
        await simulation.work();
        const healed = await lastRun(simulation, broken);
        expect(`${said}: ${healed.status} ${healed.errorMessage}`).toBe(`${said}: succeeded null`);
        expect(healed.state).toBe('active');
      }
    } finally {
      await simulation.close();
    }
  }, 400_000);
});

/** A refused key is tried once more, then its owner is asked, and the provider is asked nothing more. */
async function confirmAuth(simulation: Simulation, provider: Provider, sinceStartMs: number): Promise<void> {
  await simulation.moveTo(sinceStartMs + 2 * MINUTE_MS);
  await simulation.work();
  expect(await lastRun(simulation, provider)).toMatchObject({ status: 'failed', state: 'needs_reauth' });
  await simulation.moveTo(sinceStartMs + 6 * HOUR_MS);
  const { rowCount } = await simulation.services.database.pool.query(
    `SELECT 1 FROM sync_run r JOIN connection c ON c.id = r.connection_id
     WHERE c.connector_id = $1 AND r.status = 'queued'`,
    [provider],
  );
  expect(rowCount).toBe(0);
}
