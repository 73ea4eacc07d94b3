import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { exportTypes } from '../../src/db/resources/export-types.ts';
import { plantEverything } from './support/plant-everything.ts';
import { startTestServer, type TestServer } from './support/server.ts';

/** What a workspace has and does not take along: keys, what they seal, and what is kept for some hours to answer with. */
const KEPT_HERE = ['secret', 'data_key', 'idempotency_key', 'live_event'];

let server: TestServer;
let tables: string[];
const theirs = newId('wsp');

beforeAll(async () => {
  server = await startTestServer();
  const { pool } = server.services.database;
  await pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ($1, 'Theirs', 'UTC')`, [theirs]);
  const found = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_policies WHERE policyname = 'tenant' AND schemaname = 'public' ORDER BY 1`,
  );
  tables = found.rows.map(({ name }) => name);
  await plantEverything(pool, tables, [server.services.workspace.id, theirs]);
});
afterAll(() => server?.close());

type Object = Record<string, unknown> & { type: string };
async function exported(query: string): Promise<string> {
  const headers = { authorization: `Bearer ${server.api.localToken}` };
  const answer = await fetch(`${server.api.url}/api/v1/export${query}`, { headers });
  const text = await answer.text();
  expect(answer.status, text.slice(0, 500)).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.(ndjson|csv)"$/);
  return text;
}
const objectsIn = (text: string): Object[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Object);

describe('an export', () => {
  it('has a type for every table that a workspace has rows in', () => {
    const covered = Object.values(exportTypes).map(({ table }) => table);
    expect([...covered, ...KEPT_HERE].toSorted()).toEqual(tables.toSorted());
  });

  it('holds every row of the workspace, and none of another one', async () => {
    const text = await exported('');
    const objects = objectsIn(text);
    const counts = new Map<string, number>();
    for (const { type } of objects) counts.set(type, (counts.get(type) ?? 0) + 1);
    const { pool } = server.services.database;
    for (const [type, { table }] of Object.entries(exportTypes)) {
      const all = Number((await pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
      // Of every table both have the one planted row; whatever else there is belongs to the first workspace.
      expect(`${type} ${counts.get(type) ?? 0}`).toBe(`${type} ${all - 1}`);
      expect(all).toBeGreaterThanOrEqual(2);
    }
    expect(text).not.toContain(theirs);
    expect(text).not.toMatch(/"(key_result|connection|metric|objective|cycle|channel|alert)_2"/);
    expect(objects[0]).toMatchObject({ type: 'export', version: 1, workspace: server.services.workspace.id });
    expect(objects.at(-1)).toEqual({ type: 'end', rows: objects.length - 2 });
  });

  it('tells no digest of a token or password, and nothing that is sealed', async () => {
    const text = await exported('');
    expect(text).not.toMatch(/secretHash|tokenHash|passwordHash|ciphertext|"wrapped"/i);
    expect(text).not.toContain(server.api.localToken.slice(-43));
  });

  it('is of one type as CSV, with the names of the API in its first line', async () => {
    const text = await exported('?format=csv&type=points');
    expect(text.split('\r\n')[0]).toBe(
      'metricVersionId,day,value,numerator,denominator,counts,flags,origin,revision,runSeq,runId,fetchedAt,believedFrom,reason',
    );
    expect(text.split('\r\n')[1]).toMatch(/^metric_version_1,2026-03-01,/);
    const headers = { authorization: `Bearer ${server.api.localToken}` };
    const marked = await fetch(`${server.api.url}/api/v1/export?format=csv&type=points&bom=true`, {
      headers,
    });
    expect([...new Uint8Array(await marked.arrayBuffer()).slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x6d]);
  });

  it.each([
    ['?format=csv', 422, 'validation'],
    ['?format=csv&type=points,runs', 422, 'validation'],
    ['?type=secrets', 422, 'validation'],
    ['?format=xml', 422, 'validation'],
  ])('%s is refused', async (query, status, code) => {
    const answer = await server.ask('GET', `/api/v1/export${query}`);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ code });
  });

  it('is written down', async () => {
    const lines = objectsIn(await exported('?type=audit_log')).filter(({ action }) => action === 'export');
    expect(lines.at(-1)).toMatchObject({ objectType: 'workspace', details: { types: ['audit_log'] } });
  });
});

describe('what somebody has written', () => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a,b', 'say "hi"', 'two\nlines', '目标 ✓'];

  it('stays text in a spreadsheet, and itself in JSON', async () => {
    const { pool } = server.services.database;
    await pool.query('DELETE FROM initiative');
    for (const [index, title] of hostile.entries())
      await pool.query(
        `INSERT INTO initiative (id, workspace_id, key_result_id, title, start_day) VALUES ($1, $2, 'key_result_1', $3, '2026-03-01')`,
        [`ini_${index}`, server.services.workspace.id, title],
      );
    const csv = await exported('?format=csv&type=initiatives');
    expect(csv).toBe(
      [
        'id,workspaceId,keyResultId,title,startDay,endDay,state,url',
        ...[
          "'=1+1",
          "'+1",
          "'-1",
          "'@SUM(A1)",
          "'\tx",
          `"'\rx"`,
          '"a,b"',
          '"say ""hi"""',
          '"two\nlines"',
          '目标 ✓',
        ].map(
          (title, index) =>
            `ini_${index},${server.services.workspace.id},key_result_1,${title},2026-03-01,,open,`,
        ),
        '',
      ].join('\r\n'),
    );
    const titles = objectsIn(await exported('?type=initiatives')).flatMap(({ title }) => title ?? []);
    expect(titles).toEqual(hostile);
  });

  it('numbers stay numbers, with every digit of theirs, and instants say their zone', async () => {
    const { pool } = server.services.database;
    await pool.query(
      `UPDATE metric_point SET value = -1234567890123.123456789 WHERE metric_version_id = 'metric_version_1'`,
    );
    expect(await exported('?type=points')).toContain('"value":-1234567890123.123456789,');
    const csv = await exported('?format=csv&type=points');
    expect(csv).toContain(',-1234567890123.123456789,');
    expect(csv).toContain('2026-03-01T00:00:00.000Z');
  });
});

describe('a large export', () => {
  it('is of one moment, and comes in pieces that nobody holds together', async () => {
    const { pool } = server.services.database;
    await pool.query(
      `INSERT INTO snooze (id, workspace_id, reason, author, until)
       SELECT 'snz_' || lpad(n::text, 8, '0'), $1, repeat('x', 200), 'test', app_now() + interval '1 day'
       FROM generate_series(1, 60000) n`,
      [server.services.workspace.id],
    );
    const batches = server.services.deps.resources.export(
      server.services.workspace.id,
      ['snoozes', 'public_links'],
      new AbortController().signal,
    );
    let rows = 0;
    let largest = 0;
    const links: unknown[] = [];
    for await (const batch of batches) {
      if (rows === 0)
        await pool.query(`UPDATE public_link SET label = 'changed meanwhile' WHERE workspace_id = $1`, [
          server.services.workspace.id,
        ]);
      rows += batch.rows.length;
      largest = Math.max(largest, batch.rows.length);
      if (batch.type === 'public_links') links.push(...batch.rows.flat());
    }
    expect(rows).toBe(60_000 + 1 + 1);
    expect(largest).toBeLessThanOrEqual(500);
    expect(links).not.toContain('changed meanwhile');
  });

  it('ends with whoever asked for it, and gives the connection back', async () => {
    const gone = new AbortController();
    const batches = server.services.deps.resources.export(
      server.services.workspace.id,
      ['snoozes'],
      gone.signal,
    );
    const read = async (): Promise<void> => {
      for await (const _ of batches) gone.abort(new Error('hung up'));
    };
    await expect(read()).rejects.toThrow('hung up');
    const open = await server.services.database.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(open.rowCount).toBe(0);
  });
});
