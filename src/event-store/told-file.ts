import type { EventFile, RefusedEvents } from '../app/ports-events.ts';
import { readsCsv } from './csv-file.ts';
import type { Session } from './engine.ts';
import { instantOf, lacksZone } from './event-time.ts';
import { type FileRows, UnreadableFile } from './file-rows.ts';
import { readsJsonl } from './jsonl-file.ts';
import { readsParquet } from './parquet-file.ts';
import { LAST_MS, NAMED_PROBLEMS, PROBLEMS } from './refusals.ts';
import { CONTENT_DIGEST, copyTo, count, literal } from './sql.ts';

/** A file of somebody else's as a part of our own, read by the engine; refused as a whole when any of its rows is no event. */
export async function takeFile(
  file: EventFile,
  session: Session,
  place: (ending: string) => Promise<string>,
): Promise<{ ok: true; parts: string[] } | { ok: false; refused: RefusedEvents }> {
  try {
    const source = await readerOf(file, session);
    const part = await place('.part');
    const id = file.columns.id === null ? BY_CONTENT : 'id';
    const kept = `user_id, event, at_ms, ${id} AS id, properties, NULL::DOUBLE AS told, problem`;
    await session.run(copyTo(part, `SELECT ${kept} FROM (${checked(source.rows)})`));
    const [bad] = await session.run(
      `SELECT count(*) AS n FROM read_parquet(${literal(part)}) WHERE problem IS NOT NULL`,
    );
    const unread = (await source.unread?.()) ?? { count: 0, problems: [] };
    const found = count(bad?.n);
    if (found + unread.count === 0) return { ok: true, parts: [part] };
    // Where the reader has left rows out, the numbers of the others are no places in the file.
    const named = unread.count > 0 ? unread.problems : await nameProblems(session, source.rows);
    return { ok: false, refused: { count: found + unread.count, problems: named } };
  } catch (error) {
    if (error instanceof UnreadableFile) return refusedFile(error.row, error.message);
    if (isAboutTheFile(error)) return refusedFile(1, `The file cannot be read: ${firstLine(error)}.`);
    throw error;
  }
}

/** More of a value is not repeated. */
const SHOWN = 80;

function readerOf(file: EventFile, session: Session): Promise<FileRows> {
  switch (file.format) {
    case 'jsonl':
      return Promise.resolve(readsJsonl(file));
    case 'csv':
      return readsCsv(file, session);
    case 'parquet':
      return readsParquet(file, session);
  }
}

/**
 * Rows that name no event are named by what they say, and by how many say the same: the same file again is the same events.
 */
const BY_CONTENT = `concat('#', ${CONTENT_DIGEST}, '.', row_number() OVER (PARTITION BY user_id, event, at_ms, properties))`;

function checked(rows: string): string {
  return `SELECT "row", user_id, event, id, at_ms, coalesce(properties, '{}') AS properties,
    CASE WHEN problem IS NOT NULL THEN problem
      WHEN user_id IS NULL OR user_id = '' THEN ${literal(PROBLEMS.user)}
      WHEN event IS NULL OR event = '' THEN ${literal(PROBLEMS.event)}
      WHEN at_ms IS NULL AND ${lacksZone('told_at')} THEN ${literal(PROBLEMS.zone)}
      WHEN told_at IS NULL OR told_at = '' THEN ${literal(PROBLEMS.time)}
      WHEN at_ms IS NULL OR at_ms < 0 OR at_ms >= ${LAST_MS}
        THEN concat('The time "', left(told_at, ${SHOWN}), '" ', ${literal(PROBLEMS.unreadable)})
      WHEN properties IS NULL THEN ${literal(PROBLEMS.properties)} END AS problem
    FROM (SELECT *, ${instantOf('told_at')} AS at_ms FROM (${rows}))`;
}

/** A second reading, with the rows in their order: it costs, and only who is refused pays for it. */
async function nameProblems(session: Session, rows: string) {
  const named = await session.run(
    `SELECT "row", problem FROM (${checked(rows)}) WHERE problem IS NOT NULL ORDER BY "row" LIMIT ${NAMED_PROBLEMS}`,
  );
  return named.map((each) => ({ row: count(each.row), problem: String(each.problem) }));
}

function refusedFile(row: number, problem: string): { ok: false; refused: RefusedEvents } {
  return { ok: false, refused: { count: 1, problems: [{ row, problem }] } };
}

/** What the engine says of a file that is something else than it was said to be; anything else is a fault of ours. */
function isAboutTheFile(error: unknown): error is Error {
  return error instanceof Error && /^(Invalid Input|Conversion|Invalid) Error/.test(error.message);
}

function firstLine(error: Error): string {
  const [line = ''] = error.message.split('\n');
  return line
    .replace(/^[A-Za-z ]+ Error: /, '')
    .replace(/["']?\/\S+\//g, '')
    .replace(/\.$/, '');
}
