import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderCatalogEntry } from '../render/catalog.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type CatalogOptions = { stage?: string; source?: string };

/** `tidemark catalog [KEY]`: the metrics that Key Results can use, or everything about one of them. */
export async function catalogCommand(
  context: Context,
  key: string | undefined,
  options: CatalogOptions,
): Promise<number> {
  const { lang } = context.settings;
  return withSession(context, async ({ client }) => {
    if (key !== undefined) {
      const entry = await client.call('getCatalogEntry', { params: { id: key }, query: { lang } });
      if (context.settings.json) printJson(context, entry);
      else print(context, renderCatalogEntry(entry, lookOf(context)));
      return exitCodes.done;
    }
    const words = wordsOf(lang);
    const { say } = voiceOf(lookOf(context));
    showList(
      context,
      await client.call('listCatalog', { query: { lang, ...options } }),
      [
        { title: words.key, priority: 9 },
        { title: words.title, priority: 8, minWidth: 14 },
        { title: say('catalog.stage'), priority: 7 },
        { title: words.unit, priority: 6 },
        { title: say('catalog.window'), priority: 4, minWidth: 12 },
        { title: say('catalog.sources'), priority: 3, minWidth: 12 },
      ],
      (metric) => [
        metric.key,
        metric.title,
        metric.stage.title,
        metric.unit.title,
        metric.window.text,
        metric.sources.map(({ title }) => title).join(', '),
      ],
    );
    return exitCodes.done;
  });
}
