import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  type ConnectorContext,
  ConnectorError,
  type DayWindow,
  daysOf,
  type Exchange,
  type MetricReading,
  type MirrorBatch,
  memoryQuota,
  type Quota,
} from '../../connectors/sdk/index.ts';
import { addDays, localDay, windowOf } from '../../src/domain/day.ts';
import type { Egress } from '../../src/egress/index.ts';
import type { LiveAccount } from './accounts.ts';

export type LiveCheck = { name: string; run(): Promise<void> };
/** What all checks of one account have in common: one way out, and one count of what the provider allows. */
type Ground = {
  account: LiveAccount;
  egress: Egress;
  now: Date;
  quota: Quota;
  limiters: Map<string, Promise<unknown>>;
};
type Run = {
  context: ConnectorContext<unknown>;
  exchanges: Exchange[];
  stop: AbortController;
  sent(): number;
};

/** A real account may hold millions of objects: the first pages of its lists show what there is to show. */
const FIRST_BATCHES = 10;
/** It asks several lists at a time, so that many requests may be under way when it is stopped. */
const LISTS_TOGETHER = 10;

/** A read that was stopped must not wait for its provider. */
const STOPS_WITHIN_MS = 10_000;

/**
 * What the connector kit promises and a real account can be asked for. Values are not judged: nobody knows them here.
 * Metrics whose parameters the account does not name are checks that say so.
 */
export function liveChecks(account: LiveAccount, egress: Egress, now: Date): LiveCheck[] {
  const { connector, timeZone } = account;
  const ground: Ground = { account, egress, now, quota: memoryQuota(), limiters: new Map() };
  const today = localDay(now, timeZone);
  const window = windowOf(addDays(today, -6), addDays(today, 1), timeZone);
  const metrics = Object.entries(connector.metrics).flatMap(([id, metric]): LiveCheck[] => {
    const parsed = metric.paramsSchema.safeParse(account.params[id] ?? account.params['*'] ?? {});
    if (!parsed.success) {
      const lacking = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return [
        { name: `${id} was not read, for lack of parameters (${lacking.join('; ')})`, run: async () => {} },
      ];
    }
    const task: Task = { ...ground, window, id, params: parsed.data };
    return [
      { name: `${id}: the last 7 days are whole and once each`, run: () => checkReading(task) },
      {
        name: `${id}: stops when told to, before and during a request`,
        run: () => checkStops(task, (run) => read(task, run)),
      },
    ];
  });
  return [
    { name: 'keeps its secrets apart and binds them to a host', run: async () => checkDefinition(account) },
    { name: 'check: says which account it reached', run: () => checkCheck(ground) },
    ...(connector.billing === undefined ? [] : mirrorChecks(ground)),
    ...metrics,
  ];
}

function mirrorChecks(ground: Ground): LiveCheck[] {
  return [
    {
      name: `mirror: its first ${FIRST_BATCHES} batches say where to go on, and nothing is there twice`,
      run: () => checkMirror(ground),
    },
    {
      name: 'mirror: stops when told to, before and during a request',
      run: () => checkStops(ground, (run) => firstBatches(ground, run), LISTS_TOGETHER),
    },
  ];
}

type Task = Ground & {
  window: DayWindow;
  id: string;
  params: unknown;
};

function startRun({ account, egress, now, quota, limiters }: Ground, onSend?: () => void): Run {
  const exchanges: Exchange[] = [];
  const stop = new AbortController();
  const memory = new Map<string, Promise<unknown>>();
  const hosts = account.connector.allowedHosts(account.endpoint);
  const guarded = egress.forHosts(hosts);
  let sent = 0;
  const leaving = () => {
    sent += 1;
    onSend?.();
  };
  const context: ConnectorContext<unknown> = {
    config: account.config,
    endpoint: account.endpoint,
    fetch(input, init) {
      leaving();
      return guarded(input, init);
    },
    signal: stop.signal,
    now,
    shared<T>(key: string, read: () => Promise<T>): Promise<T> {
      const kept = key.startsWith('http-limiter:') ? limiters : memory;
      if (!kept.has(key)) kept.set(key, read());
      return kept.get(key) as Promise<T>; // the key stands for one type
    },
    reads: [],
    quota,
    resolve(url) {
      leaving();
      return egress.resolve(hosts, url);
    },
    record: (exchange) => exchanges.push(exchange),
  };
  return { context, exchanges, stop, sent: () => sent };
}

async function read({ account, id, params, window }: Task, { context }: Run): Promise<MetricReading> {
  const metric = account.connector.metrics[id];
  assert(metric !== undefined, `there is no metric ${id}`);
  return metric.read({ ...context, reads: [{ metric: id, params, window }] }, window, params);
}

function checkDefinition({ connector, endpoint, secrets }: LiveAccount): void {
  assert(connector.secretFields.length > 0, 'secretFields must name what is secret');
  assert(secrets.length > 0, 'none of what was given is secret');
  assert(connector.allowedHosts(endpoint).length > 0, 'secrets must be bound to a host');
}

async function checkCheck(ground: Ground): Promise<void> {
  const { account } = ground;
  const run = startRun(ground);
  const result = await account.connector.check(run.context);
  assert(result.account.length > 0, 'check must name the account');
  assertNoSecret(account, run, result);
}

async function checkReading(task: Task): Promise<void> {
  const run = startRun(task);
  const { points, completeness } = await read(task, run);
  const days = points.map((point) => point.day);
  assert.deepEqual(days, [...new Set(days)].toSorted(), 'days must come once each and in order');
  const today = localDay(task.now, task.window.timeZone);
  const asked = new Set(daysOf(task.window).filter((day) => day <= today));
  for (const { day, value, numerator, denominator } of points) {
    assert(asked.has(day), `${day} lies outside the days that were asked for`);
    for (const decimal of [value, numerator, denominator]) {
      const isPlain = typeof decimal !== 'string' || /^-?\d+(\.\d+)?$/.test(decimal);
      assert(isPlain, `${day}: a value that is no plain decimal`);
    }
  }
  assert.equal(completeness.lastPageReached, true, 'the reading must prove that it is whole');
  assert(run.exchanges.length > 0, 'every request must be recorded');
  assertNoSecret(task.account, run, points, completeness);
}

async function firstBatches({ account }: Ground, { context }: Run): Promise<MirrorBatch[]> {
  const { billing } = account.connector;
  assert(billing !== undefined, 'nothing is mirrored');
  const batches: MirrorBatch[] = [];
  for await (const batch of billing.read(context, { state: null, kinds: billing.kinds, touched: [] })) {
    batches.push(batch);
    if (batches.length >= FIRST_BATCHES) break;
  }
  return batches;
}

async function checkMirror(ground: Ground): Promise<void> {
  const run = startRun(ground);
  const batches = await firstBatches(ground, run);
  assert(batches.length > 0, 'a mirror must say at least that there is nothing');
  for (const { records, state } of batches) {
    const keys = records.map(({ id, kind }) => `${kind} ${id}`);
    assert.equal(new Set(keys).size, keys.length, 'a record is there twice');
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state, 'the place to go on from must be plain JSON');
  }
  assert(run.exchanges.length > 0, 'every request must be recorded');
  assertNoSecret(ground.account, run, batches);
}

async function checkStops(
  ground: Ground,
  action: (run: Run) => Promise<unknown>,
  /** How many requests may be under way at the moment of the stop. */
  together = 1,
): Promise<void> {
  const before = startRun(ground);
  before.stop.abort();
  assertStopped(ground, before, await failureOf(() => action(before)));
  assert.equal(before.sent(), 0, 'a stopped run must not ask anything');

  const during: Run = startRun(ground, () => during.stop.abort());
  const startedMs = performance.now();
  assertStopped(ground, during, await failureOf(() => action(during)));
  assert(performance.now() - startedMs < STOPS_WITHIN_MS, 'stopping must not wait for the provider');
  assert(during.sent() > 0 && during.sent() <= together, 'nothing may be asked after the stop');
}

function assertStopped({ account }: Ground, run: Run, error: ConnectorError): void {
  assert.equal(error.remedy.by, 'time', 'a stopped read is tried again');
  assertNoSecret(account, run, error);
}

async function failureOf(action: () => Promise<unknown>): Promise<ConnectorError> {
  const outcome = await action().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  assert(outcome !== null, 'a result came back where the read was stopped');
  assert(outcome.error instanceof ConnectorError, 'an error that is no ConnectorError');
  return outcome.error;
}

/** Messages of this file name no value, so that a failed check lets nothing out either. */
function assertNoSecret({ secrets }: LiveAccount, run: Run, ...told: unknown[]): void {
  const text = inspect([...told, run.exchanges], { depth: 12, showHidden: true, maxStringLength: null });
  for (const secret of secrets) {
    const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    const forms = [secret, encodeURIComponent(secret), base64];
    assert(!forms.some((form) => text.includes(form)), 'a secret got out');
  }
}
