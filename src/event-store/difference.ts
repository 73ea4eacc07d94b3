import type { EventReplacement } from '../app/ports-events.ts';
import { afterMs, firstMs } from './day-number.ts';
import type { Session } from './engine.ts';
import { copyTo, count, DAY_OF_ROW, eventsOf, literal, ROW_DIGEST } from './sql.ts';

/** What a delivery changes in what is stored, by day, without having written anything. */
export type Difference = { changed: number; touchedAt: Date | null; days: ReadonlySet<number> };

/** SQL of whether a stored row is replaced as a whole with its day. */
export function isReplaced(replaces: EventReplacement | null): string {
  if (replaces === null) return 'false';
  const { firstDay, lastDay, names } = replaces;
  const during = `(at_ms >= ${firstMs(firstDay)} AND at_ms < ${afterMs(lastDay)})`;
  if (names === null) return during;
  return names.length === 0 ? 'false' : `(${during} AND event IN (${names.map(literal).join(', ')}))`;
}

/** Keeps of the stored rows those that a delivery takes away or tells anew, with what they say in a few bytes. */
export async function keepOutdated(
  session: Session,
  stored: string,
  staged: string,
  replaces: EventReplacement | null,
  path: string,
): Promise<void> {
  const replaced = isReplaced(replaces);
  const columns = `id, at_ms, ${ROW_DIGEST} AS said`;
  await session.run(
    copyTo(
      path,
      `SELECT ${columns} FROM ${stored} AS old WHERE ${replaced}
       UNION ALL SELECT ${columns} FROM (SELECT * FROM ${stored} AS old WHERE NOT ${replaced})
         SEMI JOIN (${idsOf(staged)}) USING (id)`,
    ),
  );
}

export function idsOf(staged: string): string {
  return `SELECT id FROM ${eventsOf([staged])} WHERE id IS NOT NULL`;
}

/**
 * Events with an id are compared by it. Those without one have nothing but what they say, and how often: what is
 * replaced by as many of the same has not changed.
 */
export async function compare(session: Session, outdated: string, staged: string): Promise<Difference> {
  const rows = await session.run(
    `WITH old AS (SELECT * FROM read_parquet(${literal(outdated)})),
       told AS (SELECT id, at_ms, ${ROW_DIGEST} AS said FROM ${eventsOf([staged])}),
       named AS (SELECT o.at_ms AS old_ms, t.at_ms AS told_ms
         FROM (FROM old WHERE id IS NOT NULL) AS o FULL JOIN (FROM told WHERE id IS NOT NULL) AS t USING (id)
         WHERE o.said IS DISTINCT FROM t.said),
       nameless AS (SELECT any_value(at_ms) AS at_ms, sum(one) AS balance FROM (
           SELECT said, at_ms, -1 AS one FROM old WHERE id IS NULL
           UNION ALL SELECT said, at_ms, 1 AS one FROM told WHERE id IS NULL) GROUP BY said HAVING sum(one) <> 0)
     SELECT old_ms // 86400000 AS a, told_ms // 86400000 AS b, count(*) AS n, least(min(old_ms), min(told_ms)) AS first_ms
       FROM named GROUP BY 1, 2
     UNION ALL SELECT ${DAY_OF_ROW}, NULL, sum(abs(balance)), min(at_ms) FROM nameless GROUP BY 1`,
  );
  const days = rows.flatMap(({ a, b }) => [a, b]).filter((day) => day !== null);
  const instants = rows.map((row) => count(row.first_ms));
  return {
    changed: rows.reduce((sum, row) => sum + count(row.n), 0),
    touchedAt: instants.length === 0 ? null : new Date(Math.min(...instants)),
    days: new Set(days.map(count)),
  };
}
