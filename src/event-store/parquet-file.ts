import type { EventFile } from '../app/ports-events.ts';
import type { Session } from './engine.ts';
import { type FileRows, UnreadableFile } from './file-rows.ts';
import { identifier, literal } from './sql.ts';

/**
 * Columns of any type: an instant as a timestamp with its zone, as text or as a number; properties as JSON text, a
 * struct or a map. A timestamp without a zone could be of any, and is refused as such a text is.
 */
export async function readsParquet({ columns, path }: EventFile, session: Session): Promise<FileRows> {
  const described = await session.run(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
  const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
  const wanted = [columns.userId, columns.event, columns.at, columns.id, columns.properties];
  const missing = wanted.filter((name) => name !== null && !types.has(name));
  if (missing.length > 0) throw new UnreadableFile(1, `The file has no column "${missing.join('", "')}".`);
  const cell = (name: string): string => `cells.${identifier(name)}`;
  const text = (name: string): string => `nullif(trim(${cell(name)}::VARCHAR), '')`;
  return {
    rows: `SELECT cells.file_row_number + 1 AS "row", ${text(columns.userId)} AS user_id, ${text(columns.event)} AS event,
      ${timeOf(cell(columns.at), types.get(columns.at) ?? '')} AS told_at,
      ${columns.id === null ? 'NULL' : text(columns.id)} AS id, ${propertiesOf(columns, types, cell)} AS properties,
      NULL AS problem FROM read_parquet(${literal(path)}, file_row_number = true) AS cells`,
  };
}

/** As text that the reading of times understands. */
function timeOf(cell: string, type: string): string {
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(${cell}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return `trim(${cell}::VARCHAR)`;
}

function propertiesOf(
  columns: EventFile['columns'],
  types: ReadonlyMap<string, string>,
  cell: (name: string) => string,
): string {
  if (columns.properties !== null)
    return objectOf(cell(columns.properties), types.get(columns.properties) ?? '');
  const placed = new Set<string | null>([columns.userId, columns.event, columns.at, columns.id]);
  const others = [...types.keys()].filter((name) => !placed.has(name));
  if (others.length === 0) return `'{}'`;
  const members = others.map((name) => `${literal(name)}, ${cell(name)}`).join(', ');
  return `json_merge_patch('{}', json_object(${members}))::VARCHAR`; // leaves out what is null
}

function objectOf(cell: string, type: string): string {
  const json = type === 'VARCHAR' || type === 'JSON' ? `TRY_CAST(${cell} AS JSON)` : `to_json(${cell})`;
  return `CASE WHEN ${cell} IS NULL THEN '{}' WHEN json_type(${json}) = 'OBJECT' THEN json(${json})::VARCHAR END`;
}
