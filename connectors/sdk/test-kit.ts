import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ConnectorError } from './error.ts';
import { daysOf } from './local-day.ts';
import { memoryQuota } from './quota.ts';
import { FAULTS, type Fault } from './test-kit-faults.ts';
import type { Connector, ConnectorContext, DayWindow, Exchange, MetricReading } from './types.ts';

/** A fake provider of the connector's own tests, with data behind it. */
export type KitServer = {
  endpoint: URL;
  /** Requests answered or left hanging so far. */
  requestCount(): number;
  /** How every request is answered from now on; null is health. `playFault` does the work on Node servers. */
  play(fault: Fault | null): void;
  close(): Promise<void>;
};

export type KitMetric = {
  params: unknown;
  /** The value of every day that must come back, worked out by hand. */
  values: Record<string, string | null>;
  /** How many pages the fake server needs to tell it all: at least two for one list. */
  pages: number;
};

export type Kit<Config> = {
  connector: Connector<Config>;
  config: Config;
  /** Every secret value in `config`. */
  secrets: readonly string[];
  start(): Promise<KitServer>;
  now: Date;
  window: DayWindow;
  metrics: Record<string, KitMetric>;
};

export type KitCheck = { name: string; run(): Promise<void> };
type Run<Config> = { context: ConnectorContext<Config>; exchanges: Exchange[]; stop: AbortController };

/** A guarded fetch gives up by itself: late enough for a busy machine, or soon where nothing will come. */
const GIVE_UP_MS = 20_000;
const GIVE_UP_SOON_MS = 150;

/** What every connector promises, as checks for any test runner: `for (const { name, run } of connectorKit(…)) it(name, run)`. */
export function connectorKit<Config>(kit: Kit<Config>): KitCheck[] {
  const metricIds = Object.keys(kit.connector.metrics);
  return [
    { name: 'keeps its secrets apart and binds them to a host', run: async () => checkDefinition(kit) },
    {
      name: 'check: says which account it reached',
      run: () => onServer(kit, (server) => checkCheck(kit, server)),
    },
    ...metricIds.flatMap((id) => [
      {
        name: `${id}: reads to the last page, one finite point per day of the window`,
        run: () => onServer(kit, (server) => checkReading(kit, server, id)),
      },
      {
        name: `${id}: stops when told to, before and during a request`,
        run: () => onServer(kit, (server) => checkStops(kit, server, id)),
      },
      ...faults().map((fault) => ({
        name: `${id}: ${FAULTS[fault].told}, and there are no points`,
        run: () => onServer(kit, (server) => checkFault(kit, server, fault, (run) => read(kit, run, id))),
      })),
    ]),
    ...faults().map((fault) => ({
      name: `check: ${FAULTS[fault].told}`,
      run: () =>
        onServer(kit, (server) => checkFault(kit, server, fault, (run) => kit.connector.check(run.context))),
    })),
  ];
}

function faults(): Fault[] {
  return Object.keys(FAULTS) as Fault[];
}

async function onServer<Config>(kit: Kit<Config>, run: (server: KitServer) => Promise<void>): Promise<void> {
  const server = await kit.start();
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

type RunOptions = { giveUpMs?: number; onFetch?: () => void };

function startRun<Config>(kit: Kit<Config>, server: KitServer, options: RunOptions = {}): Run<Config> {
  const exchanges: Exchange[] = [];
  const stop = new AbortController();
  const memory = new Map<string, Promise<unknown>>();
  const context: ConnectorContext<Config> = {
    config: kit.config,
    endpoint: server.endpoint,
    fetch(input, init = {}) {
      options.onFetch?.();
      // Not AbortSignal.timeout: on Node 20 one that only a combined signal refers to may be collected and never fire.
      const givenUp = new AbortController();
      const timer = setTimeout(
        () => givenUp.abort(new DOMException('the kit waited long enough', 'TimeoutError')),
        options.giveUpMs ?? GIVE_UP_MS,
      );
      const signals = [givenUp.signal, ...(init.signal === undefined ? [] : [init.signal])];
      const { body, ...rest } = init;
      const sent =
        body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) };
      timer.unref();
      return fetch(input, { ...rest, ...sent, signal: AbortSignal.any(signals), redirect: 'manual' });
    },
    signal: stop.signal,
    now: kit.now,
    shared<T>(key: string, start: () => Promise<T>): Promise<T> {
      if (!memory.has(key)) memory.set(key, start());
      return memory.get(key) as Promise<T>; // the key stands for one type
    },
    record: (exchange) => exchanges.push(exchange),
    reads: [],
    quota: memoryQuota(),
    resolve: async ({ hostname }) => [
      { address: hostname.replace(/^\[|\]$/g, ''), family: hostname.startsWith('[') ? 6 : 4 },
    ],
  };
  return { context, exchanges, stop };
}

async function read<Config>(kit: Kit<Config>, run: Run<Config>, id: string): Promise<MetricReading> {
  const metric = kit.connector.metrics[id];
  const given = kit.metrics[id];
  assert(metric !== undefined && given !== undefined, `the kit was given nothing for metric ${id}`);
  const params: unknown = metric.paramsSchema.parse(given.params);
  const reads = [{ metric: id, params, window: kit.window }];
  return metric.read({ ...run.context, reads }, kit.window, params);
}

function checkDefinition<Config>(kit: Kit<Config>): void {
  const { connector, secrets } = kit;
  assert(!connector.configSchema.safeParse({}).success, 'a connection without configuration must be refused');
  assert(
    connector.configSchema.safeParse(kit.config).success,
    'the kit was given a configuration that is refused',
  );
  const kept = connector.secretFields.map((field) => (kit.config as Record<string, unknown>)[field]);
  assert.deepEqual(new Set(kept), new Set(secrets), 'secretFields must name every secret and nothing else');
  assert(connector.allowedHosts(null).length > 0, 'secrets must be bound to the provider’s own host');
  const elsewhere = new URL('https://gateway.example:8443');
  assert.deepEqual(connector.allowedHosts(elsewhere), ['gateway.example:8443']);
  assert.deepEqual(Object.keys(kit.metrics).toSorted(), Object.keys(connector.metrics).toSorted());
}

async function checkCheck<Config>(kit: Kit<Config>, server: KitServer): Promise<void> {
  const run = startRun(kit, server);
  const result = await kit.connector.check(run.context);
  assert(result.account.length > 0, 'check must name the account');
  assertNoSecret(kit, run, result);
}

async function checkReading<Config>(kit: Kit<Config>, server: KitServer, id: string): Promise<void> {
  const run = startRun(kit, server);
  const reading = await read(kit, run, id);
  const days = reading.points.map((point) => point.day);
  assert.deepEqual(days, [...new Set(days)].toSorted(), 'days must come once each and in order');
  const window = new Set(daysOf(kit.window));
  for (const { day, value } of reading.points) {
    assert(window.has(day), `${day} lies outside the window`);
    assert(value === null || /^-?\d+(\.\d+)?$/.test(value), `${day}: ${value} is no plain decimal`);
  }
  const expected = kit.metrics[id];
  const values = Object.fromEntries(reading.points.map((point) => [point.day, point.value]));
  assert.deepEqual(values, expected?.values);
  assert.equal(reading.completeness.lastPageReached, true, 'the reading must prove that it is whole');
  assert.equal(reading.completeness.pages, expected?.pages);
  assert.equal(run.exchanges.length, server.requestCount(), 'every request must be recorded');
  assert(run.exchanges.every((exchange) => /^[0-9a-f]{64}$/.test(exchange.responseSha256 ?? '')));
  assertNoSecret(kit, run, reading);
}

async function checkStops<Config>(kit: Kit<Config>, server: KitServer, id: string): Promise<void> {
  const before = startRun(kit, server);
  before.stop.abort();
  await failureOf(() => read(kit, before, id));
  assert.equal(server.requestCount(), 0, 'a stopped run must not ask anything');

  server.play('hang');
  const during: Run<Config> = startRun(kit, server, { onFetch: () => during.stop.abort() });
  const startedMs = performance.now();
  const error = await failureOf(() => read(kit, during, id));
  assert.equal(error.remedy.by, 'time');
  assert(performance.now() - startedMs < GIVE_UP_MS / 2, 'stopping must not wait for the provider');
  assert.equal(during.exchanges.length, 1, 'nothing may be asked after the stop');
}

async function checkFault<Config>(
  kit: Kit<Config>,
  server: KitServer,
  fault: Fault,
  action: (run: Run<Config>) => Promise<unknown>,
): Promise<void> {
  server.play(fault);
  const run = startRun(kit, server, fault === 'hang' ? { giveUpMs: GIVE_UP_SOON_MS } : {});
  const error = await failureOf(() => action(run));
  const { errorClass, by, afterMs } = FAULTS[fault];
  assert.equal(error.errorClass, errorClass, inspect(error));
  assert.equal(error.remedy.by, by);
  if (afterMs !== undefined) assert.deepEqual(error.remedy, { by: 'time', afterMs });
  assert(run.exchanges.length > 0, 'a failed request is evidence too');
  assertNoSecret(kit, run, error);
}

async function failureOf(action: () => Promise<unknown>): Promise<ConnectorError> {
  const outcome = await action().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert('error' in outcome, 'a result came back where an error was due');
  assert(outcome.error instanceof ConnectorError, `not a ConnectorError: ${inspect(outcome.error)}`);
  return outcome.error;
}

function assertNoSecret<Config>(kit: Kit<Config>, run: Run<Config>, ...told: unknown[]): void {
  const text = inspect([...told, run.exchanges], { depth: 12, showHidden: true, maxStringLength: null });
  for (const secret of kit.secrets) {
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ];
    assert(!forms.some((form) => text.includes(form)), 'a secret got out');
  }
}
