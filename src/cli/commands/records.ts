import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatOf, readText } from '../read-file.ts';
import { instantText, noValue, number } from '../render/format.ts';
import { showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';
import { takenText } from './push.ts';

export type RecordsPushOptions = {
  format?: string;
  through?: string;
  note?: string;
  idempotencyKey?: string;
};

/** `tidemark records push CONNECTION KIND FILE`: records, such as survey answers, from a CSV file or JSON lines. */
export async function recordsPushCommand(
  context: Context,
  connection: string,
  kind: string,
  path: string,
  options: RecordsPushOptions,
): Promise<number> {
  const format = formatOf(path, options.format);
  const text = await readText(context.io, path);
  return withSession(context, async ({ client }) => {
    const { idempotencyKey, note, through } = options;
    const answer = await client.call('uploadRecords', {
      params: { id: connection },
      body: {
        kind,
        format,
        text,
        ...(through === undefined ? {} : { through }),
        ...(note === undefined ? {} : { note }),
      },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    showCreated(
      context,
      answer,
      `${connection} ${kind}: ${takenText(answer)}. What is measured from it is being computed. Next: tidemark records list ${connection}`,
    );
    return exitCodes.done;
  });
}

/** `tidemark records list CONNECTION`: what was told, and up to which day. */
export async function recordsListCommand(context: Context, connection: string): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listRecords', { params: { id: connection } }),
      [
        { title: words.kind, priority: 9 },
        { title: words.records, priority: 8, align: 'right' },
        { title: words.through, priority: 8 },
        { title: words.said, priority: 5 },
      ],
      ({ kind, records, throughDay, toldAt }, look) => [
        kind,
        number(records, look),
        throughDay ?? noValue(look),
        instantText(toldAt, look),
      ],
    );
    return exitCodes.done;
  });
}
