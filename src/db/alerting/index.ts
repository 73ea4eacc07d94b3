import type { AlertingRules, Composition } from '../../app/ports-alerting.ts';
import { type Database, inTransaction } from '../database.ts';
import { channelsToCompose, composeFor, digestNow } from './compose.ts';
import { followConditions } from './conditions.ts';
import { openAlerts, tellIn, whatIsDue } from './tell.ts';

/** As many alerts as one transaction looks at. */
const BATCH = 50;

/** What leads from alerts to messages, step by step, each in a transaction of its own. */
export function createAlerting({ pool }: Database, rules: AlertingRules) {
  return {
    /** @returns how many pieces of news were written down */
    async follow(): Promise<number> {
      let said = await inTransaction(pool, async (tx) =>
        tellIn(tx, await followConditions(tx), rules.itemOf),
      );
      const open = await openAlerts(pool);
      for (let from = 0; from < open.length; from += BATCH) {
        const batch = open.slice(from, from + BATCH);
        // Most of what burns is known to everybody: nothing is locked to find that out.
        const { due } = await whatIsDue(pool, batch);
        if (due.length === 0) continue;
        const ids = [...new Set(due.map(({ alert }) => alert.id))];
        said += await inTransaction(pool, (tx) => tellIn(tx, ids, rules.itemOf));
      }
      return said;
    },
    /** The digest that a channel would be sent now; null when there is nothing to say. Nothing is kept. */
    async previewDigest(channelId: string): Promise<Composition['messages'][number]['news'] | null> {
      const tx = await pool.connect();
      try {
        await tx.query('BEGIN');
        return await digestNow(tx, channelId, rules);
      } finally {
        await tx.query('ROLLBACK');
        tx.release();
      }
    },
    /** @returns how many messages were made */
    async compose(): Promise<number> {
      let made = 0;
      for (const channelId of await channelsToCompose(pool)) {
        made += await inTransaction(pool, (tx) => composeFor(tx, channelId, rules));
      }
      return made;
    },
  };
}
