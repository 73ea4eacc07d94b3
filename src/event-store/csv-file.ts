import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { EventFile, RefusedEvents } from '../app/ports-events.ts';
import type { Session } from './engine.ts';
import { type FileRows, UnreadableFile } from './file-rows.ts';
import { NAMED_PROBLEMS } from './refusals.ts';
import { count, identifier, literal } from './sql.ts';

const DELIMITERS = [',', ';', '\t'];
/** A header is no longer than this. */
const HEADER_BYTES = 256 * 1024;

/**
 * Values with a header, divided by comma, semicolon or tab, whichever makes the header name the columns that were
 * asked for. Every cell is text, and an empty one says nothing. Rows are counted as lines are, the header being the first.
 */
export async function readsCsv(file: EventFile, session: Session): Promise<FileRows> {
  const { columns } = file;
  const { delimiter, names } = await headerOf(file);
  const declared = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const table = `read_csv(${literal(file.path)}, auto_detect = false, header = true, delim = ${literal(delimiter)},
    quote = '"', escape = '"', columns = {${declared}}, store_rejects = true)`;
  const cell = (name: string): string => `nullif(trim(cells.${identifier(name)}), '')`;
  return {
    rows: `SELECT row_number() OVER () + 1 AS "row", ${cell(columns.userId)} AS user_id, ${cell(columns.event)} AS event,
      ${cell(columns.at)} AS told_at, ${columns.id === null ? 'NULL' : cell(columns.id)} AS id,
      ${propertiesOf(columns, names, cell)} AS properties, NULL AS problem FROM ${table} AS cells`,
    unread: () => unreadRows(session),
  };
}

function propertiesOf(
  columns: EventFile['columns'],
  names: string[],
  cell: (name: string) => string,
): string {
  if (columns.properties !== null) {
    const text = cell(columns.properties);
    return `CASE WHEN ${text} IS NULL THEN '{}'
      WHEN json_type(TRY_CAST(${text} AS JSON)) = 'OBJECT' THEN json(${text})::VARCHAR END`;
  }
  const placed = new Set<string | null>([columns.userId, columns.event, columns.at, columns.id]);
  const others = names.filter((name) => !placed.has(name));
  if (others.length === 0) return `'{}'`;
  const members = others.map((name) => `${literal(name)}, ${cell(name)}`).join(', ');
  return `json_merge_patch('{}', json_object(${members}))::VARCHAR`; // leaves out what is null
}

/** @throws UnreadableFile when the header does not name the columns */
async function headerOf({ columns, path }: EventFile): Promise<{ delimiter: string; names: string[] }> {
  const wanted = [columns.userId, columns.event, columns.at, columns.id, columns.properties].filter(
    (name) => name !== null,
  );
  const text = await beginningOf(path);
  const headers = DELIMITERS.map((delimiter) => ({ delimiter, names: firstRow(text, delimiter) }));
  const missing = headers.map(({ names }) => wanted.filter((name) => !names.includes(name)));
  const fits = headers.find((_, index) => missing[index]?.length === 0);
  if (fits === undefined) {
    const closest = missing.toSorted((a, b) => a.length - b.length)[0] ?? wanted;
    throw new UnreadableFile(1, `The header has no column "${closest.join('", "')}".`);
  }
  const twice = fits.names.find((name, index) => fits.names.indexOf(name) !== index);
  if (twice !== undefined) throw new UnreadableFile(1, `The header has two columns "${twice}".`);
  return fits;
}

async function beginningOf(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}

function firstRow(text: string, delimiter: string): string[] {
  try {
    const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, to: 1 });
    return rows[0]?.map((name) => name.trim()) ?? [];
  } catch {
    return []; // divided otherwise, or no such file at all
  }
}

/** Rows with too many cells or too few, or with a quote that never ends: the engine keeps a list of them. */
async function unreadRows(session: Session): Promise<RefusedEvents> {
  const rows = await session.run(
    `SELECT line AS "row", min(error_message) AS problem, count(*) OVER () AS n FROM reject_errors
     GROUP BY line ORDER BY line LIMIT ${NAMED_PROBLEMS}`,
  );
  const problems = rows.map((row) => ({ row: count(row.row), problem: `${String(row.problem)}.` }));
  return { count: count(rows[0]?.n), problems };
}
