import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { usualAsk } from './contract/common.ts';
import { type Operation, operationOf, operations } from './contract/document.ts';
import { type RawAnswer, rawHttp } from './contract/raw-http.ts';
import { type Hostile, hostileRequests } from './fuzz-cases.ts';
import { issue, plantWorld, startTwoWorlds, type TwoWorlds, type World } from './support/two-worlds.ts';

// Every operation, as an admin, with what no client sends. The seed is printed: the same seed asks the same.

const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 3);
const PER_ROUND = 6;
const HEAP_BYTES = 30 * 1024 * 1024;
const ANSWERED_MS = 10_000;
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1e9));
/** They ask a provider, and tell what it did. */
const ASKS_SOURCE = operations.filter(({ responses }) => '502' in responses).map(({ id }) => id);
const LEAKS =
  /node_modules|\bat .{1,100} \(?(?:file:|node:|\/)|\.ts:\d+|\/src\/|SELECT |INSERT INTO|UPDATE "|prisma|\bSQLSTATE|violates|invalid input syntax|TypeError|RangeError|ECONN/i;

let worlds: TwoWorlds;
beforeAll(async () => {
  worlds = await startTwoWorlds();
});
afterAll(() => worlds?.close());

/** In person where only a person may: a session of its own, for some of these end it. */
async function headersFor({ access }: Operation): Promise<Record<string, string>> {
  const { server, ours } = worlds;
  if (access === 'open') return {};
  if (access !== 'self') return { authorization: `Bearer ${server.api.localToken}` };
  const { text } = await issue(server, {
    workspaceId: ours.workspaceId,
    userId: ours.users.admin,
    kind: 'session',
  });
  return { cookie: `tdm_sid=${text}`, 'x-tdm-csrf': '1', 'sec-fetch-site': 'same-origin' };
}

async function send(operation: Operation, { body, headers, path }: Hostile): Promise<RawAnswer> {
  const access = await headersFor(operation);
  const version = { 'if-match': '*' };
  return rawHttp(worlds.server.api.url, {
    method: operation.method,
    path,
    headers: { ...access, ...version, ...headers },
    ...(body === undefined ? {} : { body }),
    headOnly: operation.id === 'listenToEvents',
  });
}

function validOf(operation: Operation, ours: World) {
  const { body, id = '', override = '', query } = usualAsk(operation, { ours });
  const asked = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  const path = `${operation.path.replace('{id}', id).replace('{override}', override)}${asked}`;
  const file = 'application/octet-stream' in operation.body;
  return { path, body: typeof body === 'object' ? (body as Record<string, unknown>) : null, file };
}

function wrongWith(operation: Operation, asked: Hostile, answer: RawAnswer): string[] {
  const { status, text, tookMs, type } = answer;
  const faults: string[] = [];
  const ofSource = status === 502 && ASKS_SOURCE.includes(operation.id);
  if (status >= 500 && !ofSource) faults.push(`answered ${status}`);
  if (status >= 400 && type !== 'application/problem+json') faults.push(`answered ${status} as "${type}"`);
  // What was sent may come back in a message; nothing of ours may.
  // Why a source could not be reached is what its owner has to know.
  const said = ofSource ? text.replace(/\(E[A-Z]+\)/, '') : text;
  if (status >= 400 && LEAKS.test(said) && !LEAKS.test(`${asked.path}${asked.body ?? ''}`))
    faults.push(`tells: ${text.slice(0, 300)}`);
  if (tookMs > ANSWERED_MS) faults.push(`took ${Math.round(tookMs)} ms`);
  const { body = '', headers, path } = asked;
  return faults.map(
    (fault) =>
      `${operation.id}: ${asked.what}: ${operation.method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 120)} ${body.slice(0, 300)}: ${fault}`,
  );
}

/** In the same workspace, so that the one token is the admin of all rounds. */
async function freshWorld(name: string): Promise<World> {
  const { ours, server } = worlds;
  const world = await plantWorld(server, ours.workspaceId, name);
  const session = await headersFor(operationOf('getMe'));
  const goal = { kind: 'reach', startValue: 1, targetValue: 9 };
  const made = await server.ask(
    'POST',
    '/api/v1/key-results',
    { key: `${name}-hand`, title: 'By hand', objective: world.refs['objectives'], goal, unit: 'count' },
    { authorization: '', ...session },
  );
  return { ...world, refs: { ...world.refs, byHand: String(made.json['id']) } };
}

/** What ends something comes last. */
const ENDS = /^(archive|close|remove|delete|revoke|end|unbind|withdraw|carry)/;
const inOrder = operations.toSorted((a, b) => Number(ENDS.test(a.id)) - Number(ENDS.test(b.id)));

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

it('answers whatever comes at every operation, and says nothing of itself', async () => {
  process.stdout.write(`fuzz: FUZZ_SEED=${seed}\n`);
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const heaps: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Some of it succeeds, and changes or ends what it is about.
    const ours = await freshWorld(`round-${round}`);
    for (const [index, operation] of inOrder.entries()) {
      const asked = hostileRequests(
        operation,
        validOf(operation, ours),
        seed + round * 1_000 + index,
        PER_ROUND,
      );
      for (const each of asked) {
        const answer = await send(operation, each);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        faults.push(...wrongWith(operation, each, answer));
      }
    }
    heaps.push(heapBytes());
  }
  process.stdout.write(
    `fuzz: ${JSON.stringify(Object.fromEntries(statuses))} heap ${heaps.map((bytes) => Math.round(bytes / 2 ** 20)).join(', ')} MB\n`,
  );
  expect(faults).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)).toBeLessThan(HEAP_BYTES);
}, 300_000);

/** What the runs above have found. */
const FOUND: { what: string; operation: string; more?: Partial<Hostile>; status: number }[] = [
  {
    what: 'an Expect that nobody knows was answered 417 with nothing',
    operation: 'listCycles',
    more: { headers: { expect: 'nothing' } },
    status: 200,
  },
  {
    what: 'a NUL in the query went as far as the database',
    operation: 'listAuditLog',
    more: { path: '/api/v1/audit-log?objectId=%00' },
    status: 422,
  },
  {
    what: 'the close of the last day that there is could not be said',
    operation: 'getBoard',
    more: { path: '/api/v1/board?asOf=9999-12-31' },
    status: 422,
  },
  {
    what: 'a day that the calendar does not have went as far as the database',
    operation: 'listPoints',
    more: { path: '/api/v1/metrics/ours-m/points?to=2026-02-30' },
    status: 422,
  },
];
it.each(FOUND)('$operation: $what', async ({ more, operation: name, status }) => {
  const operation = operationOf(name);
  const usual = { what: 'found', path: operation.path, headers: {} };
  const answer = await send(operation, { ...usual, ...more });
  expect([answer.status, wrongWith(operation, { ...usual, ...more }, answer)]).toEqual([status, []]);
});
