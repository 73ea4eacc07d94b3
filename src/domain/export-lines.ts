/** How exported rows are written down: as JSON lines, and as CSV that a spreadsheet opens without running anything. */

export type CellKind = 'number' | 'text' | 'instant' | 'day' | 'boolean' | 'json';
export type ExportColumn = { key: string; kind: CellKind };
/** A number may be exact decimal text, which keeps what a double would round. */
export type ExportCell = string | number | boolean | Date | object | null;

/** `net_revenue` → `netRevenue`: the names of the API. */
export function exportKey(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** One object with its type first, then its fields in the order of the columns. */
export function jsonLine(type: string, columns: readonly ExportColumn[], row: readonly ExportCell[]): string {
  const fields = columns.map(
    ({ key, kind }, index) => `${JSON.stringify(key)}:${jsonText(kind, row[index] ?? null)}`,
  );
  return `{"type":${JSON.stringify(type)},${fields.join(',')}}\n`;
}

function jsonText(kind: CellKind, cell: ExportCell): string {
  if (cell === null) return 'null';
  // Decimal text of the database is a JSON number as it stands, with all of its digits.
  if (kind === 'number') return plain(cell);
  if (cell instanceof Date) return JSON.stringify(cell.toISOString());
  return JSON.stringify(cell);
}

/** RFC 4180: names first, CRLF between lines. */
export function csvHeader(columns: readonly ExportColumn[]): string {
  return `${columns.map(({ key }) => key).join(',')}\r\n`;
}

export function csvLine(columns: readonly ExportColumn[], row: readonly ExportCell[]): string {
  return `${columns.map(({ kind }, index) => csvCell(kind, row[index] ?? null)).join(',')}\r\n`;
}

function csvCell(kind: CellKind, cell: ExportCell): string {
  if (cell === null) return '';
  if (kind === 'number' || typeof cell === 'number' || typeof cell === 'boolean') return plain(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (kind === 'day') return plain(cell);
  return quoted(harmless(typeof cell === 'string' && kind !== 'json' ? cell : JSON.stringify(cell)));
}

/** Text as it stands. An object in its place would be a fault of the table, and shows as what it is. */
function plain(cell: Exclude<ExportCell, null>): string {
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** A spreadsheet runs what begins like a formula; behind an apostrophe it is text. */
function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a leading NUL is skipped by some programs, and what follows it is run
  return /^[=+\-@\t\r\u0000]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
