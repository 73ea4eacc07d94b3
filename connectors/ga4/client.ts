import type { z } from 'zod';
import {
  abortedError,
  afterTime,
  badPayload,
  type ConnectorContext,
  ConnectorError,
  parseAnswer,
} from '../sdk/index.ts';
import { budgetError, pausedError } from './budget-error.ts';
import {
  type Caller,
  type CompatibilityRequest,
  type FunnelRequest,
  limits,
  type ReportRequest,
} from './calls.ts';
import type { Ga4Config } from './config.ts';
import { funnelShape, funnelTokens, learnTokens, shapeOf, tokensOf } from './costs.ts';
import { ga4Error, PROVIDER } from './errors.ts';
import { emptyPools, type PoolSet, quotaNote, shortOf, tokensUsed } from './pools.ts';
import { type RunState, runState, scopeOf } from './run-state.ts';
import {
  batchSchema,
  type Catalogue,
  catalogueSchema,
  compatibilitySchema,
  funnelQuotaSchema,
  type Quota,
  quotasSchema,
  type Report,
  reportSchema,
} from './schema.ts';
import { readServiceAccount, type ServiceAccount, signToken } from './service-account.ts';

/** At most this many reports go into one request. */
export const REPORTS_PER_BATCH = 5;

export type Ga4Client = {
  /** The answers in the order of the questions, each checked and of the right kind. */
  reports(requests: ReportRequest[]): Promise<Report[]>;
  /** A funnel report as the official client decodes it, over so many days. */
  funnel(request: FunnelRequest, days: number): Promise<unknown>;
  /** Every name that the property knows. */
  catalogue(): Promise<Catalogue>;
  /** Resolves when Google can put these together in one report, else throws its refusal (`invalid_argument`). */
  compatibility(request: CompatibilityRequest): Promise<void>;
  /** What is left of the quota, without asking for anything that costs. */
  quotas(): Promise<Quotas>;
  /** What an owner may want to know of the way the answers came. */
  notes(): string[];
};

type Quotas = z.infer<typeof quotasSchema>;
type Opened = { caller: Caller; state: RunState; viaFallback: boolean };

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
  const state = await runState(context);
  if (state.serverError !== null) throw state.serverError;
  // Google's packages take a third of a second to load: only who reads GA4 pays for it.
  if (transport !== 'rest' && !state.grpcFailed) {
    const { grpcCaller } = await import('./grpc.ts');
    const caller = await grpcCaller(context, token);
    if (caller !== null) return { caller, state, viaFallback: false };
    if (context.signal.aborted) throw abortedError(PROVIDER, context.signal.reason);
    if (transport === 'grpc') throw unreachable();
    state.grpcFailed = true;
  }
  const { restCaller } = await import('./official.ts');
  return { caller: await restCaller(context, token, secrets), state, viaFallback: state.grpcFailed };
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
  { caller, state, viaFallback }: Opened,
  about: Parameters<typeof ga4Error>[1],
): Ga4Client {
  const { propertyId } = context.config;
  const property = `properties/${propertyId}`;
  const told = new Map<PoolSet, string>();

  async function call(pools: PoolSet, ask: () => Promise<unknown>): Promise<unknown> {
    if (state.serverError !== null) throw state.serverError;
    const scope = scopeOf(context, pools);
    try {
      return await context.quota.spend({ scope, perHour: null, concurrent: limits.concurrent }, ask);
    } catch (error) {
      const known = pausedError(context, pools, state.left[pools], ga4Error(error, about));
      const waitMs = known.remedy.by === 'time' ? known.remedy.afterMs : undefined;
      const refusedByGoogle = known.errorClass === 'rate_limited' && !known.code.startsWith('quota_');
      if (refusedByGoogle && waitMs !== undefined) await context.quota.pause(scope, waitMs);
      if (COUNTED_ERRORS.includes(known.code)) state.serverError = known;
      throw known;
    }
  }

  /** Every call is weighed against what is left, whatever was planned: pages and second looks cost as well. */
  function refuseWithoutRoom(pools: PoolSet, tokens: number): void {
    const left = state.left[pools];
    const shortage = left === null ? null : shortOf(left, tokens, context.now);
    if (shortage !== null) throw budgetError(context, pools, tokens, shortage);
  }

  /** What an answer says is left counts for the rest of the run; below the headroom it stops all workers. */
  async function heed(pools: PoolSet, quota: Quota | null | undefined, shape: string): Promise<void> {
    if (quota === null || quota === undefined) return;
    state.left[pools] = quota;
    told.set(pools, quotaNote(quota, pools));
    const used = tokensUsed(quota);
    if (used !== null) learnTokens(propertyId, shape, used);
    const [slowest] = emptyPools(quota, context.now);
    if (slowest !== undefined) await context.quota.pause(scopeOf(context, pools), slowest.refillMs);
  }

  return {
    async reports(requests) {
      refuseWithoutRoom(
        'core',
        requests.reduce((sum, request) => sum + tokensOf(propertyId, request), 0),
      );
      const asked = requests.map((request) => ({ ...request, property, returnPropertyQuota: true }));
      const answer = await call('core', () => caller.batchRunReports({ property, requests: asked }));
      const reports = readBatch(answer, requests.length);
      for (const [at, { propertyQuota }] of reports.entries()) {
        await heed('core', propertyQuota, shapeOf(requests[at] ?? {}));
      }
      return reports;
    },
    async funnel(request, days) {
      const steps = request.funnel?.steps?.length ?? 0;
      refuseWithoutRoom('funnel', funnelTokens(propertyId, steps, days));
      const asked = { ...request, property, returnPropertyQuota: true };
      const answer = await call('funnel', () => caller.runFunnelReport(asked));
      const { kind, propertyQuota } = parseAnswer(PROVIDER, 'a funnel report', funnelQuotaSchema, answer);
      if (kind === 'analyticsData#runFunnelReport')
        await heed('funnel', propertyQuota, funnelShape(steps, days));
      return answer;
    },
    async catalogue() {
      const answer = await call('core', () => caller.getMetadata(`${property}/metadata`));
      return parseAnswer(PROVIDER, 'its list of metrics', catalogueSchema, answer);
    },
    async compatibility(request) {
      const answer = await call('core', () => caller.checkCompatibility({ ...request, property }));
      parseAnswer(PROVIDER, 'what fits together', compatibilitySchema, answer);
    },
    async quotas() {
      const name = `${property}/propertyQuotasSnapshot`;
      const answer = await call('core', () => caller.getPropertyQuotasSnapshot(name));
      return parseAnswer(PROVIDER, 'its quotas', quotasSchema, answer);
    },
    notes: () => [...(viaFallback ? ['gRPC could not connect, so REST was used'] : []), ...told.values()],
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
