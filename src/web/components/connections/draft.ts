import type { Connector } from '../../connection-queries.ts';
import { type Config, type ConfigField, entered, fieldsOf, textOf } from './config-fields.tsx';

/** A connection that is being made. */
export type Draft = {
  title: string;
  key: string;
  environment: 'live' | 'test' | 'sandbox';
  endpoint: string;
  everyMinutes: number;
  /** The id of a member; empty: nobody. */
  owner: string;
  config: Config;
};

/** What is seldom needed stands behind a fold. */
const SELDOM: Readonly<Record<string, readonly string[]>> = {
  stripe: ['webhookSecret', 'requestsPerSecond'],
  ga4: ['transport'],
  mixpanel: ['workspaceId', 'exportDays', 'timeZone'],
  feed: ['keeps'],
  calendar: ['user', 'password', 'pastDays'],
  http_json: ['headers', 'checkPath', 'accountAt'],
  prometheus: ['orgId'],
  app_store: ['country'],
  sql: ['tls', 'tlsCa', 'writeRightsAcknowledged', 'location', 'maxGigabytes', 'statementTimeoutSeconds'],
  event_table: [
    'tls',
    'tlsCa',
    'writeRightsAcknowledged',
    'location',
    'maxGigabytes',
    'timeAs',
    'idColumn',
    'propertiesColumn',
    'propertyColumns',
    'statementTimeoutSeconds',
  ],
};

/** Which engine of a table of events, or of a query, a setting is for; the others are of all. */
const OF_ENGINE: Readonly<Record<string, readonly string[]>> = {
  database: ['postgres', 'mysql', 'clickhouse'],
  user: ['postgres', 'mysql', 'clickhouse'],
  password: ['postgres', 'mysql', 'clickhouse'],
  tls: ['postgres', 'mysql'],
  tlsCa: ['postgres', 'mysql'],
  writeRightsAcknowledged: ['postgres', 'mysql'],
  folder: ['duckdb'],
  project: ['bigquery'],
  serviceAccountKey: ['bigquery'],
  location: ['bigquery'],
  maxGigabytes: ['bigquery'],
};

/** Which way of taking a key a setting is for; the others are of all. */
const OF_AUTH: Readonly<Record<string, readonly string[]>> = {
  secret: ['bearer', 'basic', 'header', 'query', 'oauth2'],
  name: ['basic', 'header', 'query', 'oauth2'],
  user: ['basic'],
  tokenUrl: ['oauth2'],
  scope: ['oauth2'],
};
/** Who may read a feed, and what has to be known for it. */
const OF_ACCESS: Readonly<Record<string, readonly string[]>> = {
  address: ['secret_address'],
  user: ['password'],
  password: ['password'],
};
/** Connections to a database of one's own: which one is chosen first, and where it is has to be said. */
export const hasEngines = (connector: string): boolean => connector === 'event_table' || connector === 'sql';

/** The settings that this connector asks for, as far as what is chosen already lets them count. */
export function askedFields(
  connector: Connector,
  config: Config,
): { main: ConfigField[]; seldom: ConfigField[] } {
  const engine = textOf(config['engine'] ?? 'postgres');
  const auth = textOf(config['auth'] ?? 'none');
  const fields = fieldsOf(connector).filter(({ name }) => {
    if (hasEngines(connector.id)) return OF_ENGINE[name]?.includes(engine) ?? true;
    if (connector.id === 'feed')
      return OF_ACCESS[name]?.includes(textOf(config['access'] ?? 'public')) ?? true;
    return connector.id === 'http_json' || connector.id === 'prometheus'
      ? (OF_AUTH[name]?.includes(auth) ?? true)
      : true;
  });
  const seldom = SELDOM[connector.id] ?? [];
  return {
    main: fields.filter(({ name }) => !seldom.includes(name)),
    seldom: fields.filter(({ name }) => seldom.includes(name)),
  };
}

/** Where the provider is, as far as somebody says it. */
export function endpointOf({ endpoint }: Pick<Draft, 'endpoint'>): { endpoint?: string } {
  return endpoint.trim() === '' ? {} : { endpoint: endpoint.trim() };
}

export function sentConfig(connector: Connector, config: Config): Config {
  const { main, seldom } = askedFields(connector, config);
  // The first choice of a list that has no default is what the list shows.
  const chosen = Object.fromEntries(
    main.flatMap(({ choices, initial, name, required, type }) =>
      type === 'choice' && required && initial === undefined && config[name] === undefined
        ? [[name, choices[0]]]
        : [],
    ),
  );
  return entered([...main, ...seldom], { ...chosen, ...config });
}

/** A key that nobody has yet: "stripe", then "stripe-2". */
export function freeKey(connector: string, taken: readonly string[]): string {
  const base = connector.replaceAll('_', '-');
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** The address that a service account's key names; null while it is no such key. */
export function clientEmailOf(secret: unknown): string | null {
  if (typeof secret !== 'string' || !secret.includes('client_email')) return null;
  const found = /"client_email"\s*:\s*"([^"\s]+@[^"\s]+)"/.exec(secret);
  return found?.[1] ?? null;
}

export const INTERVALS = [5, 15, 30, 60, 180, 360, 720, 1440] as const;
/** Providers that allow few requests are asked more seldom. */
export const usualInterval = (connector: string): number => (connector === 'stripe' ? 15 : 60);
