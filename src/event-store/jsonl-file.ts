import type { EventFile } from '../app/ports-events.ts';
import type { FileRows } from './file-rows.ts';
import { PROBLEMS } from './refusals.ts';
import { literal } from './sql.ts';

/**
 * One JSON object a line. Lines are read as they are, so that one that is no JSON has its number like any other; empty
 * ones are passed over. A member may be a number or true where a text is wanted: ids often are.
 */
export function readsJsonl({ columns, path }: EventFile): FileRows {
  const members = [columns.userId, columns.event, columns.at, columns.id ?? '', columns.properties ?? ''];
  // A line holds no control characters that are not escaped: this one divides nothing.
  const lines = `SELECT row_number() OVER () AS "row", line FROM read_csv(${literal(path)}, auto_detect = false,
    delim = '\u0001', quote = '', escape = '', header = false, strict_mode = false, columns = {line: 'VARCHAR'})`;
  const objects = `SELECT "row", line, TRY_CAST(line AS JSON) AS object FROM (${lines}) WHERE trim(line, ' \t\r') <> ''`;
  const cells = `SELECT "row", object, coalesce(json_type(object) = 'OBJECT', false) AS is_object,
    json_extract(object, [${members.map((name) => literal(pointer(name))).join(', ')}]) AS cells FROM (${objects})`;
  return {
    rows: `SELECT "row", ${textOf('cells[1]')} AS user_id, ${textOf('cells[2]')} AS event, ${textOf('cells[3]')} AS told_at,
      ${columns.id === null ? 'NULL' : `nullif(${textOf('cells[4]')}, '')`} AS id,
      CASE WHEN NOT is_object THEN NULL ELSE ${propertiesOf(columns)} END AS properties,
      CASE WHEN NOT is_object THEN ${literal(PROBLEMS.json)} END AS problem FROM (${cells})`,
  };
}

function propertiesOf(columns: EventFile['columns']): string {
  if (columns.properties !== null) {
    return `CASE WHEN coalesce(json_type(cells[5]), 'NULL') = 'NULL' THEN '{}'
      WHEN json_type(cells[5]) = 'OBJECT' THEN cells[5]::VARCHAR END`;
  }
  // What a merge patch (RFC 7396) sets to null is taken away: what is left are the members with no place of their own.
  const placed = [columns.userId, columns.event, columns.at, ...(columns.id === null ? [] : [columns.id])];
  const patch = JSON.stringify(Object.fromEntries(placed.map((name) => [name, null])));
  return `json_merge_patch(object, ${literal(patch)})::VARCHAR`;
}

/** JSON's own way to name a member (RFC 6901), which takes any name. */
function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function textOf(cell: string): string {
  return `CASE json_type(${cell}) WHEN 'VARCHAR' THEN json_extract_string(${cell}, '$') WHEN 'NULL' THEN NULL
    WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL ELSE ${cell}::VARCHAR END`;
}
