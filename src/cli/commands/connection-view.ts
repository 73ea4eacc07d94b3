import type { Client } from '../../api/client.ts';
import type { ConnectionView } from '../../api/contract.ts';
import { alertWordsOf } from '../alert-words.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ObjectSchema } from '../key-values.ts';
import { age, instantText } from '../render/format.ts';
import type { Look } from '../render/look.ts';
import { paintOf } from '../render/paint.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, noticeLines, showFields, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

/** `tidemark connection list`. */
export async function connectionListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    const connections = await client.call('listConnections');
    // The document of --json is the API's own; its reader has the mark in `connector list`.
    const isShown = !context.settings.json && connections.data.length > 0;
    const marks = isShown ? await experimentalIds(client) : new Set<string>();
    showList(
      context,
      connections,
      [
        { title: words.connection, priority: 9 },
        { title: words.title, priority: 3, minWidth: 12 },
        { title: words.connector, priority: 6 },
        { title: words.environment, priority: 7 },
        { title: words.state, priority: 8 },
        { title: alertWordsOf(context.settings.lang).owner, priority: 3 },
        { title: words.every, priority: 4, align: 'right' },
        { title: words.lastSuccess, priority: 5, align: 'right' },
        { title: words.timeZone, priority: 2 },
        { title: words.currency, priority: 1 },
        { title: words.warning, priority: 3 },
      ],
      (connection, look) => [
        connection.key,
        connection.title,
        marked(connection.connectorId, marks, words.experimental),
        connection.environment,
        stateCell(connection, look),
        connection.owner ?? '',
        everyText(connection),
        age(connection.lastSuccessAt, look),
        connection.account?.timeZone ?? '',
        connection.account?.currency ?? '',
        connection.warnings.length === 0 ? '' : `! ${connection.warnings.length}`,
      ],
    );
    return exitCodes.done;
  });
}

/** `tidemark connection show KEY`: its settings; of a secret only that it is set, and its last four characters. */
export async function connectionShowCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const connection = await client.call('getConnection', { params: { id: key } });
    if (context.settings.json) {
      printJson(context, connection);
      return exitCodes.done;
    }
    const look = lookOf(context);
    const words = wordsOf(look.lang);
    const marks = await experimentalIds(client);
    print(context, `${connection.title}  ${connection.key}`);
    showFields(context, [
      [words.connector, marked(connection.connectorId, marks, words.experimental)],
      [words.environment, connection.environment],
      [words.address, connection.endpoint],
      [words.state, voiceOf(look).say(`connection.${connection.state}`)],
      [words.problem, connection.stateReason],
      [alertWordsOf(look.lang).owner, connection.owner],
      [words.every, everyText(connection)],
      [words.lastSuccess, instantText(connection.lastSuccessAt, look)],
      [
        voiceOf(look).say('connection.circuit_until'),
        connection.circuitOpenUntil === null ? null : instantText(connection.circuitOpenUntil, look),
      ],
      ...accountFields(connection, look),
      [
        voiceOf(look).say('webhook.last'),
        connection.webhook === undefined ? null : instantText(connection.webhook.lastEventAt, look),
      ],
      ...Object.entries(connection.secrets).map(
        ([field, secret]) =>
          [
            field,
            secret.set ? `set, ends in ${secret.last4}, for ${secret.allowedHosts.join(', ')}` : 'not set',
          ] as const,
      ),
    ]);
    for (const line of noticeLines(connection.warnings, look)) print(context, `  ${line}`);
    return exitCodes.done;
  });
}

/** The connectors that nobody has compared with a real answer yet. */
async function experimentalIds(client: Client): Promise<Set<string>> {
  const { data } = await client.call('listConnectors');
  return new Set(data.flatMap(({ experimental, id }) => (experimental === true ? [id] : [])));
}

const marked = (id: string, marks: ReadonlySet<string>, word: string): string =>
  marks.has(id) ? `${id} (${word})` : id;

/** What the provider says about the account; nothing while nobody has asked it. */
function accountFields({ account }: ConnectionView, look: Look): (readonly [string, string])[] {
  if (account === null) return [];
  const { say } = voiceOf(look);
  const unknown = say('account.unknown');
  return [
    [say('account.time_zone'), account.timeZone ?? unknown],
    [say('account.currency'), account.currency ?? unknown],
  ];
}

/** `tidemark connection metrics KEY`: what the connection can measure. */
export async function connectionMetricsCommand(context: Context, key: string): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listMeasurable', { params: { id: key } }),
      [
        { title: words.metric, priority: 9 },
        { title: words.title, priority: 6, minWidth: 14 },
        { title: words.kind, priority: 5 },
        { title: words.unit, priority: 5 },
        { title: words.history, priority: 4 },
        { title: words.parameters, priority: 7, minWidth: 12 },
      ],
      (metric, look) => [
        metric.metric,
        metric.title,
        voiceOf(look).say(`kind.${metric.kind}`),
        metric.unit,
        metric.history,
        parameterNames(metric.params as ObjectSchema),
      ],
    );
    return exitCodes.done;
  });
}

/** "currency, cohort?": what may be left out carries a question mark. */
function parameterNames(schema: ObjectSchema): string {
  const names = Object.entries(schema.properties ?? {});
  return names
    .map(([name, field]) =>
      schema.required?.includes(name) === true && !('default' in field) ? name : `${name}?`,
    )
    .join(', ');
}

function stateCell(
  connection: ConnectionView,
  look: Look,
): { text: string; paint: (text: string) => string } {
  const paint = paintOf(look.color);
  const calm = connection.state === 'active' ? paint.green : paint.dim;
  return {
    text: voiceOf(look).say(`connection.${connection.state}`),
    paint: connection.state === 'active' || connection.state === 'paused' ? calm : paint.red,
  };
}

function everyText(connection: ConnectionView): string {
  return connection.schedule === null ? '' : `${connection.schedule.everyMinutes}m`;
}
