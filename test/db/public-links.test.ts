import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PublicLinkStore } from '../../src/app/ports-public-links.ts';
import { createPublicLinkStore } from '../../src/db/public-links.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { seedKeyResult, seedSource } from './support/seed.ts';

let database: TestDatabase;
let links: PublicLinkStore;
let keyResultId: string;
beforeEach(async () => {
  database = await freshDatabase();
  links = createPublicLinkStore(database);
  keyResultId = await seedKeyResult(database, (await seedSource(database, 'source')).metric, 'growth.wau');
});
afterEach(() => database.close());

const hashOf = (id: string): string => id.padEnd(64, '0');
const entry = (action: string, objectId: string, actor = 'mei') => ({
  workspaceId: database.workspaceId,
  actor,
  action,
  objectType: 'public_link',
  objectId,
  details: {},
  requestId: null,
});
const make = (id: string, limit = 20, line = entry('create', id)) => {
  const { workspaceId } = database;
  const link = { id, workspaceId, keyResultId, tokenHash: hashOf(id), label: '', createdBy: 'mei' };
  return links.create(link, limit, line);
};
const lines = async () => {
  const rows = await database.pool.query<{ line: string }>(
    `SELECT action || ' ' || object_id AS line FROM audit_log ORDER BY id`,
  );
  return rows.rows.map(({ line }) => line);
};
/** The log refuses a line without an actor. */
const broken = (action: string, id: string) => entry(action, id, null as unknown as string);

describe('a public link', () => {
  it('is found by the hash of its token until it is revoked, in its own workspace only', async () => {
    await make('lnk_a');
    const { workspaceId } = database;
    expect(await links.keyResultOf(workspaceId, hashOf('lnk_a'))).toBe(keyResultId);
    expect(await links.keyResultOf('wsp_other', hashOf('lnk_a'))).toBeNull();
    expect(await links.keyResultOf(workspaceId, hashOf('lnk_b'))).toBeNull();
    expect(await links.revoke('wsp_other', 'lnk_a', entry('revoke', 'lnk_a'))).toBeNull();
    expect(await links.keyResultOf(workspaceId, hashOf('lnk_a'))).toBe(keyResultId);
    await moveClock(database.pool, 3_600_000);
    const revoked = await links.revoke(workspaceId, 'lnk_a', entry('revoke', 'lnk_a'));
    const { createdAt, revokedAt } = revoked ?? {};
    // An hour on the product's own clock, give or take the test's own seconds.
    expect(Math.round((Number(revokedAt) - Number(createdAt)) / 60_000)).toBe(60);
    expect(await links.keyResultOf(workspaceId, hashOf('lnk_a'))).toBeNull();
    expect(await lines()).toEqual(['create lnk_a', 'revoke lnk_a']);
  });

  it('is neither made nor revoked without its line in the audit log', async () => {
    await expect(make('lnk_a', 20, broken('create', 'lnk_a'))).rejects.toThrow('actor');
    expect(await links.list(database.workspaceId, keyResultId)).toEqual([]);
    await make('lnk_a');
    const line = broken('revoke', 'lnk_a');
    await expect(links.revoke(database.workspaceId, 'lnk_a', line)).rejects.toThrow('actor');
    expect(await links.list(database.workspaceId, keyResultId)).toMatchObject([{ revokedAt: null }]);
  });

  it('is one of so many at most, also when many are asked for at the same moment', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `lnk_${name}`);
    const made = (await Promise.all(ids.map((id) => make(id, 2)))).flatMap((link) => link ?? []);
    expect(made).toHaveLength(2);
    // What was refused left no line either.
    expect((await lines()).toSorted()).toEqual(made.map(({ id }) => `create ${id}`).toSorted());
    const [first] = made;
    await links.revoke(database.workspaceId, first?.id ?? '', entry('revoke', first?.id ?? ''));
    expect(await make('lnk_g', 2)).toMatchObject({ id: 'lnk_g', keyResultKey: 'growth.wau' });
  });

  it('is revoked once, whoever asks at the same moment', async () => {
    await make('lnk_a');
    const line = entry('revoke', 'lnk_a');
    const answers = await Promise.all([1, 2, 3].map(() => links.revoke(database.workspaceId, 'lnk_a', line)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await lines()).toEqual(['create lnk_a', 'revoke lnk_a']);
  });

  it('goes with an archived Key Result', async () => {
    await make('lnk_a');
    await database.pool.query('UPDATE key_result SET archived_at = app_now()');
    expect(await links.keyResultOf(database.workspaceId, hashOf('lnk_a'))).toBeNull();
  });
});
