import {
  abortedError,
  afterTime,
  badPayload,
  type ConnectorContext,
  ConnectorError,
  parseAnswer,
} from '../sdk/index.ts';
import { type Caller, limits, type ReportRequest } from './calls.ts';
import type { Ga4Config } from './config.ts';
import { ga4Error, PROVIDER } from './errors.ts';
import { pauseMs, quotaNote } from './pools.ts';
import { batchSchema, catalogueSchema, type Report, reportSchema } from './schema.ts';
import { readServiceAccount, type ServiceAccount, signToken } from './service-account.ts';

/** At most this many reports go into one request. */
export const REPORTS_PER_BATCH = 5;

export type Ga4Client = {
  /** The answers in the order of the questions, each checked and of the right kind. */
  reports(requests: ReportRequest[]): Promise<Report[]>;
  /** Proves that the property may be read; the catalogue itself is not kept. */
  catalogue(): Promise<void>;
  /** What an owner may want to know of the way the answers came. */
  notes(): string[];
};

/** What a run has met: gRPC that cannot connect is not tried again, and after a server error nothing more is asked. */
type Met = { grpcFailed: boolean; serverError: ConnectorError | null };
type Opened = { caller: Caller; met: Met; viaFallback: boolean };

/** Of these Google takes ten an hour, from all the batches of a run together, before it locks the property out. */
const COUNTED_ERRORS = ['http_500', 'http_503'];

/**
 * Google's official client for the length of `use`, over the transport that the connection asks for. Closed at the
 * end, because nobody says when a run is over and no socket may outlive it.
 *
 * @throws ConnectorError, also for what the official client throws
 */
export async function withGa4Client<T>(
  context: ConnectorContext<Ga4Config>,
  use: (client: Ga4Client) => Promise<T>,
): Promise<T> {
  if (context.signal.aborted) throw abortedError(PROVIDER, context.signal.reason);
  const account = accountOf(context.config);
  const token = await context.shared('ga4-token', async () => signToken(account, Date.now()));
  const about = {
    secrets: [token, context.config.serviceAccountKey],
    signal: context.signal,
    now: context.now,
    clientEmail: account.clientEmail,
  };
  const opened = await openCaller(context, token, about.secrets).catch((error: unknown) => {
    throw ga4Error(error, about);
  });
  try {
    return await use(clientOf(context, opened, about));
  } finally {
    await opened.caller.close();
  }
}

/** The key was checked when it was entered; one that is broken now was broken in the database. */
function accountOf(config: Ga4Config): ServiceAccount {
  const account = readServiceAccount(config.serviceAccountKey);
  if (!('problem' in account)) return account;
  const hint = 'Enter the service account’s JSON key file again.';
  throw new ConnectorError(`The key of this connection cannot be used: ${account.problem}. ${hint}`, {
    errorClass: 'auth',
    code: 'malformed_key',
    remedy: { by: 'owner', hint },
  });
}

async function openCaller(
  context: ConnectorContext<Ga4Config>,
  token: string,
  secrets: readonly string[],
): Promise<Opened> {
  const { transport } = context.config;
  const met = await context.shared(
    'ga4-met',
    async (): Promise<Met> => ({ grpcFailed: false, serverError: null }),
  );
  if (met.serverError !== null) throw met.serverError;
  // Google's packages take a third of a second to load: only who reads GA4 pays for it.
  if (transport !== 'rest' && !met.grpcFailed) {
    const { grpcCaller } = await import('./grpc.ts');
    const caller = await grpcCaller(context, token);
    if (caller !== null) return { caller, met, viaFallback: false };
    if (context.signal.aborted) throw abortedError(PROVIDER, context.signal.reason);
    if (transport === 'grpc') throw unreachable();
    met.grpcFailed = true;
  }
  const { restCaller } = await import('./official.ts');
  return { caller: await restCaller(context, token, secrets), met, viaFallback: met.grpcFailed };
}

function unreachable(): ConnectorError {
  const message = `${PROVIDER} cannot be reached over gRPC. Set the transport to auto or rest if a proxy is in the way.`;
  return new ConnectorError(message, {
    errorClass: 'transient',
    code: 'grpc_unreachable',
    remedy: afterTime(),
  });
}

function clientOf(
  context: ConnectorContext<Ga4Config>,
  { caller, met, viaFallback }: Opened,
  about: Parameters<typeof ga4Error>[1],
): Ga4Client {
  const property = `properties/${context.config.propertyId}`;
  const scope = `ga4:${context.config.propertyId}`;
  const rule = { scope, perHour: null, concurrent: limits.concurrent };
  let quota: string | null = null;

  async function call(ask: () => Promise<unknown>): Promise<unknown> {
    if (met.serverError !== null) throw met.serverError;
    try {
      return await context.quota.spend(rule, ask);
    } catch (error) {
      const known = ga4Error(error, about);
      const waitMs = known.remedy.by === 'time' ? known.remedy.afterMs : undefined;
      const refusedByGoogle = known.errorClass === 'rate_limited' && !known.code.startsWith('quota_');
      if (refusedByGoogle && waitMs !== undefined) await context.quota.pause(scope, waitMs);
      if (COUNTED_ERRORS.includes(known.code)) met.serverError = known;
      throw known;
    }
  }

  return {
    async reports(requests) {
      const asked = requests.map((request) => ({ ...request, property, returnPropertyQuota: true }));
      const answer = await call(() => caller.batchRunReports({ property, requests: asked }));
      const reports = readBatch(answer, requests.length);
      for (const { propertyQuota } of reports) {
        if (propertyQuota === null || propertyQuota === undefined) continue;
        quota = quotaNote(propertyQuota);
        const waitMs = pauseMs(propertyQuota, context.now);
        if (waitMs > 0) await context.quota.pause(scope, waitMs);
      }
      return reports;
    },
    async catalogue() {
      const answer = await call(() => caller.getMetadata(`${property}/metadata`));
      parseAnswer(PROVIDER, 'its list of metrics', catalogueSchema, answer);
    },
    notes: () => [
      ...(viaFallback ? ['gRPC could not connect, so REST was used'] : []),
      ...(quota === null ? [] : [quota]),
    ],
  };
}

/** Something else that answers, such as a proxy's page, decodes to an empty batch: known by its kind, and no zero. */
function readBatch(answer: unknown, count: number): Report[] {
  const { kind, reports } = parseAnswer(PROVIDER, 'its reports', batchSchema, answer);
  if (kind !== 'analyticsData#batchRunReports' || reports.length !== count) {
    throw badPayload(PROVIDER, 'wrong_kind', 'sent an answer that is not the reports that were asked for');
  }
  return reports.map((report, at) => {
    if (report.kind !== 'analyticsData#runReport') {
      throw badPayload(PROVIDER, 'wrong_kind', `sent "${report.kind}" where a report was asked for`);
    }
    return parseAnswer(PROVIDER, `report ${at + 1}`, reportSchema, report);
  });
}
