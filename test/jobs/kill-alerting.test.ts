import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { createEvaluator } from '../../src/db/evaluate.ts';
import { addDays } from '../../src/domain/day.ts';
import { rules, type Verdict, verdictJudge } from '../db/alerting/support/bench.ts';
import { verifiedBody } from '../e2e/receiver.ts';
import { openTown, startInbox, type Town } from '../e2e/support/alerting.ts';
import { buildOnce } from './support/worker-process.ts';

// R2: whoever tells, composes and sends is killed between any two steps, and everything is told all the same: each piece
// of news under one id, and on the wire at most once more for each kill.

const ROUNDS = Number(process.env.TIDEMARK_KILL_ROUNDS ?? 50);
/** Longer than a lease, and so long that a day's news stays below what a channel takes in an hour. */
const ROUND_MS = 10 * 60_000;
/** A spot that nobody passes: nothing is killed there. */
const NOWHERE = 'nowhere';
/** Where a process can die: what stands in the statement, or `send`. */
const PLACES = [
  'tidemark.alert-conditions', // connections are looked at
  'INSERT INTO alert (', // one is found to fail
  'INSERT INTO alert_told',
  'INSERT INTO notice',
  'FOR NO KEY UPDATE OF c SKIP LOCKED', // a channel's messages are composed
  'INSERT INTO outbox',
  `UPDATE notice SET state = 'composed'`,
  'COMMIT',
  'UPDATE outbox o SET locked_by', // messages are claimed
  'send',
  'INSERT INTO delivery_try', // what became of one is recorded
];
const SPOTS = PLACES.flatMap((place) => [`before|${place}`, `after|${place}`]);
const KEY_RESULTS = Array.from({ length: 16 }, (_, index) => `kr-${index}`);
const CONNECTIONS = Array.from({ length: 6 }, (_, index) => `con-${index}`);

let inbox: Awaited<ReturnType<typeof startInbox>>;
let town: Town;
let secret: string;
const begun: Child[] = [];

beforeAll(async () => {
  await buildOnce();
  inbox = await startInbox(() => 0);
  town = await openTown(new Date('2026-08-12T06:00:00Z'), [inbox.host]);
  const { signingSecret } = await town.channel({ key: 'ops', kind: 'webhook', url: inbox.url });
  if (signingSecret === null) throw new Error('a webhook signs');
  secret = signingSecret;
  for (const key of KEY_RESULTS) await town.keyResult(key, 'grow');
  for (const key of CONNECTIONS)
    await town.services.database.pool.query(
      `INSERT INTO connection (id, workspace_id, key, title, connector_id) VALUES ($1, $2, $3, $3, 'stub')`,
      [newId('con'), town.services.workspace.id, key],
    );
}, 180_000);
afterAll(async () => {
  await Promise.all(begun.map((child) => child.kill()));
  await town.close();
  await inbox.close();
});

it(`loses and doubles no news when whoever sends it is killed ${ROUNDS} times between any two steps`, {
  timeout: 120_000 + ROUNDS * 8_000,
}, async () => {
  const made = new Map<string, string[]>();
  const hit = new Set<string>();
  let next = load();
  for (let round = 0; round < ROUNDS; round += 1) {
    await town.moveTo(town.now() + ROUND_MS);
    await change(made, round);
    const child = await next;
    next = load(); // loads while this one works
    const spot = SPOTS[round % SPOTS.length] ?? '';
    const [side = '', place = ''] = spot.split('|');
    // Commits and claims are many: not always the first.
    const nth =
      place === 'COMMIT' || place.includes('locked_by') ? 1 + (Math.floor(round / SPOTS.length) % 4) : 1;
    if (await child.diesAt(side, nth, place)) hit.add(spot);
  }
  await town.moveTo(town.now() + ROUND_MS);
  const last = await next;
  void last.diesAt('before', 1, NOWHERE);
  await settled();
  await last.kill();

  const heard = new Map<string, string>();
  for (const request of inbox.taken) {
    const { data, type } = verifiedBody(request, secret);
    const said = `${String(data.key)} ${type}`;
    // The same id says the same, however often it comes.
    expect(heard.get(request.id) ?? said).toBe(said);
    heard.set(request.id, said);
  }
  const expected = [...made].flatMap(([key, events]) => events.map((event) => `${key} ${event}`));
  expect([...heard.values()].toSorted()).toEqual(expected.toSorted());
  for (const [key, events] of made) {
    const inOrder = [...heard.values()].filter((said) => said.startsWith(`${key} `));
    expect(inOrder).toEqual(events.map((event) => `${key} ${event}`));
  }
  const repeats = inbox.taken.length - heard.size;
  expect(repeats).toBeLessThanOrEqual(ROUNDS);
  const outbox = await town.rows(
    'SELECT status, count(*)::int AS messages, count(DISTINCT event_key)::int AS keys FROM outbox GROUP BY 1',
  );
  expect(outbox).toEqual([{ status: 'delivered', messages: expected.length, keys: expected.length }]);
  // Each spot has to be hit, or nothing was tested; and some kills between the answer and its record.
  expect(SPOTS.slice(0, ROUNDS).filter((spot) => !hit.has(spot))).toEqual([]);
  if (ROUNDS >= SPOTS.length) expect(repeats).toBeGreaterThan(0);
  process.stdout.write(
    `R2: ${ROUNDS} kills, ${expected.length} pieces of news, 0 lost, 0 doubled, ${repeats} repeats on the wire\n`,
  );
});

const verdicts = new Map<string, Verdict>();

/** Two Key Results and a connection of which everything was told begin to be in trouble, or end it. */
async function change(made: Map<string, string[]>, round: number): Promise<void> {
  const { database } = town.services;
  const evaluate = { judge: verdictJudge(verdicts), newsItem: rules.itemOf };
  const free = await settledSubjects();
  const note = (key: string, began: string, ended: string): boolean => {
    const events = made.get(key) ?? [];
    const begins = events.length % 2 === 0;
    made.set(key, [...events, begins ? began : ended]);
    return begins;
  };
  for (const key of rotated(KEY_RESULTS, round)
    .filter((each) => free.has(each))
    .slice(0, 2)) {
    const begins = note(key, 'key_result.off_track', 'key_result.recovered');
    const [row] = await town.rows<{ id: string }>(`SELECT id FROM key_result WHERE key = '${key}'`);
    // Far enough apart that nobody takes it for flapping.
    const asOfDay = addDays('2026-07-01', 20 * (made.get(key)?.length ?? 0));
    verdicts.set(row?.id ?? '', { asOfDay, status: begins ? 'off_track' : 'on_track' });
    await createEvaluator(database, evaluate).evaluate([row?.id ?? '']);
  }
  for (const key of rotated(CONNECTIONS, round)
    .filter((each) => free.has(each))
    .slice(0, 1)) {
    const begins = note(key, 'connection.failing', 'connection.working');
    await database.pool.query('UPDATE connection SET state = $2 WHERE key = $1', [
      key,
      begins ? 'needs_reauth' : 'active',
    ]);
  }
}

const rotated = (keys: string[], by: number): string[] =>
  keys.map((_, index) => keys[(index + by) % keys.length] ?? '');

/** Whose news is all told: no alert that nobody has looked at, nothing that waits, nothing unsent. */
async function settledSubjects(): Promise<Set<string>> {
  const rows = await town.rows<{ key: string }>(
    `SELECT s.key FROM (
       SELECT id, key, NULL AS state FROM key_result UNION ALL SELECT id, key, state FROM connection) s
     WHERE NOT EXISTS (SELECT 1 FROM notice n JOIN alert a ON a.id = n.alert_id LEFT JOIN outbox o ON o.id = n.outbox_id
         WHERE s.id IN (a.key_result_id, a.connection_id) AND (n.state = 'waiting' OR o.status = 'pending'))
       AND (s.state IS NULL OR (s.state = 'needs_reauth') = EXISTS (
         SELECT 1 FROM alert a WHERE a.connection_id = s.id AND a.kind = 'error' AND a.state = 'firing'))`,
  );
  return new Set(rows.map(({ key }) => key));
}

async function settled(): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  while ((await settledSubjects()).size < KEY_RESULTS.length + CONNECTIONS.length) {
    if (performance.now() > giveUpAt) throw new Error('something was not told within 60 s');
    await delay(50);
  }
}

type Child = {
  /** Lets it work until it dies there. @returns whether it did, and not of having lived too long */
  diesAt(side: string, nth: number, place: string): Promise<boolean>;
  kill(): Promise<void>;
};

async function load(): Promise<Child> {
  const script = fileURLToPath(new URL('./kill-alerting-process.mjs', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...town.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += String(chunk)));
  child.stdin?.on('error', () => {}); // it was killed before it read
  const gone = once(child, 'exit');
  if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), gone]);
  if (child.exitCode !== null) throw new Error('the process did not load');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  const loaded: Child = {
    kill,
    async diesAt(side, nth, place) {
      child.stdin?.write(`${side}|${nth}|${place}\n`);
      if (place === NOWHERE) return false;
      const tooLong = setTimeout(() => void kill(), 15_000);
      await gone;
      clearTimeout(tooLong);
      return said.includes('hit');
    },
  };
  begun.push(loaded);
  return loaded;
}
