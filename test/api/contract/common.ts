import { hasOwnIdempotency, tellsSecret } from '../../../src/api/conventions.ts';
import { requestHash } from '../../../src/api/idempotency.ts';
import type { RouteName } from '../../../src/api/routes.ts';
import { createHttpStore } from '../../../src/db/http-store.ts';
import { bodies } from '../support/route-bodies.ts';
import { issue, sessionOf, type TwoWorlds, tokenOf } from '../support/two-worlds.ts';
import { type Operation, operations } from './document.ts';
import type { Ask, Driver } from './driver.ts';

type Ours = Pick<TwoWorlds, 'ours'>;

/** The thing of this world that a path names. */
function idOf({ path }: Operation, worlds: Ours): string | undefined {
  const [, kind = ''] = /^\/api\/v1\/([^/]+)/.exec(path) ?? [];
  if (!path.includes('{id}')) return undefined;
  // What a metric measures nobody is asked about.
  return path.endsWith('/check-in-cadence') ? worlds.ours.refs['byHand'] : worlds.ours.refs[kind];
}

/** A request of the operation that its schemas take. */
export function usualAsk(operation: Operation, worlds: Ours): Ask {
  if (operation.id === 'listenToEvents') return {};
  const { refs } = worlds.ours;
  const id = idOf(operation, worlds);
  const made = bodies[operation.id as RouteName]?.(refs);
  const isFile = 'application/octet-stream' in operation.body;
  const query = isFile ? { format: 'jsonl' } : undefined;
  const moves = operation.id.startsWith('explain') && operation.id.endsWith('Movements');
  return {
    ...(id === undefined ? {} : { id }),
    override: refs['overrides'] ?? '',
    ...(query === undefined ? {} : { query }),
    ...(moves ? { query: { from: '2026-01-01', to: '2026-02-01' } } : {}),
    ...(isFile ? { body: '{}\n' } : made === undefined ? {} : { body: made }),
  };
}

/** What every operation of its kind is refused for, whatever it does. Nothing is changed by any of it. */
export async function refusedAlike(driver: Driver, worlds: TwoWorlds): Promise<void> {
  const { server, ours } = worlds;
  const { users, workspaceId } = ours;
  const viewer = sessionOf(server, workspaceId, users.viewer);
  const admin = sessionOf(server, workspaceId, users.admin);
  const onlySync = await tokenOf(server, { workspaceId, userId: users.admin, scopes: ['sync'] })();
  const onlyRead = await tokenOf(server, { workspaceId, userId: users.admin, scopes: ['read'] })();
  for (const operation of operations) {
    const ask = usualAsk(operation, worlds);
    const { access, id: name, method } = operation;
    const writes = method !== 'GET';
    await driver.refused(name, 403, 'unknown_host', { ...ask, headers: { host: 'elsewhere.example.com' } });
    if (access === 'open') {
      await driver.refused(name, 403, 'csrf', {
        ...ask,
        headers: { authorization: '', 'sec-fetch-site': 'cross-site' },
      });
    } else {
      await driver.refused(name, 401, 'unauthorized', { ...ask, headers: { authorization: '' } });
      if (writes) {
        const { 'x-tdm-csrf': _, ...unproven } = await admin();
        await driver.refused(name, 403, 'csrf', { ...ask, headers: unproven });
      }
      if (access === 'self') {
        if (writes) await driver.refused(name, 403, 'in_person_only', { ...ask, headers: onlyRead });
      } else {
        await driver.refused(name, 403, 'scope_missing', {
          ...ask,
          headers: access === 'sync' ? onlyRead : onlySync,
        });
        if (access !== 'view')
          await driver.refused(name, 403, 'role_missing', { ...ask, headers: await viewer() });
      }
    }
    await unreadable(driver, operation, ask);
  }
}

async function unreadable(driver: Driver, operation: Operation, ask: Ask): Promise<void> {
  const { id: name, method, path, body, parameters } = operation;
  if (name === 'listenToEvents') return;
  if (path.includes('{id}'))
    await driver.refused(name, 404, 'not_found', {
      ...ask,
      id: path.includes('/rates/') ? '!' : 'no-such-thing',
    });
  await driver.refused(name, 422, 'validation', {
    ...ask,
    ...(method === 'GET' || 'application/octet-stream' in body
      ? { query: { ...ask.query, nonsense: '1' } }
      : { body: { nonsense: 1 } }),
  });
  if (method === 'GET') return;
  if (!('application/octet-stream' in body)) {
    await driver.refused(name, 400, 'bad_json', { ...ask, body: '{"a": ' });
    const large =
      operation.id.startsWith('upload') || name === 'keepRates' || /import|Drafts/i.test(name)
        ? 5_000_000
        : 300_000;
    await driver.refused(name, 413, 'body_too_large', {
      ...ask,
      body: JSON.stringify({ a: 'x'.repeat(large) }),
    });
    await driver.refused(name, 415, 'unsupported_media_type', {
      ...ask,
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }
  if (parameters.some(({ name: field }) => field === 'Idempotency-Key'))
    await driver.refused(name, 422, 'idempotency_key_invalid', {
      ...ask,
      headers: { 'idempotency-key': 'x'.repeat(201) },
    });
  if (parameters.some(({ name: field }) => field === 'If-Match')) {
    await driver.refused(name, 412, 'version_stale', { ...ask, headers: { 'if-match': '"of-another-day"' } });
    await driver.refused(name, 428, 'version_required', { ...ask, headers: { 'if-match': '' } });
  }
}

/** What a key stands for already: a claim of another process, another request, a secret that was told. */
export async function repeated(driver: Driver, worlds: TwoWorlds): Promise<void> {
  const { server, ours } = worlds;
  const { database, databaseUrl } = server.services;
  const http = createHttpStore(database, databaseUrl);
  const { answers } = http;
  const session = await issue(server, { workspaceId: ours.workspaceId, userId: null, kind: 'api' });
  const headers = { authorization: `Bearer ${session.text}` };
  for (const operation of operations) {
    const { id: name, access } = operation;
    if (access === 'open' || operation.method === 'GET' || hasOwnIdempotency(name as RouteName)) continue;
    const ask = usualAsk(operation, worlds);
    // A token may not change an account.
    const holder = access === 'self' ? await personOf(worlds) : { id: session.id, headers };
    const key = crypto.randomUUID();
    const path = operation.path.replace('{id}', ask.id ?? '').replace('{override}', ask.override ?? '');
    const at = { workspaceId: ours.workspaceId, tokenId: holder.id, key };
    const hash = requestHash(operation.method, path, ask.body);
    const claimed = await answers.claim(at, hash, 60);
    if (claimed.kind !== 'ours') throw new Error('a new key is nobody’s');
    const keyed = { ...ask, headers: { ...holder.headers, 'idempotency-key': key } };
    await driver.refused(name, 409, 'idempotency_running', keyed);
    await answers.complete(at, claimed.claim, 201, null);
    if (tellsSecret(name as RouteName)) await driver.refused(name, 409, 'answer_not_kept', keyed);
    const other = crypto.randomUUID();
    await answers.claim({ ...at, key: other }, 'of another request', 60);
    await driver.refused(name, 422, 'idempotency_conflict', {
      ...ask,
      headers: { ...keyed.headers, 'idempotency-key': other },
    });
  }
  await http.close();
}

async function personOf({
  server,
  ours,
}: TwoWorlds): Promise<{ id: string; headers: Record<string, string> }> {
  const { id, text } = await issue(server, {
    workspaceId: ours.workspaceId,
    userId: ours.users.admin,
    kind: 'session',
  });
  const headers = {
    authorization: '',
    cookie: `tdm_sid=${text}`,
    'x-tdm-csrf': '1',
    'sec-fetch-site': 'same-origin',
  };
  return { id, headers };
}
