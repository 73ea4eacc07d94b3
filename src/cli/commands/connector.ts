import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { showList } from '../show.ts';
import { wordsOf } from '../words.ts';

/** `tidemark connector list`: the providers, and what each needs. */
export async function connectorListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listConnectors'),
      [
        { title: words.connector, priority: 9 },
        { title: words.title, priority: 6 },
        { title: words.version, priority: 3 },
        { title: words.metrics, priority: 5, align: 'right' },
        { title: words.description, priority: 2, minWidth: 20 },
      ],
      (connector) => [
        connector.id,
        connector.experimental === true ? `${connector.title} (${words.experimental})` : connector.title,
        connector.version,
        String(connector.metrics.length),
        connector.guide,
      ],
    );
    return exitCodes.done;
  });
}
