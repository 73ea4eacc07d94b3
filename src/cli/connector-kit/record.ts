import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Connector, ConnectorError } from '../../../connectors/sdk/index.ts';
import { recordReading } from '../../../connectors/sdk/record.ts';
import { RECORDING_FILE, RecordingError } from '../../../connectors/sdk/recording.ts';
import { addDays, isDay, windowOf } from '../../domain/day.ts';
import { createEgress, parseEgressAllow } from '../../egress/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, hint, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { type ObjectSchema, parsePairs, typedValues } from '../key-values.ts';
import { readText } from '../read-file.ts';
import { readSecrets } from '../secrets.ts';
import { connectorNamed } from './connector-named.ts';
import { showPoints } from './points.ts';
import { kitWords } from './words.ts';

export type RecordOptions = {
  metric: string;
  config: string;
  from: string;
  to: string;
  timeZone: string;
  param?: string[];
  endpoint?: string;
  out?: string;
  mask?: string[];
  keepAddresses?: boolean;
};

/** `tidemark connector record NAME`: one reading at the real provider, kept without a secret. */
export async function connectorRecordCommand(
  context: Context,
  name: string,
  options: RecordOptions,
): Promise<number> {
  const connector = connectorNamed(name);
  const out = options.out ?? `test/fixtures/${connector.id.replaceAll('_', '-')}/recorded/${options.metric}`;
  const file = join(out, RECORDING_FILE);
  if (existsSync(file)) {
    throw new CliError(`${file} exists, and nothing is written over`, {
      exitCode: exitCodes.conflict,
      next: 'Name another folder with --out, or remove the old recording.',
    });
  }
  const config = await configOf(context, connector, options.config);
  const endpoint = endpointOf(options.endpoint);
  const allow = parseEgressAllow(context.io.env['TIDEMARK_EGRESS_ALLOW'] ?? '');
  if (!allow.ok) throw usageError(`TIDEMARK_EGRESS_ALLOW: ${allow.problems.join('; ')}`);
  const egress = createEgress({ allow: allow.rules });
  try {
    const { recording, replaced, text } = await recordReading({
      connector,
      config,
      endpoint,
      fetch: egress.forHosts(connector.allowedHosts(endpoint, config as Record<string, unknown>)),
      signal: context.io.interrupted,
      now: context.io.now(),
      metric: options.metric,
      params: paramsOf(connector, options),
      window: daysOf(options),
      mask: options.mask ?? [],
      keepAddresses: options.keepAddresses === true,
    });
    await mkdir(out, { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    const { account, exchanges, points } = recording;
    if (context.settings.json)
      printJson(context, { file, account, exchanges: exchanges.length, replaced, points });
    else {
      print(context, account);
      showPoints(context, points);
      for (const line of kitWords(context.settings.lang).recorded(file, exchanges.length, replaced)) {
        hint(context, line);
      }
    }
    return exitCodes.done;
  } catch (error) {
    throw told(error);
  } finally {
    await egress.close();
  }
}

/** What failed at the provider, and what was refused here, as the command line says such things. */
export function told(error: unknown): unknown {
  if (error instanceof ConnectorError)
    return new CliError(error.message, { exitCode: exitCodes.sourceFailed, cause: error });
  return error instanceof RecordingError ? new CliError(error.message, { cause: error }) : error;
}

/** Problems name the setting and never repeat what it says: it may be the secret. */
async function configOf(context: Context, connector: Connector, path: string): Promise<unknown> {
  const text = await readText(context.io, path);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw usageError(`${path} is not JSON`, 'Give the settings as one JSON document.');
  }
  if (typeof given !== 'object' || given === null) throw usageError(`${path} holds no settings`);
  const fields = connector.secretFields.map((name) => ({ name, required: false, description: null }));
  const secrets = await readSecrets(context, fields, { stdin: false });
  const parsed = connector.configSchema.safeParse({ ...given, ...secrets });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ message, path: at }) => `${at.map(String).join('.')}: ${message}`,
  );
  throw usageError(`The settings do not fit: ${problems.join('; ')}`, `Correct ${path}.`);
}

function paramsOf(connector: Connector, { metric, param = [] }: RecordOptions): unknown {
  const definition = connector.metrics[metric];
  if (definition === undefined) {
    const names = Object.keys(connector.metrics);
    throw usageError(
      `${connector.title} has no metric "${metric}"`,
      names.length === 0
        ? 'It mirrors records, which are not recorded.'
        : `Choose one of: ${names.join(', ')}.`,
    );
  }
  const schema = z.toJSONSchema(definition.paramsSchema, { io: 'input', unrepresentable: 'any' });
  const typed = typedValues(parsePairs(param, '--param'), schema as ObjectSchema, '--param');
  const parsed = definition.paramsSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ message, path }) => `${path.map(String).join('.')}: ${message}`,
  );
  throw usageError(`The parameters do not fit: ${problems.join('; ')}`, 'Correct --param.');
}

function daysOf({ from, timeZone, to }: RecordOptions) {
  for (const day of [from, to])
    if (!isDay(day)) throw usageError(`"${day}" is no day`, 'Write it like 2026-03-01.');
  if (to < from) throw usageError('--to lies before --from');
  try {
    return windowOf(from, addDays(to, 1), timeZone);
  } catch {
    throw usageError(`"${timeZone}" is no time zone`, 'Name one such as Europe/Berlin.');
  }
}

function endpointOf(text: string | undefined): URL | null {
  if (text === undefined) return null;
  if (!URL.canParse(text))
    throw usageError(`"${text}" is no address`, 'Give the whole address, with https://.');
  return new URL(text);
}
