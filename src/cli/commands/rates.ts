import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatOf, readText } from '../read-file.ts';
import { number } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type RatesOptions = { into: string; format?: string };

/** `tidemark rates upload FILE --into EUR`: what other currencies are worth in it, from which day on. */
export async function ratesUploadCommand(
  context: Context,
  path: string,
  options: RatesOptions,
): Promise<number> {
  const format = formatOf(path, options.format);
  const text = await readText(context.io, path);
  return withSession(context, async ({ client }) => {
    const answer = await client.call('keepRates', { params: { id: options.into }, body: { format, text } });
    const voice = voiceOf(lookOf(context));
    const { base, changed, currencies, rows } = answer;
    const sentence =
      voice.say('rates.kept', { base, changed, currencies: currencies.join(', '), rows }) +
      ` tidemark rates list --into ${base}`;
    showCreated(context, answer, sentence);
    return exitCodes.done;
  });
}

/** `tidemark rates list --into EUR`. */
export async function ratesListCommand(context: Context, { into }: RatesOptions): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    const voice = voiceOf(lookOf(context));
    showList(
      context,
      await client.call('listRates', { params: { id: into } }),
      [
        { title: words.currency, priority: 9 },
        { title: voice.say('column.day'), priority: 8 },
        { title: into.toUpperCase(), priority: 9, align: 'right' },
      ],
      ({ currency, day, rate }, look) => [currency, day, number(Number(rate), look, 9)],
    );
    return exitCodes.done;
  });
}
