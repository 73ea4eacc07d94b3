import type { Client } from '../../api/client.ts';
import type { IngestAnswer } from '../../api/contracts/ingest.ts';
import { parseAmount } from '../amounts.ts';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { showCreated } from '../show.ts';

export type PushOptions = {
  day?: string;
  value?: string;
  numerator?: string;
  denominator?: string;
  unit?: string;
  note?: string;
  idempotencyKey?: string;
};

/** `tidemark push METRIC`: the value of one day. A zero is a value; the same day again replaces it. */
export async function pushCommand(context: Context, metric: string, options: PushOptions): Promise<number> {
  const numbers = numbersOf(options);
  return withSession(context, async ({ client }) => {
    const { day, why } =
      options.day === undefined ? await usualDay(context, client, metric) : { day: options.day, why: '' };
    const { idempotencyKey, note, unit } = options;
    const answer = await client.call('pushValues', {
      params: { id: metric },
      body: {
        values: [{ day, ...numbers, ...(unit === undefined ? {} : { unit }) }],
        ...(note === undefined ? {} : { note }),
      },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    showCreated(context, answer, `${metric} for ${day}${why}: ${takenText(answer)}. Next: tidemark status`);
    return exitCodes.done;
  });
}

/** What became of a delivery, in the words of every command that sends one. */
export function takenText({ changed, replayed, rows }: IngestAnswer): string {
  if (replayed) return 'it was taken before under this idempotency key, and nothing is new';
  const what = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return changed === 0 ? `${what} taken, nothing is new` : `${what} taken, ${changed} new or changed`;
}

function numbersOf({ denominator, numerator, value }: PushOptions): Record<string, number | string> {
  if (value === undefined && numerator === undefined && denominator === undefined) {
    throw usageError(
      'There is no value to push',
      'Give --value, or --numerator and --denominator of a ratio.',
    );
  }
  const given = Object.entries({ value, numerator, denominator }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, parseAmount(text, `--${name}`)] as const],
  );
  // "1100.50 USD" says its currency, and a metric of another one refuses it.
  const currency = /[a-z]{3}$/i.exec(value?.trim() ?? '')?.[0];
  return { ...Object.fromEntries(given), ...(currency === undefined ? {} : { currency }) };
}

/** What flows is complete when its day is over: yesterday. A level is what it is now: today. */
async function usualDay(
  context: Context,
  client: Client,
  key: string,
): Promise<{ day: string; why: string }> {
  const { data } = await client.call('listMetrics');
  const metric = data.find((each) => each.key === key || each.id === key);
  if (metric === undefined) {
    throw new CliError(`There is no metric "${key}"`, {
      exitCode: exitCodes.notFound,
      next: 'List the metrics with `tidemark metric list`.',
    });
  }
  const isFlow = metric.kind !== 'stock';
  const at = context.io.now().getTime() - (isFlow ? 86_400_000 : 0);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: metric.timeZone }).format(new Date(at));
  return { day, why: ` (${isFlow ? 'yesterday' : 'today'}, ${metric.timeZone})` };
}
