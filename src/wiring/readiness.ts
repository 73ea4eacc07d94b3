import { constants, readdirSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { skewBetween } from '../../jobs/clock-watch.ts';
import type { Check } from '../api/operations-endpoints.ts';
import { serverNow } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { appliedMigrations, hasQueueTables } from '../db/vitals.ts';
import type { Config } from './config.ts';
import { probeRedis } from './probe.ts';

/** Beyond this nobody knows what is due: workers take no jobs either. */
const MAX_SKEW_MS = 5_000;
/** Less room than this does not last until somebody has looked. */
const MIN_FREE_BYTES = 64 * 1024 * 1024;
/** A check that takes longer has failed: whoever asks waits for all of them. */
const PATIENCE_MS = 4_000;

/**
 * Whether this process can do its work at this moment. Each check says what is wrong in words for the operator: no
 * address, no password, no text of an error.
 */
export function createReadiness(database: Pick<Database, 'pool'>, config: Config, root: string) {
  const { pool } = database;
  const shipped = readdirSync(join(root, 'prisma', 'migrations')).filter((name) => /^\d/.test(name));
  const checks: Record<string, () => Promise<Check>> = {
    async database() {
      await pool.query('SELECT 1');
      return { ok: true };
    },
    async schema() {
      const applied = new Set(await appliedMigrations(pool));
      const missing = shipped.filter((name) => !applied.has(name));
      // A newer process may have brought more: both run side by side while a fleet is updated.
      return missing.length === 0
        ? { ok: true, applied: applied.size }
        : { ok: false, applied: applied.size, problem: `${missing.length} migrations are not applied` };
    },
    async queue() {
      if (config.redisUrl !== null) await probeRedis(config.redisUrl);
      // Its first worker makes them.
      else if (!(await hasQueueTables(pool))) return { ok: true, problem: 'no worker has started yet' };
      return { ok: true };
    },
    async clock() {
      const asked = Date.now();
      const skewMs = skewBetween(asked, Date.now(), (await serverNow(pool)).getTime());
      return Math.abs(skewMs) < MAX_SKEW_MS
        ? { ok: true, skewMs }
        : { ok: false, skewMs, problem: 'the clocks of this computer and of the database differ' };
    },
    async disk() {
      await access(config.dataDir, constants.W_OK);
      const { bavail, bsize } = await statfs(config.dataDir);
      const freeBytes = bavail * bsize;
      return freeBytes >= MIN_FREE_BYTES
        ? { ok: true, freeBytes }
        : { ok: false, freeBytes, problem: 'the disk of the data folder is nearly full' };
    },
  };
  return async (): Promise<Record<string, Check>> =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await inTime(check)] as const),
      ),
    );
}

async function inTime(check: () => Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((give) => {
    timer = setTimeout(() => give({ ok: false, problem: 'no answer in time' }), PATIENCE_MS);
  });
  try {
    return await Promise.race([check().catch((): Check => ({ ok: false, problem: 'no answer' })), late]);
  } finally {
    clearTimeout(timer);
  }
}
