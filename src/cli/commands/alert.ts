import type { AlertDetailView } from '../../api/contracts/alerting.ts';
import { titleIn } from '../../i18n/index.ts';
import { type AlertWords, alertWordsOf } from '../alert-words.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { age, instantText } from '../render/format.ts';
import type { Look } from '../render/look.ts';
import { paintOf } from '../render/paint.ts';
import { renderTable } from '../render/table.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showFields, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type AlertListOptions = { keyResult?: string; connection?: string; open?: boolean };

/** `tidemark alert list`. */
export async function alertListCommand(
  context: Context,
  { connection, keyResult, open }: AlertListOptions,
): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const alertWords = alertWordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  const query = {
    ...(keyResult === undefined ? {} : { keyResult }),
    ...(connection === undefined ? {} : { connection }),
    ...(open === true ? { open: 'true' as const } : {}),
  };
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listAlerts', { query }),
      [
        { title: alertWords.alert, priority: 9 },
        { title: words.kind, priority: 6 },
        { title: alertWords.severity, priority: 5 },
        { title: words.state, priority: 8 },
        { title: words.since, priority: 7, align: 'right' },
        { title: alertWords.acknowledged, priority: 2, minWidth: 6 },
        { title: 'Id', priority: 3 },
      ],
      (alert, look) => [
        subjectOf(alert),
        alertWords.kindOf[alert.kind],
        alertWords.severityOf[alert.severity],
        say(`alert.${alert.state}`),
        age(alert.since, look),
        alert.acknowledged?.by ?? '',
        alert.id,
      ],
    );
    return exitCodes.done;
  });
}

type About = { keyResultKey: string | null; connectionKey: string | null; title: string };

function subjectOf({ connectionKey, keyResultKey, title }: About): string {
  return keyResultKey ?? connectionKey ?? title;
}

/** `tidemark alert show ID`: why it is so, and what each channel was told of it. */
export async function alertShowCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const alert = await client.call('getAlert', { params: { id } });
    if (context.settings.json) printJson(context, alert);
    else showAlert(context, alert);
    return exitCodes.done;
  });
}

function showAlert(context: Context, alert: AlertDetailView): void {
  const look = lookOf(context);
  const words = wordsOf(look.lang);
  const alertWords = alertWordsOf(look.lang);
  const { acknowledged, resolvedAt } = alert;
  print(context, oneLine(`${titleIn(look.lang, alert)}  ${subjectOf(alert)}`));
  showFields(context, [
    [words.kind, alertWords.kindOf[alert.kind]],
    [alertWords.severity, alertWords.severityOf[alert.severity]],
    [words.state, voiceOf(look).say(`alert.${alert.state}`)],
    [words.since, instantText(alert.since, look)],
    [alertWords.fired, alert.firedDay],
    [alertWords.ended, resolvedAt === null ? null : instantText(resolvedAt, look)],
    [alertWords.because, becauseOf(alert, look)],
    [
      alertWords.acknowledged,
      acknowledged === null
        ? null
        : alertWords.acknowledgedBy(acknowledged.by, age(acknowledged.at, look), acknowledged.note),
    ],
  ]);
  print(context, `\n${toldTable(alert, look, alertWords)}`);
  if (alert.messages.length > 0) print(context, `\n${messageTable(alert, look, alertWords)}`);
}

/** The sentence in the language of the reader, with its numbers in the unit of the Key Result. */
function becauseOf({ because, currency, reason, unit }: AlertDetailView, look: Look): string | null {
  if (reason === null || because === null) return because;
  const values = Object.entries(reason.values).filter(
    (entry): entry is [string, string | number | null] =>
      entry[1] === null || typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  const view = { code: reason.code, values: Object.fromEntries(values), text: because };
  return voiceOf(look).because(view, { unit: unit ?? 'count', currency });
}

function toldTable({ told }: AlertDetailView, look: Look, words: AlertWords): string {
  if (told.length === 0) return words.nobodyTold;
  const { channel, count, since } = wordsOf(look.lang);
  return renderTable(
    [
      { title: channel, priority: 9 },
      { title: words.told, priority: 8 },
      { title: count, priority: 6, align: 'right' },
      { title: since, priority: 7, align: 'right' },
    ],
    told.map((each) => [
      each.channelKey,
      words.toldAs[each.state],
      String(each.said),
      age(each.lastAt, look),
    ]),
    { columns: look.columns, ascii: look.ascii, paintHeader: paintOf(look.color).dim },
  );
}

function messageTable({ messages }: AlertDetailView, look: Look, words: AlertWords): string {
  const { channel, event, since, state } = wordsOf(look.lang);
  return renderTable(
    [
      { title: channel, priority: 8 },
      { title: event, priority: 9 },
      { title: state, priority: 7 },
      { title: since, priority: 6, align: 'right' },
      { title: words.message, priority: 3 },
    ],
    messages.map((each) => [
      each.channelKey,
      each.event,
      each.delivery?.status ??
        (each.state === 'waiting' && each.lane === 'digest' ? words.inDigest : words.messageIs[each.state]),
      age(each.createdAt, look),
      each.delivery?.deliveryId ?? '',
    ]),
    { columns: look.columns, ascii: look.ascii, paintHeader: paintOf(look.color).dim },
  );
}

/** `tidemark alert acknowledge ID`, and `--undo`. */
export async function alertAcknowledgeCommand(
  context: Context,
  id: string,
  { note, undo }: { note?: string; undo?: boolean },
): Promise<number> {
  const words = alertWordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    const params = { id };
    if (undo === true) {
      const alert = await client.call('withdrawAcknowledgement', { params });
      showCreated(context, alert, words.withdrawn(subjectOf(alert)));
      return exitCodes.done;
    }
    const alert = await client.call('acknowledgeAlert', {
      params,
      body: note === undefined ? {} : { note },
    });
    showCreated(context, alert, words.acknowledgedNow(subjectOf(alert)));
    return exitCodes.done;
  });
}
