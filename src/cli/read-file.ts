import { readFile } from 'node:fs/promises';
import { CliError, usageError } from './cli-error.ts';
import type { Io } from './io.ts';

/** As much as an upload may hold; a larger file is refused before it is sent. */
const MAX_BYTES = 4_000_000;

/** A text file, or standard input for "-". */
export async function readText(io: Io, path: string): Promise<string> {
  const text = path === '-' ? await fromStdin(io) : await fromDisk(path);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_BYTES) return text;
  throw new CliError(`${shown(path)} has ${bytes} bytes, and ${MAX_BYTES} are taken at once`, {
    next: 'Divide it, and send the parts one after the other.',
  });
}

/** By the flag, else by how the file's name ends. */
export function formatOf(path: string, flag: string | undefined): 'csv' | 'jsonl' {
  const given = (flag ?? /\.(csv|tsv|jsonl|ndjson)$/i.exec(path)?.[1] ?? '').toLowerCase();
  if (given === 'csv' || given === 'tsv') return 'csv';
  if (given === 'jsonl' || given === 'ndjson') return 'jsonl';
  throw usageError(
    flag === undefined
      ? `The format of ${shown(path)} is not clear`
      : `--format "${flag}" is none of csv, jsonl`,
    'Give --format csv or --format jsonl.',
  );
}

function shown(path: string): string {
  return path === '-' ? 'stdin' : path;
}

async function fromStdin(io: Io): Promise<string> {
  if (io.stdinIsTty) throw usageError('"-" reads a pipe, and stdin is a terminal', 'Name a file.');
  let text = '';
  for await (const chunk of io.stdin)
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
  return text;
}

async function fromDisk(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as { code?: string };
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be read');
    throw new CliError(`${path} cannot be read: ${why}`, { next: 'Check the path.', cause });
  }
}
