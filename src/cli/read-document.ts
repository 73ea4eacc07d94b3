import { open } from 'node:fs/promises';
import { CliError, usageError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';

/** As much as is read into drafts at once. */
const MAX_BYTES = 200 * 1024;

/** How files begin that hold text and are none. */
const KINDS: readonly (readonly [begins: string, what: string])[] = [
  ['%PDF', 'a PDF document'],
  ['PK\u0003\u0004', 'a Word, Excel or other zipped document'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Word or Excel document'],
  ['{\\rtf', 'an RTF document'],
  ['\u00ff\u00fe', 'text in UTF-16'],
  ['\u00fe\u00ff', 'text in UTF-16'],
];

/**
 * The text of a document, or of standard input for "-".
 *
 * @throws CliError that says what the file is instead, and what to do
 */
export async function readDocument(io: Io, path: string): Promise<string> {
  const name = path === '-' ? 'stdin' : path;
  const bytes = path === '-' ? await fromStdin(io) : await fromDisk(path);
  const begins = bytes.subarray(0, 8).toString('latin1');
  const other = KINDS.find(([magic]) => begins.startsWith(magic));
  if (other !== undefined) {
    throw refused(
      `${name} is ${other[1]}, and not plain text`,
      'Save it as text (UTF-8), or copy the text and pipe it in.',
    );
  }
  if (bytes.length > MAX_BYTES) {
    throw refused(
      `${name} is larger than the ${MAX_BYTES / 1024} KiB that are read at once`,
      'Import it in several parts.',
    );
  }
  const text = decode(bytes);
  if (text === null)
    throw refused(`${name} is not text in UTF-8`, 'Save it as text with the encoding UTF-8.');
  if (text.trim() === '')
    throw refused(`${name} is empty`, 'Write objectives and Key Results into it first.');
  return text;
}

/** Null when the bytes are no UTF-8, or hold what no text has. */
function decode(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function fromStdin(io: Io): Promise<Buffer> {
  if (io.stdinIsTty) throw usageError('"-" reads a pipe, and stdin is a terminal', 'Name a file.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** No more than decides whether it is too large. */
async function fromDisk(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const chunk = Buffer.alloc(MAX_BYTES + 1);
      let filled = 0;
      for (;;) {
        const { bytesRead } = await file.read(chunk, filled, chunk.length - filled, null);
        filled += bytesRead;
        if (bytesRead === 0 || filled === chunk.length) return chunk.subarray(0, filled);
      }
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): CliError {
  const { code } = cause as { code?: string }; // what the system says about a file
  if (code === 'ENOENT') {
    return new CliError(`There is no file ${path}`, {
      exitCode: exitCodes.notFound,
      next: 'Check the path.',
      cause,
    });
  }
  const why = code === 'EISDIR' ? 'is a folder' : code === 'EACCES' ? 'may not be read' : 'cannot be read';
  return new CliError(`${path} ${why}`, { exitCode: exitCodes.usage, next: 'Name a text file.', cause });
}

function refused(message: string, next: string): CliError {
  return new CliError(message, { exitCode: exitCodes.usage, next });
}
