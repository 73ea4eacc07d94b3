import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ConnectorError } from './error.ts';
import { memoryQuota } from './quota.ts';
import { FAULTS, type Fault, type FaultMeaning } from './test-kit-faults.ts';
import { loggedDuring } from './test-kit-logs.ts';
import type { Connector, ConnectorContext, Exchange } from './types.ts';

/** A fake provider of the connector's own tests, with data behind it. */
export type KitServer = {
  endpoint: URL;
  /** Requests answered or left hanging so far. */
  requestCount(): number;
  /** How every request is answered from now on; null is health. `playFault` does the work on Node servers. */
  play(fault: Fault | null): void;
  close(): Promise<void>;
};

/** What every kit is given: a connector, and how to reach a fake of its provider. */
export type KitGround<Config, Server extends KitServer = KitServer> = {
  connector: Connector<Config>;
  config: Config;
  /** Every secret value in `config`. */
  secrets: readonly string[];
  start(): Promise<Server>;
  now: Date;
  /** Where this provider means something else than most by a fault, such as "slow down" by a 403. */
  means?: Partial<Record<Fault, FaultMeaning>>;
};

export type KitCheck = { name: string; run(): Promise<void> };
export type KitRun<Config> = {
  context: ConnectorContext<Config>;
  exchanges: Exchange[];
  stop: AbortController;
};

/** A guarded fetch gives up by itself: late enough for a busy machine, or soon where nothing will come. */
const GIVE_UP_MS = 20_000;
const GIVE_UP_SOON_MS = 150;

export function faults(): Fault[] {
  return Object.keys(FAULTS) as Fault[];
}

export async function onServer<Config, Server extends KitServer>(
  kit: KitGround<Config, Server>,
  run: (server: Server) => Promise<void>,
): Promise<void> {
  const logs = await loggedDuring(async () => {
    const server = await kit.start();
    try {
      await run(server);
    } finally {
      await server.close();
    }
  });
  assert(!holdsSecret(kit, logs), 'a secret got into a log');
}

export type RunOptions = { giveUpMs?: number; onFetch?: () => void };

export function startRun<Config>(
  kit: KitGround<Config>,
  server: KitServer,
  options: RunOptions = {},
): KitRun<Config> {
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

export function checkDefinition<Config>(kit: KitGround<Config>): void {
  const { connector, secrets } = kit;
  assert(!connector.configSchema.safeParse({}).success, 'a connection without configuration must be refused');
  assert(
    connector.configSchema.safeParse(kit.config).success,
    'the kit was given a configuration that is refused',
  );
  const kept = connector.secretFields
    .map((field) => (kit.config as Record<string, unknown>)[field])
    // A connector of several ways in has secrets that others of them need.
    .filter((value) => value !== undefined);
  assert.deepEqual(new Set(kept), new Set(secrets), 'secretFields must name every secret and nothing else');
  assert(connector.allowedHosts(null).length > 0, 'secrets must be bound to the provider’s own host');
  const elsewhere = new URL('https://gateway.example:8443');
  assert.deepEqual(connector.allowedHosts(elsewhere), ['gateway.example:8443']);
}

export async function checkCheck<Config>(kit: KitGround<Config>, server: KitServer): Promise<void> {
  const run = startRun(kit, server);
  const result = await kit.connector.check(run.context);
  assert(result.account.length > 0, 'check must name the account');
  assertNoSecret(kit, run, result);
}

/** Before a request nothing is asked, and during one nothing is waited for. */
export async function checkStops<Config>(
  kit: KitGround<Config>,
  server: KitServer,
  action: (run: KitRun<Config>) => Promise<unknown>,
  /** How many requests may be under way at the moment of the stop. */
  together = 1,
): Promise<void> {
  const before = startRun(kit, server);
  before.stop.abort();
  await failureOf(() => action(before));
  assert.equal(server.requestCount(), 0, 'a stopped run must not ask anything');

  server.play('hang');
  const during: KitRun<Config> = startRun(kit, server, { onFetch: () => during.stop.abort() });
  const startedMs = performance.now();
  const error = await failureOf(() => action(during));
  assert.equal(error.remedy.by, 'time');
  assert(performance.now() - startedMs < GIVE_UP_MS / 2, 'stopping must not wait for the provider');
  assert(
    during.exchanges.length > 0 && during.exchanges.length <= together,
    'nothing may be asked after the stop',
  );
}

export async function checkFault<Config>(
  kit: KitGround<Config>,
  server: KitServer,
  fault: Fault,
  action: (run: KitRun<Config>) => Promise<unknown>,
): Promise<void> {
  server.play(fault);
  const run = startRun(kit, server, fault === 'hang' ? { giveUpMs: GIVE_UP_SOON_MS } : {});
  const error = await failureOf(() => action(run));
  const { classes, by, afterMs }: FaultMeaning = kit.means?.[fault] ?? FAULTS[fault];
  assert(
    classes.includes(error.errorClass),
    `${error.errorClass} is not ${classes.join(' or ')}: ${inspect(error)}`,
  );
  assert.equal(error.remedy.by, by);
  if (error.remedy.by === 'owner') assert(error.remedy.hint.length > 0, 'the owner must be told what to do');
  if (afterMs !== undefined) assert.deepEqual(error.remedy, { by: 'time', afterMs });
  assert(run.exchanges.length > 0, 'a failed request is evidence too');
  assertNoSecret(kit, run, error);
}

export async function failureOf(action: () => Promise<unknown>): Promise<ConnectorError> {
  const outcome = await action().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert('error' in outcome, 'a result came back where an error was due');
  assert(outcome.error instanceof ConnectorError, `not a ConnectorError: ${inspect(outcome.error)}`);
  return outcome.error;
}

export function assertNoSecret<Config>(
  kit: KitGround<Config>,
  run: KitRun<Config>,
  ...told: unknown[]
): void {
  const text = inspect([...told, run.exchanges], { depth: 12, showHidden: true, maxStringLength: null });
  assert(!holdsSecret(kit, text), 'a secret got out');
}

function holdsSecret<Config>({ secrets }: KitGround<Config>, text: string): boolean {
  return secrets.some((secret) => {
    const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    return [secret, encodeURIComponent(secret), base64].some((form) => text.includes(form));
  });
}
