import { copyFile, link, rm } from 'node:fs/promises';
import type { EventFile, EventFiles, EventWrite, StagedEvents } from '../app/ports-events.ts';
import { digestOf } from './durable-file.ts';
import type { Engine, Session } from './engine.ts';
import type { Layout } from './layout.ts';
import { copyTo, count, DAY_OF_ROW, EVENT_COLUMNS, literal, ROW_ORDER } from './sql.ts';
import { takeTold } from './told-events.ts';
import { takeFile } from './told-file.ts';

type Staged = Awaited<ReturnType<EventFiles['stage']>>;

/** All of a delivery in one file of ours, each event once, or nothing of it. */
export async function stageEvents(
  engine: Engine,
  layout: Layout,
  connectionId: string,
  input: AsyncIterable<EventWrite> | EventFile,
  signal: AbortSignal,
): Promise<Staged> {
  const made: string[] = [];
  const place = async (ending: string): Promise<string> => {
    const path = layout.absolute(await layout.staging(connectionId, ending));
    made.push(path);
    return path;
  };
  try {
    return await engine.session(signal, async (session) => {
      const taken = await take(input, session, place, signal);
      if (!taken.ok) return taken;
      const path = await layout.staging(connectionId, '.parquet');
      const staged = await eachOnce(session, taken.parts, path, layout, signal).catch(
        async (error: unknown) => {
          await rm(layout.absolute(path), { force: true });
          throw error;
        },
      );
      return { ok: true, staged };
    });
  } finally {
    await Promise.all(made.map((each) => rm(each, { force: true })));
  }
}

async function take(
  input: AsyncIterable<EventWrite> | EventFile,
  session: Session,
  place: (ending: string) => Promise<string>,
  signal: AbortSignal,
): Promise<{ ok: true; parts: string[] } | Extract<Staged, { ok: false }>> {
  if (Symbol.asyncIterator in input) {
    const { parts, refusals } = await takeTold(input, session, place, signal);
    return refusals.count === 0 ? { ok: true, parts } : { ok: false, refused: refusals.refused() };
  }
  const inside = await place('.upload');
  await bringIn(input.path, inside);
  return takeFile({ ...input, path: inside }, session, place);
}

/** The engine sees nothing outside of its folder: what it is to read comes in, as a second name where that is possible. */
async function bringIn(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to); // another disk, or one that knows no second names
  }
}

/** Most deliveries tell no event twice; only for those that do are rows compared, and only the ones of such an id. */
async function eachOnce(
  session: Session,
  parts: readonly string[],
  path: string,
  layout: Layout,
  signal: AbortSignal,
): Promise<StagedEvents> {
  const all = parts.length === 0 ? NOTHING_TOLD : `read_parquet([${parts.map(literal).join(', ')}])`;
  // By hashes, which are small; ids that share one by chance are told apart where they are compared.
  await session.run(`CREATE OR REPLACE TEMP TABLE twice AS SELECT hash(id) AS h FROM ${all} WHERE id IS NOT NULL
    GROUP BY 1 HAVING count(*) > 1`);
  const [twice] = await session.run('SELECT count(*) AS n FROM twice');
  const rows =
    count(twice?.n) === 0
      ? `SELECT ${EVENT_COLUMNS} FROM ${all}`
      : `SELECT ${EVENT_COLUMNS} FROM ${all} AS told WHERE id IS NULL OR NOT EXISTS (FROM twice WHERE h = hash(told.id))
         UNION ALL SELECT ${EVENT_COLUMNS} FROM ${all} AS told WHERE id IS NOT NULL AND hash(id) IN (SELECT h FROM twice)
         QUALIFY row_number() OVER (PARTITION BY id ORDER BY ${WHICH_STANDS}) = 1`;
  // Days first: a merge takes them out one by one, and then finds them side by side.
  await session.run(
    copyTo(layout.absolute(path), `SELECT * FROM (${rows}) ORDER BY ${DAY_OF_ROW}, ${ROW_ORDER}`),
  );
  await session.run('DROP TABLE twice');
  const [facts] = await session.run(
    `SELECT count(*) AS n, min(at_ms) AS first_ms, max(at_ms) AS last_ms
     FROM read_parquet(${literal(layout.absolute(path))})`,
  );
  const instant = (ms: unknown): Date | null => (ms === null ? null : new Date(count(ms)));
  const { sha256 } = await digestOf(layout.absolute(path), signal);
  return {
    path,
    rows: count(facts?.n),
    firstAt: instant(facts?.first_ms ?? null),
    lastAt: instant(facts?.last_ms ?? null),
    sha256,
  };
}

/** The highest order; without one the earliest, and of the same instant one that does not depend on the order of telling. */
const WHICH_STANDS = 'told DESC NULLS LAST, at_ms, user_id, event, properties';
const NOTHING_TOLD = `(SELECT ''::VARCHAR AS user_id, ''::VARCHAR AS event, 0::BIGINT AS at_ms, NULL::VARCHAR AS id,
  '{}'::VARCHAR AS properties, NULL::DOUBLE AS told WHERE false)`;
