import { request } from 'node:http';
import type { Driver } from './driver.ts';
import { accumulate } from './plan.ts';

/** As many as a workspace can have: what comes back or comes in needs room as well. */
export async function limits({ ask, done, refused, server }: Driver): Promise<void> {
  const { pool } = server.services.database;
  const { id: workspace } = server.services.workspace;
  const body = { key: 'l-kr', title: 'One more', objective: 'p-o', goal: accumulate, unit: 'count' };
  await done('createKeyResult', { body: { ...body, key: 'l-away' } });
  await done('archiveKeyResult', { id: 'l-away' });
  await done('createObjective', { body: { key: 'l-o', title: 'Away', cycle: 'p-now' } });
  await done('createKeyResult', { body: { ...body, key: 'l-in', objective: 'l-o' } });
  await done('archiveObjective', { id: 'l-o' });
  const records = { connectorId: 'records', config: {} };
  await done('createConnection', { body: { ...records, key: 'l-con' } });
  await done('archiveConnection', { id: 'l-con' });
  const hook = { kind: 'webhook', url: 'https://hooks.example.com/in' };
  await done('createChannel', { body: { ...hook, key: 'l-chn' } });
  await done('archiveChannel', { id: 'l-chn' });
  const missing = (table: string, most: number): string =>
    `generate_series(1, (SELECT ${most} - count(*) FROM ${table} WHERE workspace_id = $1 AND archived_at IS NULL)::int) n`;
  await pool.query(
    `INSERT INTO key_result (id, workspace_id, objective_id, cycle_id, key, title, goal_kind, goal, unit)
     SELECT 'kr_' || n, $1, o.id, o.cycle_id, 'l' || n, 'L', 'accumulate', $2, 'count'
     FROM (SELECT id, cycle_id FROM objective WHERE workspace_id = $1 AND key = 'p-o') o, ${missing('key_result', 5_000)}`,
    [workspace, JSON.stringify(accumulate)],
  );
  await pool.query(
    `INSERT INTO connection (id, workspace_id, key, title, connector_id) SELECT 'con_' || n, $1, 'l' || n, 'L', 'records'
     FROM ${missing('connection', 2_000)}`,
    [workspace],
  );
  await pool.query(
    `INSERT INTO channel (id, workspace_id, key, title, kind) SELECT 'chn_' || n, $1, 'l' || n, 'L', 'webhook'
     FROM ${missing('channel', 50)}`,
    [workspace],
  );
  await refused('createKeyResult', 409, 'limit_reached', { body });
  await refused('restoreKeyResult', 409, 'limit_reached', { id: 'l-away' });
  await refused('restoreObjective', 409, 'limit_reached', { id: 'l-o' });
  await refused('importText', 409, 'limit_reached', {
    body: { text: 'Objective: Full\n- Hold 7 talks', cycle: 'p-now' },
  });
  await refused('carryOver', 409, 'limit_reached', { id: 'p-old', body: { to: 'p-now' } });
  await refused('createConnection', 409, 'limit_reached', { body: { ...records, key: 'l-more' } });
  await refused('restoreConnection', 409, 'limit_reached', { id: 'l-con' });
  await refused('createChannel', 409, 'limit_reached', { body: { ...hook, key: 'l-more' } });
  await refused('restoreChannel', 409, 'limit_reached', { id: 'l-chn' });
  await Promise.all(Array.from({ length: 8 }, () => ask('exportWorkspace')));
  await manyStreams({ refused, server });
}

/** More than one token may listen to at once. */
async function manyStreams({ refused, server }: Pick<Driver, 'refused' | 'server'>): Promise<void> {
  const { localToken, port, url } = server.api;
  const { hostname } = new URL(url);
  const open = await Promise.all(
    Array.from({ length: 40 }, () => {
      const headers = { authorization: `Bearer ${localToken}` };
      const asked = request({ hostname, port, path: '/api/v1/events', headers });
      return new Promise<typeof asked>((heard, fail) => {
        asked.once('response', (answer) => {
          answer.on('error', () => {});
          answer.resume();
          heard(asked);
        });
        asked.once('error', fail);
        asked.end();
      });
    }),
  );
  await refused('listenToEvents', 429, 'too_many_streams');
  for (const each of open) each.on('error', () => {}).destroy();
}
