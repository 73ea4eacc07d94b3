import { closeSync, openSync, writeSync } from 'node:fs';
import { dumpLines, historyUntil, type SandboxState, sandboxNow } from '../../../sandbox/index.ts';
import { usageError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

const CHUNK_LENGTH = 256 * 1024;

/** Writes all that happened at the company as JSON lines, to a file or to standard output. */
export async function dumpSandbox(state: SandboxState, out: string | null, io: Io): Promise<number> {
  const now = sandboxNow(state, io.now());
  const model = historyUntil(state, now.getTime() / 1_000);
  const lines = dumpLines(model, now);
  if (out === null) {
    await inChunks(lines, io, (chunk) => io.stdout.write(chunk));
    return exitCodes.done;
  }
  const file = openOut(out);
  try {
    await inChunks(lines, io, (chunk) => writeSync(file, chunk));
  } finally {
    closeSync(file);
  }
  io.stderr.write(`The events of ${model.company.name} (invented data) are in ${out}.\n`);
  return exitCodes.done;
}

/** Many lines in one write; pauses between writes, so that Ctrl-C and a closed pipe are noticed. */
async function inChunks(lines: Iterable<string>, io: Io, write: (chunk: string) => void): Promise<void> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_LENGTH) continue;
    write(chunk);
    chunk = '';
    await new Promise((next) => setImmediate(next));
    if (io.interrupted.aborted) throw io.interrupted.reason;
  }
  write(chunk);
}

function openOut(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw usageError(`${path} cannot be written (${code})`, 'Give another file with --out.');
  }
}
