import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatOf, readText } from '../read-file.ts';
import { showCreated } from '../show.ts';
import { takenText } from './push.ts';

export type UploadOptions = { format?: string; note?: string; idempotencyKey?: string };

/** `tidemark upload METRIC FILE`: days with their values from a CSV file or JSON lines. */
export async function uploadCommand(
  context: Context,
  metric: string,
  path: string,
  options: UploadOptions,
): Promise<number> {
  const format = formatOf(path, options.format);
  const text = await readText(context.io, path);
  return withSession(context, async ({ client }) => {
    const { idempotencyKey, note } = options;
    const answer = await client.call('uploadValues', {
      params: { id: metric },
      body: { format, text, ...(note === undefined ? {} : { note }) },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    const days =
      answer.firstDay === answer.lastDay ? answer.firstDay : `${answer.firstDay} to ${answer.lastDay}`;
    showCreated(context, answer, `${metric} for ${days}: ${takenText(answer)}. Next: tidemark status`);
    return exitCodes.done;
  });
}
