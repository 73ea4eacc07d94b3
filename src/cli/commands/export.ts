import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createClient } from '../../api/client.ts';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, hint, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';

export type ExportOptions = { format?: 'ndjson' | 'csv'; out: string; type?: string; bom?: boolean };

const BOM = '\uFEFF';

/** `tidemark export --out FOLDER|-`: everything as of one moment, one file, or one CSV a type. */
export async function exportCommand(
  context: Context,
  { bom = false, format = 'ndjson', out, type }: ExportOptions,
): Promise<number> {
  if (format === 'csv' && out === '-' && (type === undefined || type.includes(',')))
    throw usageError('One CSV holds one type', 'Name it with --type, or a folder with --out.');
  return withSession(context, async ({ api }) => {
    // All CSV files come out of one answer, so that they are of the same moment.
    const asked = format === 'csv' && out !== '-' ? 'csv_lines' : format;
    const query = new URLSearchParams({ format: asked, ...(type === undefined ? {} : { type }) });
    if (bom && asked === 'csv') query.set('bom', 'true');
    const body = await answerOf(context, api, query);
    if (out === '-') {
      for await (const piece of body) context.io.stdout.write(String(piece));
      return exitCodes.done;
    }
    await mkdir(out, { recursive: true });
    const { files, rows } =
      format === 'ndjson' ? await oneFile(body, join(out, 'tidemark.ndjson')) : await filesIn(body, out, bom);
    hint(context, voiceOf(lookOf(context)).say('export.done', { rows, files, folder: out }));
    return exitCodes.done;
  });
}

/** Not by the typed client, which holds answers whole. */
async function answerOf(
  context: Context,
  api: { url: string; token: string },
  query: URLSearchParams,
): Promise<Readable> {
  const url = `${api.url.replace(/\/+$/, '')}/api/v1/export?${query.toString()}`;
  const headers = { authorization: `Bearer ${api.token}` };
  const response = await fetch(url, { headers, redirect: 'error', signal: context.io.interrupted });
  if (!response.ok || response.body === null) {
    // The refusal in the words of every other one.
    const refused = async () => new Response(await response.text(), response);
    await createClient({ ...api, fetch: refused }).call('listCycles');
    throw new CliError('The API did not answer with an export', { exitCode: exitCodes.failed });
  }
  return Readable.fromWeb(response.body).setEncoding('utf8');
}

async function oneFile(body: Readable, path: string): Promise<{ files: number; rows: number }> {
  let last = '';
  await pipeline(
    body,
    async function* keepEnd(pieces: AsyncIterable<string>) {
      for await (const piece of pieces) {
        last = (last + piece).slice(-200);
        yield piece;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  return { files: 1, rows: rowsAtEnd(last.trimEnd().split('\n').at(-1) ?? '') };
}

/** One file a type. A type is told with its header before its rows, and comes once. */
async function filesIn(
  body: Readable,
  folder: string,
  bom: boolean,
): Promise<{ files: number; rows: number }> {
  let type = '';
  let file: WriteStream | null = null;
  let files = 0;
  let last = '';
  for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
    last = line;
    const told = JSON.parse(line) as { type: string; csv?: string };
    if (told.csv === undefined) continue;
    if (file === null || told.type !== type) {
      if (file !== null) await closed(file);
      type = told.type;
      file = createWriteStream(join(folder, `${fileNameOf(type)}.csv`), { mode: 0o600 });
      files += 1;
      if (bom) file.write(BOM);
    }
    if (!file.write(told.csv)) await once(file, 'drain');
  }
  if (file !== null) await closed(file);
  return { files, rows: rowsAtEnd(last) };
}

/** What a server calls its types never leads out of the folder. */
function fileNameOf(type: string): string {
  return type.replace(/[^a-z0-9_]/g, '_');
}

function closed(file: WriteStream): Promise<void> {
  return new Promise((done, failed) => {
    file.once('error', failed);
    file.end(() => done());
  });
}

/** @throws CliError when the last line is missing: the answer was cut off */
function rowsAtEnd(line: string): number {
  const end = /^\{"type":"end","rows":(\d+)\}$/.exec(line.trim());
  if (end !== null) return Number(end[1]);
  throw new CliError('The export was cut off before its end', {
    exitCode: exitCodes.failed,
    next: 'Run it again.',
  });
}
