import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { number } from '../render/format.ts';
import { showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';
import { takenText } from './push.ts';

export type EventsUploadOptions = {
  format?: string;
  user?: string;
  event?: string;
  time?: string;
  id?: string;
  properties?: string;
  through?: string;
  note?: string;
  idempotencyKey?: string;
};

/** `tidemark events upload CONNECTION FILE`: raw events from a file of any size, all of it or nothing. */
export async function eventsUploadCommand(
  context: Context,
  connection: string,
  path: string,
  options: EventsUploadOptions,
): Promise<number> {
  const { format, idempotencyKey, ...columns } = options;
  const query = { format: formatOf(path, format), ...columns };
  await refuseMissing(path);
  return withSession(context, async ({ client }) => {
    const answer = await client.call('uploadEvents', {
      params: { id: connection },
      query,
      file: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, // of chunks of bytes
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    showCreated(
      context,
      answer,
      `${connection} events: ${takenText(answer)}. What is measured from it is being computed. Next: tidemark events list ${connection}`,
    );
    return exitCodes.done;
  });
}

/** `tidemark events list CONNECTION`: which events there are, the most frequent first. */
export async function eventsListCommand(
  context: Context,
  connection: string,
  options: { days?: string },
): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listEventNames', {
        params: { id: connection },
        query: options.days === undefined ? {} : { days: Number(options.days) },
      }),
      [
        { title: words.event, priority: 9 },
        { title: words.count, priority: 8, align: 'right' },
        { title: words.people, priority: 7, align: 'right' },
      ],
      ({ count, event, users }, look) => [event, number(count, look), number(users, look)],
    );
    return exitCodes.done;
  });
}

/** By the flag, else by how the file's name ends. */
function formatOf(path: string, flag: string | undefined): 'csv' | 'jsonl' | 'parquet' {
  const given = (flag ?? /\.(csv|tsv|jsonl|ndjson|parquet)$/i.exec(path)?.[1] ?? '').toLowerCase();
  if (given === 'csv' || given === 'tsv') return 'csv';
  if (given === 'jsonl' || given === 'ndjson') return 'jsonl';
  if (given === 'parquet') return 'parquet';
  throw usageError(
    flag === undefined
      ? `The format of ${path} is not clear`
      : `--format "${flag}" is none of csv, jsonl, parquet`,
    'Give --format csv, --format jsonl or --format parquet.',
  );
}

async function refuseMissing(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFile()) return;
  } catch (cause) {
    const { code } = cause as { code?: string };
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be read');
    throw new CliError(`${path} cannot be read: ${why}`, { next: 'Check the path.', cause });
  }
  throw new CliError(`${path} is no file`, { next: 'Check the path.' });
}
