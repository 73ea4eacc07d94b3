import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { DAY_SECONDS, dayStart } from '../model/time.ts';
import type { FaultKind } from '../state.ts';
import { badRequest } from './errors.ts';
import { filter, names, optional, type Params, range, whole } from './params.ts';
import type { SeenEvent, View } from './view.ts';

/** A line of the export, before it is written as JSON. */
export type ExportLine = { event: string; properties: Record<string, unknown> };

/**
 * Raw events of UTC days, as projects made since 2023 cut them, in the order in which they came in, every copy on a
 * line of its own. What came late is there from then on.
 */
export function exportLines(params: Params, view: View): ExportLine[] {
  const { fromDay, toDay } = range(params);
  // Days are cut in UTC, but today is judged in the project's zone.
  if (toDay > view.today) throw badRequest(params.request, 'to_date cannot be later than today');
  const limited = optional(params, 'limit') !== null;
  const limit = limited ? whole(params, 'limit', { otherwise: 1, min: 1, max: 100_000 }) : undefined;
  const wanted = optional(params, 'event') === null ? null : new Set(names(params, 'event'));
  const inMs = optional(params, 'time_in_ms') === 'true';
  return view
    .raw({ from: dayStart(fromDay), to: dayStart(toDay) + DAY_SECONDS, names: wanted })
    .filter(filter(params, view))
    .toSorted((a, b) => a.processedAtMs - b.processedAtMs)
    .slice(0, limit)
    .map((event) => lineOf(event, inMs));
}

function lineOf(
  { event, at, distinctId, insertId, processedAtMs, properties }: SeenEvent,
  inMs: boolean,
): ExportLine {
  const own = {
    time: inMs ? Math.round(at * 1_000) : Math.floor(at),
    distinct_id: distinctId,
    ...(insertId === null ? {} : { $insert_id: insertId }),
    mp_processing_time_ms: processedAtMs,
  };
  return { event, properties: { ...properties, ...own } };
}

/** One JSON object a line. */
export function exportText(lines: readonly ExportLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The faults that only an export shows in its own way; null for the others. */
export function spoiledExport(kind: FaultKind, lines: readonly ExportLine[]): string | null {
  const text = exportText(lines);
  if (kind === 'cut_off') return `${text.slice(0, Math.floor(text.length / 2))}\nterminated early\n`;
  if (kind === 'empty_list') return '';
  if (kind !== 'changed_shape') return null;
  return lines.map(({ event, properties }) => `${JSON.stringify({ event, props: properties })}\n`).join('');
}

/** Sends the text in pieces that end where they happen to end: in a line, in a character. */
export async function sendExport(
  response: ServerResponse,
  { headers, text }: { headers: Record<string, string>; text: string },
  asked: IncomingHttpHeaders,
): Promise<void> {
  const zipped = /\bgzip\b/.test(asked['accept-encoding'] ?? '');
  const bytes = zipped ? gzipSync(text) : Buffer.from(text);
  response.writeHead(200, zipped ? { ...headers, 'content-encoding': 'gzip' } : headers);
  try {
    await pipeline(Readable.from(pieces(bytes)), response);
  } catch {
    response.destroy(); // the client hung up
  }
}

const PIECE_BYTES = 16_381;

function* pieces(bytes: Buffer): Generator<Buffer> {
  const insideCharacter = bytes.subarray(0, PIECE_BYTES).findIndex((byte) => (byte & 0xc0) === 0x80);
  let from = 0;
  let to = insideCharacter > 0 ? insideCharacter : Math.floor(PIECE_BYTES / 2);
  while (from < bytes.length) {
    yield bytes.subarray(from, to);
    from = to;
    to += PIECE_BYTES;
  }
}
