import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await database.pool.query(`INSERT INTO instance_fact (name, value) VALUES ('a', '0'), ('b', '0')`);
});
afterEach(() => database.close());

const values = async () =>
  (await database.pool.query<{ value: string }>('SELECT value FROM instance_fact ORDER BY name')).rows.map(
    (row) => row.value,
  );

it('survives the loss of its connection between two statements, and keeps nothing', async () => {
  const cut = inTransaction(database.pool, async (tx) => {
    await tx.query(`UPDATE instance_fact SET value = '1'`);
    const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((done) => tx.once('end', done));
    await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    await tx.query(`UPDATE instance_fact SET value = '2'`);
  });
  await expect(cut).rejects.toThrow('not queryable');
  expect(await values()).toEqual(['0', '0']);
});

it('tries again when two transactions lock each other out', async () => {
  const firstSteps = { a: signal(), b: signal() };
  const add = (mine: 'a' | 'b', theirs: 'a' | 'b') =>
    inTransaction(database.pool, async (tx) => {
      const plusOne = 'UPDATE instance_fact SET value = (value::int + 1)::text WHERE name = $1';
      await tx.query(plusOne, [mine]);
      firstSteps[mine].fire();
      await firstSteps[theirs].fired; // both hold their first row before either asks for its second
      await tx.query(plusOne, [theirs]);
    });
  await Promise.all([add('a', 'b'), add('b', 'a')]);
  expect(await values()).toEqual(['2', '2']);
});

it('does not try again what is simply wrong', async () => {
  let attempts = 0;
  const wrong = inTransaction(database.pool, async (tx) => {
    attempts += 1;
    await tx.query('SELECT 1 / 0');
  });
  await expect(wrong).rejects.toThrow('division by zero');
  expect(attempts).toBe(1);
});

function signal(): { fired: Promise<void>; fire: () => void } {
  let fire = () => {};
  const fired = new Promise<void>((done) => (fire = done));
  return { fired, fire };
}
