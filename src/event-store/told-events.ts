import { open, rm } from 'node:fs/promises';
import type { EventWrite } from '../app/ports-events.ts';
import type { Session } from './engine.ts';
import { createRefusals, LAST_MS, PROBLEMS, type Refusals } from './refusals.ts';
import { copyTo, literal } from './sql.ts';

/** Where parts may be written: a name of its own for each. */
type Places = (ending: string) => Promise<string>;

/** As many characters are written at once, and as many lie on the disk before the engine takes them over. */
const WRITE_CHARS = 256 * 1024;
const PART_CHARS = 96 * 1024 * 1024;
/** The engine takes no line that is longer than twice this. */
const MAX_LINE_CHARS = 8_000_000;

/**
 * Events as they come, in files that the engine can read. Lines of JSON, which it reads faster than values can be handed
 * to it one by one; whoever tells them waits for the disk, and only the part that is being written is as large as it is.
 */
export async function takeTold(
  input: AsyncIterable<EventWrite>,
  session: Session,
  place: Places,
  signal: AbortSignal,
): Promise<{ parts: string[]; refusals: Refusals }> {
  const refusals = createRefusals();
  const parts: string[] = [];
  let converting: Promise<unknown> = Promise.resolve();
  const convert = async (lines: string): Promise<void> => {
    const part = await place('.part');
    parts.push(part);
    await session.run(copyTo(part, readLines(lines)));
    await rm(lines, { force: true });
  };
  const writer = createWriter(place, async (lines) => {
    await converting; // one part is written while the one before is read, and no more
    converting = convert(lines);
    converting.catch(() => {}); // heard where it is waited for
  });
  let row = 0;
  for await (const event of input) {
    signal.throwIfAborted();
    row += 1;
    const line = lineOf(event, row, refusals);
    const writing = line === null || refusals.count > 0 ? null : writer.add(line);
    if (writing !== null) await writing; // most lines only wait for others, and nobody needs to wait for them
  }
  await writer.end();
  await converting;
  return { parts, refusals };
}

function createWriter(place: Places, done: (path: string) => Promise<void>) {
  let file: { path: string; handle: Awaited<ReturnType<typeof open>>; chars: number } | null = null;
  let waiting = '';
  const write = async (): Promise<void> => {
    if (waiting === '') return;
    if (file === null) {
      const path = await place('.lines');
      file = { path, handle: await open(path, 'w'), chars: 0 };
    }
    const text = waiting;
    waiting = '';
    file.chars += text.length;
    await file.handle.write(text);
  };
  const close = async (): Promise<void> => {
    if (file === null) return;
    const { handle, path } = file;
    file = null;
    await handle.close();
    await done(path);
  };
  return {
    add(line: string): Promise<void> | null {
      waiting += line;
      return waiting.length < WRITE_CHARS ? null : written();
    },
    async end(): Promise<void> {
      await write();
      await close();
    },
  };
  async function written(): Promise<void> {
    await write();
    if (file !== null && file.chars >= PART_CHARS) await close();
  }
}

/** One event as a line, or null and why not among the refusals. */
function lineOf(event: EventWrite, row: number, refusals: Refusals): string | null {
  const problem = problemOf(event);
  if (problem !== null) {
    refusals.add(row, problem);
    return null;
  }
  const { userId: u, event: e, at, id: i, order: o, properties: p } = event;
  const line = JSON.stringify({ u, e, a: at.getTime(), i, o, p });
  if (line.length > MAX_LINE_CHARS) {
    refusals.add(row, 'The event is larger than 8 MB.');
    return null;
  }
  // Halves of characters are no text: the engine would refuse the line.
  return `${line.includes('\\ud') ? line.replace(/(\\\\)|\\ud[89a-f][0-9a-f]{2}/g, (_half, slash) => slash ?? '\ufffd') : line}\n`;
}

function problemOf({ at, event, properties, userId }: EventWrite): string | null {
  if (userId === '') return PROBLEMS.user;
  if (event === '') return PROBLEMS.event;
  const ms = at.getTime();
  if (!(ms >= 0 && ms < LAST_MS)) return PROBLEMS.time;
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties)
    ? null
    : PROBLEMS.properties;
}

function readLines(path: string): string {
  return `SELECT u AS user_id, e AS event, a AS at_ms, i AS id, p::VARCHAR AS properties, o AS told
    FROM read_json(${literal(path)}, format = 'newline_delimited', columns = {u: 'VARCHAR', e: 'VARCHAR', a: 'BIGINT',
      i: 'VARCHAR', o: 'DOUBLE', p: 'JSON'})`;
}
