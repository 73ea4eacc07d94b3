import { createHash } from 'node:crypto';
import type { Attempts } from '../app/ports-access.ts';
import { type Database, inTransaction } from './database.ts';

/** Failures that one account may have in a quarter of an hour, and attempts that one address may make in a minute. */
const PER_ACCOUNT = { limit: 5, seconds: 15 * 60 };
const PER_IP = { limit: 20, seconds: 60 };

/** Counted in the database: all processes count together, and a restart forgets nothing. */
export function createAttempts({ pool }: Database): Attempts {
  return {
    begin: (email, ip) =>
      inTransaction(pool, async (tx) => {
        // An address that nobody has is counted the same way, and what was typed into the wrong field is not kept.
        const account = createHash('sha256').update(email).digest('hex');
        // Guesses that come at the same moment are counted one after the other; the order keeps two from waiting in a ring.
        await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`tidemark.sign-in.ip.${ip}`]);
        await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`tidemark.sign-in.${account}`]);
        const wait = await tx.query<{ seconds: number }>(
          `SELECT greatest(1, ceil(extract(epoch FROM max(until) - app_now())))::int AS seconds FROM (
             (SELECT at + make_interval(secs => $4) AS until FROM sign_in_attempt
               WHERE account = $1 AND NOT ok AND at > app_now() - make_interval(secs => $4)
               ORDER BY at DESC OFFSET $3 LIMIT 1)
             UNION ALL
             (SELECT at + make_interval(secs => $6) FROM sign_in_attempt
               WHERE ip = $2 AND at > app_now() - make_interval(secs => $6)
               ORDER BY at DESC OFFSET $5 LIMIT 1)) AS full_windows HAVING count(*) > 0`,
          [account, ip, PER_ACCOUNT.limit - 1, PER_ACCOUNT.seconds, PER_IP.limit - 1, PER_IP.seconds],
        );
        const [full] = wait.rows;
        if (full !== undefined) return { ok: false, waitSeconds: full.seconds };
        await tx.query(`DELETE FROM sign_in_attempt WHERE at < app_now() - interval '1 day'`);
        const added = await tx.query<{ id: string }>(
          'INSERT INTO sign_in_attempt (account, ip) VALUES ($1, $2) RETURNING id',
          [account, ip],
        );
        return { ok: true, id: added.rows[0]?.id ?? '' };
      }),
    async succeeded(id) {
      await pool.query('UPDATE sign_in_attempt SET ok = true WHERE id = $1', [id]);
    },
  };
}
