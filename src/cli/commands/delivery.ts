import { alertWordsOf } from '../alert-words.ts';
import { type Context, hint, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { age, ahead, durationMs, instantText } from '../render/format.ts';
import { paintOf } from '../render/paint.ts';
import { renderTable } from '../render/table.ts';
import { lookOf, showFields, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

/** `tidemark delivery list`. */
export async function deliveryListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const alertWords = alertWordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listDeliveries'),
      [
        { title: 'Id', priority: 4 },
        { title: words.channel, priority: 9 },
        { title: words.kind, priority: 6 },
        { title: words.state, priority: 8 },
        { title: words.attempts, priority: 5, align: 'right' },
        { title: words.since, priority: 7, align: 'right' },
        { title: alertWords.next, priority: 2, align: 'right' },
        { title: words.problem, priority: 3, minWidth: 16 },
      ],
      (delivery, look) => [
        delivery.deliveryId,
        delivery.channelKey,
        delivery.kind,
        delivery.status,
        String(delivery.attempts),
        age(delivery.createdAt, look),
        delivery.nextAt === null ? '' : ahead(delivery.nextAt, look),
        delivery.lastError ?? '',
      ],
    );
    return exitCodes.done;
  });
}

/** `tidemark delivery show ID`: every attempt. */
export async function deliveryShowCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const delivery = await client.call('getDelivery', { params: { id } });
    if (context.settings.json) {
      printJson(context, delivery);
      return exitCodes.done;
    }
    const look = lookOf(context);
    const words = wordsOf(look.lang);
    const alertWords = alertWordsOf(look.lang);
    const { attempts, deliveredAt, nextAt, tries } = delivery;
    print(context, delivery.deliveryId);
    showFields(context, [
      [words.channel, delivery.channelKey],
      [words.kind, delivery.kind],
      [words.state, delivery.status],
      [words.since, instantText(delivery.createdAt, look)],
      [alertWords.delivered, deliveredAt === null ? null : instantText(deliveredAt, look)],
      [alertWords.next, nextAt === null ? null : instantText(nextAt, look)],
      [words.problem, delivery.lastError],
    ]);
    if (tries.length === 0) return exitCodes.done;
    const rows = tries.map((attempt) => [
      instantText(attempt.at, look),
      attempt.ok ? alertWords.delivered : (attempt.errorClass ?? ''),
      attempt.httpStatus === null ? '' : String(attempt.httpStatus),
      durationMs(attempt.durationMs, look),
    ]);
    const columns = [
      { title: words.said, priority: 9 },
      { title: words.result, priority: 8 },
      { title: alertWords.answer, priority: 7, align: 'right' },
      { title: alertWords.took, priority: 6, align: 'right' },
    ] as const;
    const { dim } = paintOf(look.color);
    print(
      context,
      `\n${renderTable(columns, rows, { columns: look.columns, ascii: look.ascii, paintHeader: dim })}`,
    );
    if (tries.length < attempts) hint(context, alertWords.newestTries(tries.length, attempts));
    return exitCodes.done;
  });
}

/** `tidemark delivery redeliver ID`: what arrived or was given up is sent once more, under the same id. */
export async function deliveryRedeliverCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const delivery = await client.call('redeliver', { params: { id } });
    const words = alertWordsOf(context.settings.lang);
    if (context.settings.json) printJson(context, delivery);
    else print(context, words.sentAgain(delivery.deliveryId, delivery.channelKey));
    return exitCodes.done;
  });
}
