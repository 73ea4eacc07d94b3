import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError, invalidField } from '../app/errors.ts';

/** Signs cursors, newest key first; any of them proves one. */
export type CursorKeys = () => readonly Buffer[];

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().min(1).max(2_000).optional(),
});

/** Where a page begins: behind the row with these values of the fields that the order goes by. Null: at the start. */
export type After = readonly SortValue[] | null;
type SortValue = string | number | null;
/** What an operation may use to read no more than it has to: one row more than `limit` shows that there are others. */
export type Page = { limit: number; after: After };

/**
 * One page of rows, in the order of `order`: `-` for descending, the last field is unique. A page begins behind a row,
 * not at a number, so that what is added or removed meanwhile neither repeats a row nor skips one. With `=`, the rows
 * keep the order that they have, and the fields only name a row: for lists that nobody adds to.
 */
export function pageOf<Row>(rows: readonly Row[], order: readonly string[], { limit, after }: Page) {
  const rest =
    order[0]?.startsWith('=') === true ? behind(rows, order, after) : sortedBehind(rows, order, after);
  const data = rest.slice(0, limit);
  const last = data.at(-1);
  return { data, next: rest.length > limit && last !== undefined ? valuesOf(last, order) : null };
}

function sortedBehind<Row>(rows: readonly Row[], order: readonly string[], after: After): readonly Row[] {
  const sorted = rows.toSorted((a, b) => compare(valuesOf(a, order), valuesOf(b, order), order));
  return after === null ? sorted : sorted.filter((row) => compare(valuesOf(row, order), after, order) > 0);
}

function behind<Row>(rows: readonly Row[], order: readonly string[], after: After): readonly Row[] {
  if (after === null) return rows;
  const name = JSON.stringify(after);
  const at = rows.findIndex((row) => JSON.stringify(valuesOf(row, order)) === name);
  if (at < 0) throw wrongCursor();
  return rows.slice(at + 1);
}

/** A field may lie deeper: `keyResult.id`. */
function valuesOf(row: unknown, order: readonly string[]): SortValue[] {
  return order.map((field) => {
    const value = fieldOf(row, field.replace(/^[-=]/, ''));
    return typeof value === 'number' || typeof value === 'string' ? value : null;
  });
}

export function fieldOf(row: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | null | undefined)?.[part], row);
}

/** Null last; numbers, also those written as text, by size; text by its code units, as ids and instants sort. */
function compare(a: readonly SortValue[], b: readonly SortValue[], order: readonly string[]): number {
  for (const [index, field] of order.entries()) {
    const found = compareValues(a[index] ?? null, b[index] ?? null);
    if (found !== 0) return field.startsWith('-') ? -found : found;
  }
  return 0;
}

function compareValues(a: SortValue, b: SortValue): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const whole = /^\d{1,18}$/;
  if (whole.test(String(a)) && whole.test(String(b))) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

/** A cursor belongs to one list of one workspace, with its filters. */
export function listName(workspaceId: string, path: string, filters: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([workspaceId, path, filters]))
    .digest('base64url')
    .slice(0, 22);
}

export function writeCursor(keys: CursorKeys, list: string, values: readonly SortValue[]): string {
  const [key] = keys();
  if (key === undefined) throw new Error('there is no key to sign cursors with');
  const text = Buffer.from(JSON.stringify([list, values])).toString('base64url');
  return `${text}.${signature(key, text)}`;
}

/** @throws AppError for one that was not written for this list, or not by us */
export function readCursor(keys: CursorKeys, list: string, cursor: string | undefined): After {
  if (cursor === undefined) return null;
  const [text = '', signed = ''] = cursor.split('.');
  if (!keys().some((key) => isSame(signature(key, text), signed))) throw wrongCursor();
  const [of, values] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, SortValue[]]; // we wrote it
  if (of !== list) throw wrongCursor();
  return values;
}

function signature(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(`tidemark cursor ${text}`).digest('base64url').slice(0, 32);
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function wrongCursor(): AppError {
  return invalidField(
    '/cursor',
    'cursor',
    'This cursor does not belong to this list.',
    'Start again without a cursor; pass each nextCursor on as it is, with the same filters.',
  );
}
