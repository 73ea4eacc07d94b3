/** Text as it stands in a statement. The engine reads statements up to a NUL, which therefore cannot be said in one. */
export function literal(text: string): string {
  if (text.includes('\0')) throw new RangeError('a text with a NUL cannot be part of a statement');
  return `'${text.replaceAll("'", "''")}'`;
}

export function identifier(name: string): string {
  if (name.includes('\0')) throw new RangeError('a name with a NUL cannot be part of a statement');
  return `"${name.replaceAll('"', '""')}"`;
}

/** The files as one table; of no files a table of the same columns without a row. */
export function eventsOf(paths: readonly string[], more = ''): string {
  if (paths.length === 0) return NO_EVENTS;
  return `read_parquet([${paths.map(literal).join(', ')}]${more})`;
}

/** Of which columns every file of events is, in this order. */
export const EVENT_COLUMNS = 'user_id, event, at_ms, id, properties';
const NO_EVENTS = `(SELECT ''::VARCHAR AS user_id, ''::VARCHAR AS event, 0::BIGINT AS at_ms, NULL::VARCHAR AS id,
  '{}'::VARCHAR AS properties WHERE false)`;

/** Whole days since 1970 in UTC. */
export const DAY_OF_ROW = 'at_ms // 86400000';
/** Where the rows of one file stand: what asks for a few names finds them side by side. */
export const ROW_ORDER = 'event, user_id, at_ms';

/**
 * What a row says, in 128 bits. Two rows of the same digest are the same; the lengths keep neighbouring texts apart.
 * The kind of hash is no secret and needs to be none: it compares what one owner has told with what they told before.
 */
export const CONTENT_DIGEST = `md5(concat(length(user_id), ':', user_id, length(event), ':', event, at_ms, properties))`;
export const ROW_DIGEST = `${CONTENT_DIGEST}::UUID`;

const FILE_OPTIONS = 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440';

export function copyTo(path: string, query: string): string {
  return `COPY (${query}) TO ${literal(path)} (${FILE_OPTIONS})`;
}

export function count(value: unknown): number {
  return Number(value ?? 0);
}
