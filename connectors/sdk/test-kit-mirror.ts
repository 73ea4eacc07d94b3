import assert from 'node:assert/strict';
import type { LedgerKind, LedgerRecord, MirrorBatch } from './mirror.ts';
import { FAULTS } from './test-kit-faults.ts';
import {
  assertNoSecret,
  checkCheck,
  checkDefinition,
  checkFault,
  checkStops,
  faults,
  type KitCheck,
  type KitGround,
  type KitRun,
  type KitServer,
  onServer,
  startRun,
} from './test-kit-run.ts';

/** A fake provider whose rights can be taken away. */
export type MirrorKitServer = KitServer & {
  /** Refuses the list that a kind is read from, as to a key that lacks the right. */
  revoke(kind: LedgerKind): void;
};

export type MirrorKit<Config> = KitGround<Config, MirrorKitServer> & {
  /** The same provider without an object. */
  startEmpty(): Promise<MirrorKitServer>;
  kinds: readonly LedgerKind[];
  /** The ids of everything that must come, by kind. */
  records: Partial<Record<LedgerKind, readonly string[]>>;
  /** Requests that a first reading takes: at least one list has two pages. */
  requests: number;
  /** How many requests may be under way at a time. */
  concurrent: number;
  /** A kind without which the others are still read. */
  revocable: LedgerKind;
};

/** What every connector that mirrors billing promises, as checks for any test runner. */
export function mirrorKit<Config>(kit: MirrorKit<Config>): KitCheck[] {
  const on = (name: string, run: (server: MirrorKitServer) => Promise<void>): KitCheck => ({
    name,
    run: () => onServer(kit, run),
  });
  return [
    { name: 'keeps its secrets apart and binds them to a host', run: async () => checkDefinition(kit) },
    on('check: says which account it reached', (server) => checkCheck(kit, server)),
    on('mirror: reads every list to its end, and says so only then', (server) => checkWhole(kit, server)),
    { name: 'mirror: an account without objects is whole, and empty', run: () => checkEmpty(kit) },
    on('mirror: goes on after any batch as if it had never been stopped', (server) =>
      checkResumes(kit, server),
    ),
    on('mirror: goes on where a provider broke off', (server) => checkBreaks(kit, server)),
    on(
      'mirror: a right that was taken away is a gap that says what to give, and the rest is read',
      (server) => checkRevoked(kit, server),
    ),
    on('mirror: stops when told to, before and during a request', (server) =>
      checkStops(kit, server, (run) => readAll(kit, run), kit.concurrent),
    ),
    ...faults().map((fault) =>
      on(`mirror: ${FAULTS[fault].told}, and nothing is kept`, async (server) => {
        const kept: MirrorBatch[] = [];
        await checkFault(kit, server, fault, (run) => readAll(kit, run, null, kept));
        assert.deepEqual(kept, [], 'a batch came from a provider that said nothing');
      }),
    ),
    ...faults().map((fault) =>
      on(`check: ${FAULTS[fault].told}`, (server) =>
        checkFault(kit, server, fault, (run) => kit.connector.check(run.context)),
      ),
    ),
  ];
}

/** A ledger as a database keeps it: by kind and id, the newest telling last. */
type Kept = Map<string, LedgerRecord>;

async function readAll<Config>(
  { connector, kinds }: MirrorKit<Config>,
  { context }: KitRun<Config>,
  state: unknown = null,
  batches: MirrorBatch[] = [],
  most = Number.POSITIVE_INFINITY,
): Promise<MirrorBatch[]> {
  assert(connector.billing !== undefined, 'the connector mirrors nothing');
  if (most === 0) return batches;
  for await (const batch of connector.billing.read(context, { state, kinds, touched: [] })) {
    batches.push(batch);
    if (batches.length >= most) break;
  }
  return batches;
}

function kept(batches: readonly MirrorBatch[], into: Kept = new Map()): Kept {
  for (const record of batches.flatMap(({ records }) => records))
    into.set(`${record.kind} ${record.id}`, record);
  return into;
}

function expectedKeys<Config>({ records }: MirrorKit<Config>, without: readonly LedgerKind[] = []): string[] {
  return Object.entries(records)
    .filter(([kind]) => !without.some((left) => left === kind))
    .flatMap(([kind, ids]) => ids.map((id) => `${kind} ${id}`))
    .toSorted();
}

const keysOf = (ledger: Kept): string[] => [...ledger.keys()].toSorted();

/** As it comes out of a column of JSON. */
const stored = (batch: MirrorBatch | undefined): unknown =>
  batch === undefined ? null : JSON.parse(JSON.stringify(batch.state));

async function checkWhole<Config>(kit: MirrorKit<Config>, server: MirrorKitServer): Promise<void> {
  const run = startRun(kit, server);
  const batches = await readAll(kit, run);
  const [last] = batches.slice(-1);
  assert.deepEqual(keysOf(kept(batches)), expectedKeys(kit));
  assert.deepEqual(last?.throughAt, kit.now, 'the mirror must say up to when it is whole');
  assert.equal(batches[0]?.throughAt, null, 'a mirror is not whole after its first batch');
  assert.deepEqual(last?.gaps, []);
  assert.deepEqual(stored(last), last?.state, 'the place to go on from must be plain JSON');
  assert.equal(server.requestCount(), kit.requests);
  assert.equal(run.exchanges.length, kit.requests, 'every request must be recorded');
  assert(run.exchanges.every((exchange) => /^[0-9a-f]{64}$/.test(exchange.responseSha256 ?? '')));
  assertNoSecret(kit, run, batches);
}

async function checkEmpty<Config>(kit: MirrorKit<Config>): Promise<void> {
  await onServer({ ...kit, start: kit.startEmpty }, async (server) => {
    const batches = await readAll(kit, startRun(kit, server));
    assert.deepEqual(keysOf(kept(batches)), []);
    assert.deepEqual(batches.at(-1)?.throughAt, kit.now);
  });
}

async function checkResumes<Config>(kit: MirrorKit<Config>, server: MirrorKitServer): Promise<void> {
  const whole = await readAll(kit, startRun(kit, server));
  assert(whole.length > 1, 'the kit needs more than one batch');
  for (const [index] of whole.entries()) {
    const first = await readAll(kit, startRun(kit, server), null, [], index + 1);
    const rest = await readAll(kit, startRun(kit, server), stored(first.at(-1)));
    assert.deepEqual(kept(rest, kept(first)), kept(whole), `stopped after batch ${index + 1}`);
  }
}

/** A request of each number is refused for now, and from then on all are answered. */
async function checkBreaks<Config>(kit: MirrorKit<Config>, server: MirrorKitServer): Promise<void> {
  const whole = await readAll(kit, startRun(kit, server));
  for (let request = 1; request <= kit.requests; request += 1) {
    let asked = 0;
    const onFetch = () => {
      asked += 1;
      if (asked === request) server.play('rate_limited');
    };
    const first: MirrorBatch[] = [];
    await readAll(kit, startRun(kit, server, { onFetch }), null, first).then(
      () => assert.fail('a broken-off reading came to an end'),
      () => server.play(null),
    );
    assert.notDeepEqual(first.at(-1)?.throughAt, kit.now, 'a broken-off reading must not be whole');
    const rest = await readAll(kit, startRun(kit, server), stored(first.at(-1)));
    assert.deepEqual(
      keysOf(kept(rest, kept(first))),
      keysOf(kept(whole)),
      `broken off at request ${request}`,
    );
  }
}

async function checkRevoked<Config>(kit: MirrorKit<Config>, server: MirrorKitServer): Promise<void> {
  server.revoke(kit.revocable);
  const run = startRun(kit, server);
  const batches = await readAll(kit, run);
  const gaps = batches.at(-1)?.gaps ?? [];
  const gap = gaps.find(({ kinds }) => kinds.includes(kit.revocable));
  assert.equal(gap?.errorClass, 'auth');
  assert((gap.hint ?? '').length > 0, 'the owner must be told what to give');
  assert.deepEqual(keysOf(kept(batches)), expectedKeys(kit, gap.kinds));
  assertNoSecret(kit, run, batches);
}
