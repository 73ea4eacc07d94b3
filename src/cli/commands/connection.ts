import type { Client } from '../../api/client.ts';
import type { ConnectionView, ConnectorView } from '../../api/contract.ts';
import { alertWordsOf } from '../alert-words.ts';
import { parseDurationMs } from '../amounts.ts';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { type ObjectSchema, parsePairs, typedValue, typedValues } from '../key-values.ts';
import { exchangeLines } from '../render/explanation.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { readSecrets, type SecretField, secretVariable } from '../secrets.ts';
import { lookOf, noticeLines, showCreated } from '../show.ts';
import { wordsOf } from '../words.ts';

export type ConnectionAddOptions = {
  key: string;
  title?: string;
  endpoint?: string;
  environment?: string;
  every?: string;
  owner?: string;
  config?: string[];
  secretStdin?: boolean;
};

/** `tidemark connection add CONNECTOR`: settings from flags, secrets from anywhere but flags. */
export async function connectionAddCommand(
  context: Context,
  connectorId: string,
  options: ConnectionAddOptions,
): Promise<number> {
  const given = parsePairs(options.config ?? [], '--config');
  return withSession(context, async ({ client }) => {
    const connector = await connectorNamed(client, connectorId);
    refuseSecretFlags(connector, given);
    const schema = connector.config as ObjectSchema;
    const config = typedValues(given, schema, '--config');
    const answer = await client.call('createConnection', {
      body: {
        key: options.key,
        connectorId: connector.id,
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
        ...(options.environment === undefined ? {} : { environment: environmentOf(options.environment) }),
        ...(options.every === undefined ? {} : { everyMinutes: minutesOf(options.every) }),
        ...(options.owner === undefined ? {} : { owner: options.owner }),
        config: { ...config, ...(await secretsOf(context, connector, options.secretStdin === true)) },
      },
    });
    showCreated(
      context,
      answer,
      `Connection ${answer.key} is saved. Next: tidemark connection check ${answer.key}`,
    );
    return exitCodes.done;
  });
}

export type ConnectionSetOptions = { owner?: string; title?: string; every?: string };

/** `tidemark connection set KEY --owner NAME|none`. */
export async function connectionSetCommand(
  context: Context,
  key: string,
  { every, owner, title }: ConnectionSetOptions,
): Promise<number> {
  const body = {
    ...(owner === undefined ? {} : { owner: owner === 'none' ? null : owner }),
    ...(title === undefined ? {} : { title }),
    ...(every === undefined ? {} : { everyMinutes: minutesOf(every) }),
  };
  if (Object.keys(body).length === 0)
    throw usageError('Nothing would change', 'Give --owner, --title or --every.');
  return withSession(context, async ({ client }) => {
    const answer = await client.call('updateConnection', { params: { id: key }, body });
    const words = alertWordsOf(context.settings.lang);
    const sentence =
      owner === undefined ? words.connectionChanged(answer.key) : words.ownerIs(answer.key, answer.owner);
    showCreated(context, answer, sentence);
    return exitCodes.done;
  });
}

export type SetKeyOptions = { field?: string; secretStdin?: boolean };

/** `tidemark connection set-key KEY`: new secrets for a connection that exists, all that it needs or the one named. */
export async function connectionSetKeyCommand(
  context: Context,
  key: string,
  options: SetKeyOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const connection = await client.call('getConnection', { params: { id: key } });
    const connector = await connectorNamed(client, connection.connectorId);
    const config = await secretsOf(context, connector, options.secretStdin === true, options.field);
    if (Object.keys(config).length === 0) throw usageError(`${connector.title} needs no secret`);
    const answer = await client.call('updateConnection', { params: { id: key }, body: { config } });
    showCreated(
      context,
      answer,
      `The ${options.field ?? 'key'} of ${answer.key} is replaced. Next: tidemark connection check ${answer.key}`,
    );
    return exitCodes.done;
  });
}

/** `tidemark connection check KEY`: one cheap call with the stored key. */
export async function connectionCheckCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('checkConnection', { params: { id: key } });
    if (context.settings.json) {
      printJson(context, answer);
      return exitCodes.done;
    }
    const look = lookOf(context);
    const words = wordsOf(look.lang);
    const mode = answer.livemode === null ? '' : answer.livemode ? ' (live)' : ' (test)';
    print(context, `${look.ascii ? '+' : '✓'} ${words.account}: ${oneLine(answer.account)}${mode}`);
    for (const warning of answer.warnings) print(context, `  ${words.warning}: ${oneLine(warning)}`);
    for (const line of noticeLines(answer.notices, look)) print(context, `  ${line}`);
    if (look.verbose) {
      const voice = voiceOf(look);
      for (const exchange of answer.requests) print(context, exchangeLines(exchange, look, voice).join('\n'));
    }
    return exitCodes.done;
  });
}

/** `tidemark connection pause|resume KEY`. */
export async function connectionPauseCommand(
  context: Context,
  key: string,
  paused: boolean,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer: ConnectionView = await client.call('updateConnection', {
      params: { id: key },
      body: { paused },
    });
    showCreated(
      context,
      answer,
      `${answer.key}: ${voiceOf(lookOf(context)).say(`connection.${answer.state}`)}`,
    );
    return exitCodes.done;
  });
}

/** `tidemark connection write-back KEY on|off`. */
export async function connectionWriteBackCommand(
  context: Context,
  key: string,
  enabled: boolean,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('switchWriteBack', { params: { id: key }, body: { enabled } });
    showCreated(
      context,
      answer,
      enabled
        ? `Every evaluated day is now sent through ${key}. See what was sent: tidemark delivery list`
        : `Nothing is sent through ${key} any more.`,
    );
    return exitCodes.done;
  });
}

async function connectorNamed(client: Client, id: string): Promise<ConnectorView> {
  const { data } = await client.call('listConnectors');
  const connector = data.find((candidate) => candidate.id === id);
  if (connector !== undefined) return connector;
  throw new CliError(`There is no connector "${id}"`, {
    exitCode: exitCodes.notFound,
    next: `The connectors are: ${data.map((candidate) => candidate.id).join(', ')}.`,
  });
}

/** The value is not repeated: it already stands in the shell's history. */
function refuseSecretFlags(connector: ConnectorView, given: Record<string, string>): void {
  const secret = connector.secretFields.find((field) => given[field] !== undefined);
  if (secret === undefined) return;
  throw usageError(
    `${secret} is a secret and is not taken from a flag, where the process list and the history keep it`,
    `Set ${secretVariable(secret)}, or use --secret-stdin. Replace the key if it was a real one.`,
  );
}

async function secretsOf(
  context: Context,
  connector: ConnectorView,
  stdin: boolean,
  only?: string,
): Promise<Record<string, unknown>> {
  const schema = connector.config as ObjectSchema;
  if (only !== undefined && !connector.secretFields.includes(only)) {
    const known = connector.secretFields.join(', ');
    throw usageError(`${connector.title} has no secret "${only}"`, `Its secrets are: ${known}.`);
  }
  const names = only === undefined ? connector.secretFields : [only];
  const fields = names.map((name): SecretField => {
    const description = schema.properties?.[name]?.description;
    return {
      name,
      // What was asked for by name is wanted, however optional it is otherwise.
      required: only !== undefined || (schema.required?.includes(name) ?? true),
      description: typeof description === 'string' ? description : null,
    };
  });
  const secrets = await readSecrets(context, fields, { stdin });
  return Object.fromEntries(
    Object.entries(secrets).map(([name, text]) => [name, typedValue(text, schema.properties?.[name], name)]),
  );
}

function environmentOf(text: string): 'live' | 'test' | 'sandbox' {
  if (text === 'live' || text === 'test' || text === 'sandbox') return text;
  throw usageError(`--environment "${text}" is none of live, test, sandbox`);
}

/** A bare number counts minutes, as the API does. */
function minutesOf(text: string): number {
  const minutes = /^\d+$/.test(text) ? Number(text) : parseDurationMs(text, '--every') / 60_000;
  if (!Number.isInteger(minutes)) throw usageError(`--every "${text}" is not a whole number of minutes`);
  return minutes;
}
