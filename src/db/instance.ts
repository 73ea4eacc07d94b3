import { newId } from '../app/ids.ts';
import type { WorkspaceRecord } from '../app/ports.ts';
import { usualRule } from '../domain/alert-rule.ts';
import type { Database } from './database.ts';

/** The installation's own facts: its workspace, and what was noted about it. */
export function createInstance({ prisma, pool }: Database) {
  return {
    async fact(name: string): Promise<string | null> {
      return (await prisma.instanceFact.findUnique({ where: { name } }))?.value ?? null;
    },
    /** Notes a fact unless it is there; what is there wins. */
    async note(name: string, value: string): Promise<string> {
      await pool.query('INSERT INTO instance_fact (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        name,
        value,
      ]);
      return (await this.fact(name)) ?? value;
    },
    /**
     * The fingerprint of the master key that the secrets are under. As long as there are none, the key at hand is it.
     */
    async noteMasterKey(fingerprint: string, hasSecrets: boolean): Promise<string> {
      const name = 'master_key_fingerprint';
      if (!hasSecrets) {
        await pool.query(
          `INSERT INTO instance_fact (name, value) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM data_key)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
          [name, fingerprint],
        );
      }
      return this.note(name, fingerprint);
    },
    /** Whether anything is encrypted already: then a new master key must not be made. */
    async hasSecrets(): Promise<boolean> {
      return (await prisma.dataKey.count({ take: 1 })) > 0;
    },
    /** The workspace; made on the first start. Two processes that start at once agree on one. */
    async workspace(name: string, timeZone: string): Promise<WorkspaceRecord> {
      const id = await this.note('workspace', newId('wsp'));
      // With the workspace comes the rule that tells people without being set up: three days off track, five days over.
      await pool.query(
        `WITH made AS (
           INSERT INTO workspace (id, name, time_zone) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id)
         INSERT INTO alert_rule (id, workspace_id, kind, for_evaluations, keep_firing_evaluations)
         SELECT $4, id, 'off_track', $5, $6 FROM made`,
        [id, name, timeZone, newId('rul'), usualRule.forEvaluations, usualRule.keepFiringEvaluations],
      );
      const row = await prisma.workspace.findUniqueOrThrow({ where: { id } });
      return { id: row.id, name: row.name, timeZone: row.timeZone };
    },
  };
}
