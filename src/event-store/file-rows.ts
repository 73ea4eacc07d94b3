import type { RefusedEvents } from '../app/ports-events.ts';

/**
 * How a file of some format is read: SQL of its rows with `row` (its number in the file), `user_id`, `event`, `told_at` (text),
 * `id`, `properties` (JSON text, null when it is no object) and `problem` (null, or why it is no row at all).
 */
export type FileRows = {
  rows: string;
  /** Rows that the reader itself leaves out, once `rows` were read. */
  unread?(): Promise<RefusedEvents>;
};
/** A file that cannot be read as what it was said to be: one sentence, of the row that shows it. */
export class UnreadableFile extends Error {
  readonly row: number;
  constructor(row: number, message: string) {
    super(message);
    this.row = row;
  }
}
