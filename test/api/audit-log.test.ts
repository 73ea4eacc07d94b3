import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deps } from '../../src/app/ports.ts';
import { recordChange } from '../../src/app/record-change.ts';
import { updateKeyResult } from '../../src/app/update-key-result.ts';
import { type Resources, resourcesOf } from './support/resources.ts';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let api: Resources;
type Line = {
  id: string;
  at: string;
  action: string;
  objectType: string;
  objectId: string;
  previous: string;
  hash: string;
};

beforeAll(async () => {
  server = await startTestServer();
  api = resourcesOf(server);
  await api.post('/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2027-01-01' });
  await api.post('/objectives', { key: 'growth', title: 'Growth', cycle: 'q' });
  const goal = { kind: 'reach', startValue: 1, targetValue: 2 };
  await api.post('/key-results', { key: 'growth.a', title: 'A', objective: 'growth', goal, unit: 'count' });
  for (const title of ['one', 'two', 'three']) await api.patch('/key-results/growth.a', { title });
});
afterAll(() => server?.close());

const lines = async (query: string): Promise<Line[]> =>
  (await api.get(`/audit-log${query}`))['data'] as Line[];

it('tells of every change, the newest first, each line tied to the one before', async () => {
  const all = await lines('');
  expect(all.map(({ action, objectType }) => `${action} ${objectType}`).slice(0, 6)).toEqual([
    'update key_result',
    'update key_result',
    'update key_result',
    'create key_result',
    'create objective',
    'create cycle',
  ]);
  expect(all[0]).toMatchObject({ details: { before: { title: 'two' }, title: 'three' } });
  for (const [index, line] of all.slice(0, -1).entries()) expect(line.previous).toBe(all[index + 1]?.hash);
});

it('comes in pages that begin where the last one ended', async () => {
  const first = await api.get('/audit-log?limit=4');
  const { nextCursor } = first['page'] as { nextCursor: string };
  const rest = await api.get(`/audit-log?limit=200&cursor=${nextCursor}`);
  const ids = [...(first['data'] as Line[]), ...(rest['data'] as Line[])].map(({ id }) => id);
  expect(ids).toEqual((await lines('?limit=200')).map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

it('is narrowed down by who, what, on which object and when', async () => {
  const made = (await lines('?action=create&objectType=key_result'))[0];
  expect(await lines(`?objectId=${made?.objectId}&action=update`)).toHaveLength(3);
  expect(await lines('?actor=nobody')).toEqual([]);
  expect(await lines(`?to=${made?.at}&action=update`)).toEqual([]);
  expect(await lines(`?from=${made?.at}&objectType=key_result&limit=200`)).toHaveLength(4);
  await server.ask('GET', '/api/v1/audit-log?from=yesterday').then(({ status }) => expect(status).toBe(422));
  await server.ask('GET', '/api/v1/audit-log?who=me').then(({ status }) => expect(status).toBe(422));
});

it('a change whose line cannot be written does not happen', async () => {
  const { deps, workspace } = server.services;
  const actor = { workspace, name: 'test', userId: null, requestId: null };
  const failing: Deps = {
    ...deps,
    atomically: (work) =>
      deps.atomically((inside) =>
        work({
          ...inside,
          audit: {
            ...inside.audit,
            async append(entry) {
              await inside.audit.append({ ...entry, actor: 'half' });
              await inside.plan.createCycle({
                workspaceId: workspace.id,
                key: 'q', // taken: the database refuses it
                title: 'q',
                startDay: '2026-01-01',
                endDay: '2026-02-01',
                timeZone: 'UTC',
              });
            },
          },
        }),
      ),
  };
  await expect(updateKeyResult(failing, actor, 'growth.a', { title: 'never' })).rejects.toMatchObject({
    code: 'already_exists',
  });
  expect(await api.get('/key-results/growth.a')).toMatchObject({ title: 'three' });
  expect(await lines('?actor=half')).toEqual([]);
});

it('a change that is refused at its end leaves no line, and what was nested in it is gone as well', async () => {
  const { deps, workspace } = server.services;
  const actor = { workspace, name: 'undone', userId: null, requestId: null };
  const before = await api.names('/alert-rules');
  const undone = deps.atomically(async (inside) => {
    await recordChange(inside, actor, 'try', 'cycle', 'x', {});
    await inside.atomically((same) =>
      same.alerts.createRule({
        workspaceId: workspace.id,
        objectiveId: null,
        keyResultId: null,
        kind: 'off_track',
        forEvaluations: 1,
        keepFiringEvaluations: 1,
        fireBelow: 0.2,
        clearAbove: 0.4,
        repeatDays: null,
      }),
    );
    throw new RangeError('enough');
  });
  await expect(undone).rejects.toThrow('enough');
  expect(await lines('?actor=undone')).toEqual([]);
  expect(await api.names('/alert-rules')).toEqual(before);
});

it('many changes at once each have their line, in one unbroken chain', async () => {
  const before = (await lines('?limit=200')).length;
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      api.post('/objectives', { key: `o${n}`, title: `O ${n}`, cycle: 'q' }),
    ),
  );
  const all = await lines('?limit=200');
  expect(all).toHaveLength(before + 12);
  for (const [index, line] of all.slice(0, -1).entries()) expect(line.previous).toBe(all[index + 1]?.hash);
});
