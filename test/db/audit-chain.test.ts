import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { verifyAuditLog } from '../../src/db/audit-chain.ts';
import { createAuditLog } from '../../src/db/audit-log.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// Section 13: the record of changes only grows, and a change that was made past the triggers shows.

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.close());

const details = {
  title: 'Wachstum 增长',
  after: { z: 1, a: [1.5, null, { y: 'ü', b: true }] },
  'a key': -0.25,
};

async function append(count: number, workspaceId = database.workspaceId): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const what = { actor: 'Mei', action: 'change', objectType: 'metric', objectId: `met_${n}` };
    await createAuditLog(database).append({
      ...what,
      workspaceId,
      details: { ...details, n },
      requestId: n % 2 === 0 ? null : 'req_1',
    });
  }
}

/** What an administrator of the database could do, and nobody else. */
async function pastTheTriggers(statement: string, values: unknown[] = []): Promise<void> {
  await database.pool.query('ALTER TABLE audit_log DISABLE TRIGGER USER');
  await database.pool.query(statement, values);
  await database.pool.query('ALTER TABLE audit_log ENABLE TRIGGER USER');
}

describe('section 13: audit verify', () => {
  it('finds a log as it was written whole, whatever its details hold, in every workspace', async () => {
    expect(await verifyAuditLog(database.pool)).toEqual({ records: 0, linkedOnly: 0, broken: [] });
    const other = newId('wsp');
    await append(12);
    await append(3, other);
    await append(2);
    expect(await verifyAuditLog(database.pool)).toEqual({ records: 17, linkedOnly: 0, broken: [] });
  });

  it.each([
    { what: 'another actor', set: `actor = 'somebody'` },
    { what: 'another time', set: `at = at - interval '1 day'` },
    { what: 'other details', set: `details = jsonb_set(details, '{after,z}', '2')` },
    { what: 'another request', set: `request_id = 'req_2'` },
    { what: 'another object', set: `object_id = 'met_9'` },
    { what: 'another hash', set: `hash = 'v2.00'` },
  ])('names the record that has $what', async ({ set }) => {
    await append(5);
    await pastTheTriggers(`UPDATE audit_log SET ${set} WHERE object_id = 'met_2'`);
    const [broken] = (await verifyAuditLog(database.pool)).broken;
    const { rows } = await database.pool.query<{ id: string }>('SELECT id::text FROM audit_log ORDER BY 1');
    expect(broken).toMatchObject({ id: rows[2]?.id, why: 'changed' });
  });

  it('names the record that follows one that was taken out, and one that was moved to another workspace', async () => {
    await append(5);
    await pastTheTriggers(`DELETE FROM audit_log WHERE object_id = 'met_2'`);
    const { rows } = await database.pool.query<{ id: string }>(
      `SELECT id::text FROM audit_log WHERE object_id = 'met_3'`,
    );
    expect((await verifyAuditLog(database.pool)).broken).toMatchObject([
      { id: rows[0]?.id, why: 'not_linked' },
    ]);
    await pastTheTriggers(`UPDATE audit_log SET workspace_id = 'wsp_other' WHERE object_id = 'met_0'`);
    expect((await verifyAuditLog(database.pool)).broken).toHaveLength(2);
  });

  it('takes records of version 0.1.0 for linked, and none of that form behind a newer one', async () => {
    const write = async (objectId: string, previous: string): Promise<string> => {
      // As 0.1.0 hashed them: details as they came, which the database does not keep.
      const covered = [previous, database.workspaceId, 'Mei', 'change', 'metric', objectId, '{"zz":1,"a":2}'];
      const hash = createHash('sha256').update(JSON.stringify(covered)).digest('hex');
      await database.pool.query(
        `INSERT INTO audit_log (workspace_id, actor, action, object_type, object_id, details, previous, hash)
         VALUES ($1, 'Mei', 'change', 'metric', $2, '{"zz":1,"a":2}', $3, $4)`,
        [database.workspaceId, objectId, previous, hash],
      );
      return hash;
    };
    await write('old_2', await write('old_1', ''));
    await append(1);
    expect(await verifyAuditLog(database.pool)).toEqual({ records: 3, linkedOnly: 2, broken: [] });
    const { rows } = await database.pool.query<{ hash: string }>(
      'SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1',
    );
    await write('old_3', rows[0]?.hash ?? '');
    expect((await verifyAuditLog(database.pool)).broken).toMatchObject([{ why: 'changed' }]);
  });
});

it.each([
  `UPDATE audit_log SET actor = 'x'`,
  'DELETE FROM audit_log',
  'TRUNCATE audit_log',
  'TRUNCATE audit_log CASCADE',
])('section 13: the database refuses %s, also to the owner of the tables', async (statement) => {
  await append(2);
  await expect(database.pool.query(statement)).rejects.toThrow('the audit log is append-only');
  expect((await verifyAuditLog(database.pool)).records).toBe(2);
});
