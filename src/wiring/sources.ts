import { z } from 'zod';
import { connectorById, connectors } from '../../connectors/registry.ts';
import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type Exchange,
  type PlannedRead,
  type PointReading,
  toConnectorError,
} from '../../connectors/sdk/index.ts';
import type {
  CatalogMeaning,
  ConnectionRecord,
  ConnectorInfo,
  ExchangeRecord,
  QuotaStore,
  ReadFailure,
  ReadOutcome,
  ReadRequest,
  Sources,
  Vault,
} from '../app/ports.ts';
import { windowOf } from '../domain/day.ts';
import type { Egress } from '../egress/index.ts';
import { acceptAll } from './accept-definitions.ts';
import { acceptedLately } from './accepted-lately.ts';
import { budgetUse } from './budget-use.ts';
import { collectSteps } from './collect-steps.ts';
import { mirrorSteps } from './mirror-steps.ts';
import { reasonOf } from './point-reason.ts';
import { sharedQuota } from './quota.ts';
import { createQuotaLog, type QuotaLog } from './quota-log.ts';
import { webhookEvent } from './webhook-event.ts';
import { problemsOf } from './zod-problems.ts';

/** The connectors behind the port: secrets are opened only for the length of a call, and only their hosts are reached. */
export function createSources(
  egress: Egress,
  vault: Vault,
  quota: QuotaStore,
  { folder = null, slowEgress = egress }: SourceOptions = {},
): Sources {
  /** Whose answers may take minutes go another way out, guarded as well. */
  const outOf = (connector: Connector | null): Pick<Way, 'egress' | 'folder'> => ({
    egress: connector?.slowAnswers === true ? slowEgress : egress,
    folder,
  });
  const infos = Object.values(connectors).map(infoOf);
  const lately = acceptedLately();
  const connectorOf = (id: string): Connector => {
    const connector = connectorById(id);
    if (connector === null) throw new Error(`no connector "${id}"`);
    return connector;
  };
  return {
    list: () => infos,
    find: (id) => infos.find((info) => info.id === id) ?? null,
    splitConfig(id, config) {
      const connector = connectorOf(id);
      const parsed = connector.configSchema.safeParse(config);
      if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
      const clear: Record<string, unknown> = {};
      const secrets: Record<string, string> = {};
      for (const [name, value] of Object.entries(parsed.data as Record<string, unknown>)) {
        if (connector.secretFields.includes(name)) secrets[name] = String(value);
        else clear[name] = value;
      }
      return { ok: true, config: clear, secrets };
    },
    allowedHosts: (id, endpoint, config) =>
      connectorOf(id).allowedHosts(endpoint === null ? null : new URL(endpoint), config),
    checkEndpoint(endpoint) {
      const checked = egress.checkUrl(endpoint);
      return checked.ok
        ? { ok: true }
        : { ok: false, problem: `The address "${endpoint}" cannot be used: ${checked.message}.` };
    },
    checkParams(id, metric, params) {
      const definition = connectorOf(id).metrics[metric];
      if (definition === undefined) return { ok: false, problems: [`There is no metric "${metric}".`] };
      const parsed = definition.paramsSchema.safeParse(params);
      if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
      const known = parsed.data as Record<string, unknown>;
      const currency = definition.currencyParam === undefined ? undefined : known[definition.currencyParam];
      return {
        ok: true,
        params: known,
        currency: typeof currency === 'string' ? currency : null,
        settlesAfterHours: resolved(definition.settlesAfterHours, known),
        rereadDays: resolved(definition.rereadDays, known),
        ...(definition.unitOf === undefined ? {} : { unit: definition.unitOf(known) }),
        ...(definition.kindOf === undefined ? {} : { kind: definition.kindOf(known) }),
        ...(definition.cadenceOf === undefined ? {} : { cadence: definition.cadenceOf(known) }),
        ...(definition.staleAfterDays === undefined
          ? {}
          : { staleAfterDays: definition.staleAfterDays(known) }),
      };
    },
    async budgets(connection) {
      const connector = connectorById(connection.connectorId);
      if (connector?.budgets === undefined) return [];
      const secrets = await vault.open(connection.workspaceId, 'connection', connection.id);
      const config = connector.configSchema.safeParse({ ...connection.config, ...secrets });
      if (!config.success) return []; // its settings fit no more, which every sync says
      const endpoint = connection.endpoint === null ? null : new URL(connection.endpoint);
      return budgetUse(quota, connector.budgets(config.data, endpoint));
    },
    async check(connection, signal, secrets) {
      const connector = connectorOf(connection.connectorId);
      const exchanges: ExchangeRecord[] = [];
      try {
        const way = { ...outOf(connector), vault: givenOr(vault, secrets), quota, signal, now: new Date() };
        const context = await openContext(connector, connection, way, []);
        const result = await connector.check({ ...context, record: (exchange) => exchanges.push(exchange) });
        const { account, livemode, warnings, timeZone = null, currency = null } = result;
        return { ok: true, account, livemode, warnings, timeZone, currency, exchanges };
      } catch (error) {
        return { ok: false, failure: failureOf(error, connector), exchanges };
      }
    },
    accept: (connection, asked, now, signal) =>
      acceptAll(
        connectorById(connection.connectorId),
        connection,
        asked,
        { ...outOf(connectorById(connection.connectorId)), vault, quota, signal, now },
        lately,
      ),
    async read(connection, requests, now, signal) {
      const log = createQuotaLog();
      const connector = connectorOf(connection.connectorId);
      const way = { ...outOf(connector), vault, quota, signal, now, log };
      const outcomes = await readAll(connector, connection, requests, way);
      const spent = log.spent();
      return spent === null ? outcomes : outcomes.map((outcome) => ({ ...outcome, spent }));
    },
    prepare: async () => null,
    revenueScope: async () => null,
    async *mirror(connection, start, now, signal) {
      const connector = connectorOf(connection.connectorId);
      const way = { egress, vault, quota, signal, now };
      yield* mirrorSteps(connector, connection, start, way);
    },
    async *collect(connection, start, now, signal) {
      const connector = connectorOf(connection.connectorId);
      const way = { egress, vault, quota, signal, now };
      yield* collectSteps(connector, connection, start, way);
    },
    async readWebhook(connection, request, now) {
      const connector = connectorOf(connection.connectorId);
      const secrets = await vault.open(connection.workspaceId, 'connection', connection.id);
      return webhookEvent(connector, { ...connection.config, ...secrets }, request, now);
    },
  };
}

/** A vault that opens what it was handed, for secrets that are not stored. */
export function givenOr(vault: Vault, secrets: Record<string, string> | undefined): Vault {
  return secrets === undefined ? vault : { ...vault, open: async () => secrets };
}

export type SourceOptions = {
  /** The folder whose files may be read; null: none. */
  folder?: string | null;
  /** A way out for statements, which take longer than requests may. */
  slowEgress?: Egress;
};

export type Way = {
  egress: Egress;
  folder?: string | null;
  vault: Vault;
  quota: QuotaStore;
  signal: AbortSignal;
  now: Date;
  /** Hears what is spent. */
  log?: QuotaLog;
};

export async function openContext(
  connector: Connector,
  connection: ConnectionRecord,
  { egress, folder = null, vault, quota, signal, now, log }: Way,
  requests: ReadRequest[],
): Promise<Omit<ConnectorContext<unknown>, 'record'>> {
  const secrets = await vault.open(connection.workspaceId, 'connection', connection.id);
  const config = connector.configSchema.parse({ ...connection.config, ...secrets });
  const endpoint = connection.endpoint === null ? null : new URL(connection.endpoint);
  const hosts = connector.allowedHosts(endpoint, connection.config);
  return {
    config,
    endpoint,
    fetch: egress.forHosts(hosts),
    signal,
    now,
    shared: remember(),
    reads: requests.flatMap((request) => plannedRead(connector, request) ?? []),
    quota: sharedQuota(quota, signal, log ?? null),
    resolve: (url) => egress.resolve(hosts, url),
    folder,
  };
}

/** What a connector may plan over: a read of a metric that it still has, with parameters that still fit. */
function plannedRead(connector: Connector, request: ReadRequest): PlannedRead | null {
  const params = connector.metrics[request.metric]?.paramsSchema.safeParse(request.params);
  if (params?.success !== true) return null;
  const window = windowOf(request.startDay, request.endDay, request.timeZone);
  return { metric: request.metric, params: params.data, window };
}

/** Each key is read once; who asks again shares the promise. */
function remember(): ConnectorContext<unknown>['shared'] {
  const reads = new Map<string, Promise<unknown>>();
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = reads.get(key) ?? read();
    reads.set(key, known);
    return known as Promise<T>; // the same key is always read by the same function
  };
}

/** Reads one metric after the other, so that it is known whose requests a shared read has made. */
async function readAll(
  connector: Connector,
  connection: ConnectionRecord,
  requests: ReadRequest[],
  way: Way,
): Promise<ReadOutcome[]> {
  let context: Omit<ConnectorContext<unknown>, 'record'>;
  try {
    context = await openContext(connector, connection, way, requests);
  } catch (error) {
    const failure = failureOf(error, connector);
    return requests.map(() => ({ ok: false, failure, exchanges: [] }));
  }
  const exchangesOf = new Map<string, Exchange[]>();
  const outcomes: ReadOutcome[] = [];
  let stopped: ConnectorError | null = null;
  for (const request of requests) {
    if (stopped !== null) {
      outcomes.push({ ok: false, failure: failureOf(stopped, connector), exchanges: [] });
      continue;
    }
    const exchanges: Exchange[] = [];
    const own: ConnectorContext<unknown> = {
      ...context,
      record: (exchange) => exchanges.push(exchange),
      // What a shared read asked for is evidence of every metric that used it.
      async shared(key, read) {
        const before = exchanges.length;
        const known = exchangesOf.get(key);
        try {
          return await context.shared(key, read);
        } finally {
          if (known === undefined) exchangesOf.set(key, exchanges.slice(before));
          else exchanges.push(...known.filter((exchange) => !exchanges.includes(exchange)));
        }
      },
    };
    const { outcome, error } = await readOne(connector, own, request, exchanges);
    outcomes.push(outcome);
    if (error !== null && endsRun(error)) stopped = error;
  }
  return outcomes;
}

async function readOne(
  connector: Connector,
  context: ConnectorContext<unknown>,
  request: ReadRequest,
  exchanges: Exchange[],
): Promise<{ outcome: ReadOutcome; error: ConnectorError | null }> {
  try {
    const definition = connector.metrics[request.metric];
    if (definition === undefined)
      throw new Error(`${connector.id} has no metric "${request.metric}" any more`);
    const window = windowOf(request.startDay, request.endDay, request.timeZone);
    const { points, completeness } = await definition.read(context, window, request.params);
    const outcome: ReadOutcome = {
      ok: true,
      exchanges,
      reading: {
        completeness,
        points: points.map((point) => ({
          day: point.day,
          value: point.value,
          reason: reasonOf(point),
          numerator: point.numerator ?? null,
          denominator: point.denominator ?? null,
          counts: point.counts ?? null,
          flags: flagsOf(point),
        })),
      },
    };
    return { outcome, error: null };
  } catch (error) {
    const outcome: ReadOutcome = { ok: false, failure: failureOf(error, connector), exchanges };
    return { outcome, error: error instanceof ConnectorError ? error : null };
  }
}

/** The sample stands among the flags: there it is looked for, whatever the value came from. */
function flagsOf({ flags, sample }: PointReading): Record<string, unknown> | null {
  return sample === undefined ? (flags ?? null) : { ...flags, sample };
}

/**
 * A provider that asks for quiet, does not answer in time, or refuses the key is asked nothing more in this run: the next
 * metric would wait as long for the same, and hold a worker that others could use; and whoever goes on with a refused key
 * is locked out in the end. Budgets of our own refuse call by call.
 */
function endsRun({ errorClass, code }: ConnectorError): boolean {
  if (errorClass === 'auth') return true;
  return code === 'timeout' || (errorClass === 'rate_limited' && !code.startsWith('quota_'));
}

export function failureOf(error: unknown, connector: Connector): ReadFailure {
  const known = toConnectorError(error, connector.title);
  return {
    errorClass: known.errorClass,
    message: known.message,
    hint: known.remedy.by === 'owner' ? known.remedy.hint : null,
    afterMs: known.remedy.by === 'time' ? (known.remedy.afterMs ?? null) : null,
    ...(known.concerns === null ? {} : { concerns: known.concerns }),
  };
}

/** A trait that depends on the parameters, such as how long a cohort takes to mature. */
function resolved(trait: number | ((params: never) => number), params: unknown): number {
  return typeof trait === 'number' ? trait : trait(params as never); // what `paramsSchema` has made of them
}

function infoOf(connector: Connector): ConnectorInfo {
  const {
    billing,
    events,
    experimental,
    needsEndpoint,
    id,
    title,
    version,
    guide,
    secretFields,
    configSchema,
  } = connector;
  return {
    id,
    title,
    version,
    ...(experimental === undefined ? {} : { experimental }),
    ...(needsEndpoint === undefined ? {} : { needsEndpoint }),
    guide,
    secretFields,
    ...(billing === undefined ? {} : { mirrors: billing.kinds }),
    ...(events === undefined ? {} : { collects: { lateDays: events.lateDays } }),
    ...(billing?.webhook === undefined ? {} : { webhookSecretField: billing.webhook.secretField }),
    config: jsonSchema(configSchema),
    metrics: Object.entries(connector.metrics).map(([metric, definition]) => ({
      metric,
      title: definition.title,
      description: definition.description,
      stage: definition.stage,
      unit: definition.unit,
      kind: definition.kind,
      settlesAfterHours:
        typeof definition.settlesAfterHours === 'number' ? definition.settlesAfterHours : null,
      rereadDays: typeof definition.rereadDays === 'number' ? definition.rereadDays : null,
      cadence: definition.cadence ?? 'day',
      readEveryHours: definition.readEveryHours ?? null,
      history: definition.history,
      params: jsonSchema(definition.paramsSchema),
      ...meaningOf(definition.catalog),
      ...(definition.near === undefined ? {} : { near: definition.near }),
    })),
  };
}

/** Parameters that the schema has read are the ones that the connector's own function takes. */
function meaningOf(meaning: Connector['metrics'][string]['catalog']): { catalog?: CatalogMeaning } {
  if (meaning === undefined) return {};
  const { metric } = meaning;
  return {
    catalog: {
      metric,
      define: (params) => meaning.define(params),
      suggest: (wanted) => {
        const suggested = Object.entries(meaning.suggest?.(wanted) ?? {});
        return Object.fromEntries(suggested.filter(([, value]) => value !== undefined));
      },
    },
  };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
