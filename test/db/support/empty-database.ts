import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export { dropDatabase } from '../../support/database.ts';

/** An address of a database without a single table. */
export async function emptyDatabase(): Promise<string> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  await admin.query('SELECT pg_advisory_lock(4711)'); // one copy of a template at a time, as support/database.ts
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  return inject('postgresUrl').replace(/\/postgres$/, `/${name}`);
}
