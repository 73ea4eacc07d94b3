import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Connector } from '../../connectors/sdk/index.ts';

/** A real account to try a connector on. */
export type LiveAccount = {
  connector: Connector;
  config: unknown;
  /** The secret values in `config`. */
  secrets: string[];
  endpoint: URL | null;
  timeZone: string;
  /** Parameters by metric; those under `*` are for every metric that has none of its own. */
  params: Record<string, unknown>;
};

export type LiveAccounts = {
  found: LiveAccount[];
  /** Connectors for which no variable is set, each with the variables that would name an account. */
  notChecked: { id: string; variables: string[] }[];
};

type Environment = Readonly<Record<string, string | undefined>>;
type Field = { name: string; variable: string; isNumber: boolean; isNeeded: boolean };

/**
 * The accounts that environment variables name: `TIDEMARK_LIVE_STRIPE_API_KEY` for the field `apiKey` of the connector
 * `stripe`, or the same with `_FILE` for the path of a file that holds it. Optional beside them: `…_ENDPOINT`,
 * `…_TIME_ZONE` and `…_PARAMS`.
 *
 * @throws Error that names the variable whose value cannot be used, and never the value
 */
export function liveAccounts(connectors: Record<string, Connector>, env: Environment): LiveAccounts {
  const accounts: LiveAccounts = { found: [], notChecked: [] };
  for (const connector of Object.values(connectors)) {
    const fields = fieldsOf(connector);
    const given = fields.flatMap((field) => {
      const value = valueOf(field, env);
      return value === null ? [] : [[field.name, value] as const];
    });
    if (given.length > 0) accounts.found.push(accountOf(connector, Object.fromEntries(given), env));
    else {
      const variables = fields.filter(({ isNeeded }) => isNeeded).map(({ variable }) => variable);
      accounts.notChecked.push({ id: connector.id, variables });
    }
  }
  return accounts;
}

/** One sentence for each provider that is left out. */
export function notCheckedLines({ notChecked }: LiveAccounts): string[] {
  return notChecked.map(({ id, variables }) => `Not checked: ${id}, for lack of ${variables.join(', ')}.`);
}

function accountOf(connector: Connector, given: Record<string, unknown>, env: Environment): LiveAccount {
  const prefix = prefixOf(connector);
  const parsed = connector.configSchema.safeParse(given);
  if (!parsed.success) {
    const told = parsed.error.issues.map(
      ({ path, message }) => `${variableOf(connector, String(path[0]))}: ${message}`,
    );
    throw new Error(`The account for ${connector.title} cannot be used. ${told.join('; ')}`);
  }
  const config = parsed.data as Record<string, unknown>; // every configuration is an object of named fields
  const endpoint = env[`${prefix}_ENDPOINT`];
  return {
    connector,
    config,
    // Some may be left out, such as that of a webhook.
    secrets: connector.secretFields.flatMap((field) => {
      const value = config[field];
      return typeof value === 'string' ? [value] : [];
    }),
    endpoint: endpoint === undefined ? null : new URL(endpoint),
    timeZone: env[`${prefix}_TIME_ZONE`] ?? 'UTC',
    params: paramsIn(`${prefix}_PARAMS`, env),
  };
}

function paramsIn(variable: string, env: Environment): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(env[variable] ?? '{}'));
  } catch {
    throw new Error(
      `${variable} is no JSON object of parameters by metric, such as {"*":{"currency":"usd"}}`,
    );
  }
}

function fieldsOf(connector: Connector): Field[] {
  const schema = z.toJSONSchema(connector.configSchema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    variable: variableOf(connector, name),
    isNumber: typeof property === 'object' && (property.type === 'integer' || property.type === 'number'),
    isNeeded: schema.required?.includes(name) ?? false,
  }));
}

function valueOf({ variable, isNumber }: Field, env: Environment): string | number | null {
  const path = env[`${variable}_FILE`];
  const text = path === undefined ? env[variable] : readFileSync(path, 'utf8');
  if (text === undefined || text === '') return null;
  return isNumber ? Number(text) : text;
}

function prefixOf({ id }: Connector): string {
  return `TIDEMARK_LIVE_${id.toUpperCase().replaceAll('-', '_')}`;
}

function variableOf(connector: Connector, field: string): string {
  return `${prefixOf(connector)}_${field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
