import { hintText } from '../../i18n/hint-text.ts';
import { translator } from '../../i18n/translator.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { paintOf } from '../render/paint.ts';
import { oneLine, wrap } from '../render/text.ts';
import { lookOf } from '../show.ts';
import { wordsOf } from '../words.ts';

/** `tidemark hints`: what could make the objectives of a cycle better. No hint is a success, and so are many. */
export async function hintsCommand(context: Context, options: { cycle?: string }): Promise<number> {
  return withSession(context, async ({ client }) => {
    const cycle = options.cycle ?? (await client.call('getBoard', { query: {} })).cycle?.key;
    const answer =
      cycle === undefined
        ? { data: [], page: { nextCursor: null } }
        : await client.call('listHints', { params: { id: cycle } });
    if (context.settings.json) {
      printJson(context, answer);
      return exitCodes.done;
    }
    const look = lookOf(context);
    if (answer.data.length === 0) print(context, wordsOf(look.lang).noHints);
    const translate = translator(look.lang);
    const { dim } = paintOf(look.color);
    for (const hint of answer.data) {
      const about = hint.keyResultKey ?? hint.objectiveKey ?? cycle ?? '';
      const sentence = hintText(translate, hint);
      for (const line of wrap(oneLine(sentence), look.columns)) print(context, line);
      print(context, dim(`  ${about}`));
    }
    return exitCodes.done;
  });
}
