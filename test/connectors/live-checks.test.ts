import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectors } from '../../connectors/registry.ts';
import { type Connector, defineMetric, type MetricReading } from '../../connectors/sdk/index.ts';
import { stripe } from '../../connectors/stripe/index.ts';
import type { StripeConfig } from '../../connectors/stripe/official.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createEgress, type Egress, parseEgressAllow } from '../../src/egress/index.ts';
import { type LiveAccount, liveAccounts, notCheckedLines } from '../live/accounts.ts';
import { liveChecks } from '../live/checks.ts';

const now = new Date('2026-04-15T15:30:00Z');

let folder: string;
let sandbox: Sandbox;
let egress: Egress;
let variables: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-live-'));
  // Several accounts' worth of reads go to one sandbox: its rate limit sees a second pass with each request.
  let passedMs = 0;
  const monotonicMs = () => (passedMs += 1_000);
  const statePath = join(folder, 'state.json');
  const initial = { anchorDay: '2026-03-01' }; // a young company is read sooner
  sandbox = await startSandbox({ statePath, port: 0, now: () => now, monotonicMs, initial });
  const allowed = parseEgressAllow(new URL(sandbox.url).host);
  egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  const keyPath = join(folder, 'key.txt');
  await writeFile(keyPath, `${sandbox.apiKey}\n`);
  variables = {
    TIDEMARK_LIVE_STRIPE_API_KEY_FILE: keyPath,
    TIDEMARK_LIVE_STRIPE_ENDPOINT: sandbox.url,
    TIDEMARK_LIVE_STRIPE_TIME_ZONE: 'America/New_York',
    TIDEMARK_LIVE_STRIPE_PARAMS: '{"*":{"currency":"usd"}}',
    TIDEMARK_LIVE_STRIPE_REQUESTS_PER_SECOND: '40',
  };
});
afterAll(async () => {
  await egress.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

function account(env: Record<string, string> = variables): LiveAccount {
  const [found] = liveAccounts({ stripe }, env).found;
  if (found === undefined) throw new Error('no account was found');
  return found;
}

async function outcomes(of: LiveAccount): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, run } of liveChecks(of, egress, now)) {
    found[name] = await run().then(
      () => 'ok',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }
  return found;
}

it('finds nothing wrong with Stripe, asked through the guarded way out as a real account is', async () => {
  const found = await outcomes(account());
  // The definition, the check, and two for the mirror; it measures nothing by itself.
  expect(Object.keys(found)).toHaveLength(4);
  expect(new Set(Object.values(found))).toEqual(new Set(['ok']));
});

/** A metric beside the mirror: it asks Stripe what a check asks, and says what the test wants it to say. */
function measuring(answer: (secret: string) => MetricReading): Connector {
  const net_revenue = defineMetric<StripeConfig, { currency: string }>({
    title: 'Net revenue',
    description: 'Whatever the test says.',
    stage: 'revenue',
    unit: 'money',
    kind: 'flow',
    paramsSchema: z.object({
      currency: z.string({ error: 'Name the currency with three letters, for example eur' }),
    }),
    settlesAfterHours: 24,
    rereadDays: 35,
    history: 'backfill',
    async read(context) {
      await stripe.check(context);
      return answer(sandbox.apiKey);
    },
  });
  const { billing: _mirror, ...rest } = stripe;
  return { ...rest, metrics: { net_revenue } };
}

it('names the metrics that it has no parameters for', async () => {
  const { TIDEMARK_LIVE_STRIPE_PARAMS: _none, ...rest } = variables;
  const connector = measuring(() => ({ points: [], completeness: whole }));
  const names = liveChecks({ ...account(rest), connector }, egress, now).map(({ name }) => name);
  expect(names).toContain(
    'net_revenue was not read, for lack of parameters (currency: Name the currency with three letters, for example eur)',
  );
  const given = liveChecks({ ...account(), connector }, egress, now).map(({ name }) => name);
  expect(given).toContain('net_revenue: the last 7 days are whole and once each');
});

const whole = { pages: 1, items: 1, lastPageReached: true, notes: [] };
const point = { day: '2026-04-15', value: '1' };

describe('on a connector that breaks its word', () => {
  it.each([
    {
      why: 'a day that nobody asked for',
      answer: () => ({ points: [{ ...point, day: '2026-04-08' }], completeness: whole }),
      told: '2026-04-08 lies outside the days that were asked for',
    },
    {
      why: 'a day to come',
      answer: () => ({ points: [{ ...point, day: '2026-04-16' }], completeness: whole }),
      told: '2026-04-16 lies outside the days that were asked for',
    },
    {
      why: 'a day twice',
      answer: () => ({ points: [point, point], completeness: whole }),
      told: 'days must come once each and in order',
    },
    {
      why: 'a number that is no plain decimal',
      answer: () => ({ points: [{ ...point, value: '1e3' }], completeness: whole }),
      told: '2026-04-15: a value that is no plain decimal',
    },
    {
      why: 'an answer that was not read to its end',
      answer: () => ({ points: [point], completeness: { ...whole, lastPageReached: false } }),
      told: 'the reading must prove that it is whole',
    },
    {
      why: 'a secret',
      answer: (secret: string) => ({ points: [{ ...point, flags: { key: secret } }], completeness: whole }),
      told: 'a secret got out',
    },
  ])('notices $why', async ({ answer, told }) => {
    const found = await outcomes({ ...account(), connector: measuring(answer) });
    const message = found['net_revenue: the last 7 days are whole and once each'];
    expect(message).toContain(told);
    expect(message).not.toContain(sandbox.apiKey);
  });

  it('notices a read that does not stop', async () => {
    const deaf: Connector = measuring(() => ({ points: [], completeness: whole }));
    const metric = deaf.metrics.net_revenue;
    if (metric === undefined) throw new Error('no metric');
    const reading = async () => ({ points: [], completeness: whole });
    const connector = { ...deaf, metrics: { net_revenue: { ...metric, read: reading } } };
    const found = await outcomes({ ...account(), connector });
    expect(found['net_revenue: stops when told to, before and during a request']).toBe(
      'a result came back where the read was stopped',
    );
  });
});

describe('the accounts', () => {
  it('of every connector can be named by variables, and those that are not are said not to be checked', () => {
    const { found, notChecked } = liveAccounts(connectors, {});
    expect(found).toEqual([]);
    expect(notChecked.map(({ id }) => id)).toEqual(Object.keys(connectors));
    expect(notCheckedLines({ found, notChecked })).toContain(
      'Not checked: stripe, for lack of TIDEMARK_LIVE_STRIPE_API_KEY.',
    );
  });

  it('are refused by the name of the variable, without repeating its value', () => {
    const name = () => liveAccounts({ stripe }, { TIDEMARK_LIVE_STRIPE_API_KEY: 'pk_live_wrong' });
    expect(name).toThrow(/TIDEMARK_LIVE_STRIPE_API_KEY: A publishable key/);
    expect(name).not.toThrow(/pk_live_wrong/);
    const params = { ...variables, TIDEMARK_LIVE_STRIPE_PARAMS: '[' };
    expect(() => liveAccounts({ stripe }, params)).toThrow(/TIDEMARK_LIVE_STRIPE_PARAMS is no JSON object/);
  });
});

describe('the command', () => {
  const root = join(import.meta.dirname, '..', '..');
  const run = (env: Record<string, string>) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const command = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.live.config.ts'];
      const { PATH = '' } = process.env;
      const child = execFile(
        process.execPath,
        command,
        { cwd: root, env: { PATH, NO_COLOR: '1', ...env } },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });

  it('says in one sentence that there is no account, and fails', async () => {
    const { code, output } = await run({});
    expect(code).not.toBe(0);
    expect(output).toContain('No account was named, so nothing was checked: set TIDEMARK_LIVE_');
    expect(output).not.toContain('    at ');
  });

  it('checks the account it is given, and names what it does not check', async () => {
    const { code, output } = await run({
      ...variables,
      TIDEMARK_EGRESS_ALLOW: new URL(sandbox.url).host,
    });
    expect(output).toMatch(/Tests {2}\d+ passed/);
    expect(code).toBe(0);
    expect(output).not.toContain(sandbox.apiKey);
  });
});
