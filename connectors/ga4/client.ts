import type { z } from 'zod';
import {
  abortedError,
  afterTime,
  badPayload,
  type ConnectorContext,
  ConnectorError,
  parseAnswer,
  selfSignedToken,
  serviceAccountOf,
} from '../sdk/index.ts';
import { pausedError } from './budget-error.ts';
import {
  type Caller,
  type CompatibilityRequest,
  type FunnelRequest,
  limits,
  type ReportRequest,
} from './calls.ts';
import { type Spent, withClaim } from './claims.ts';
import type { Ga4Config } from './config.ts';
import {
  funnelShape,
  funnelTokens,
  learnTokens,
  recallTokens,
  shapeOf,
  tokensOf,
  UNTOLD_TOKENS,
} from './costs.ts';
import { ga4Error, PROVIDER } from './errors.ts';
import { emptyPools, lowest, type PoolSet, quotaNote, tokensUsed } from './pools.ts';
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

/** Enough for every read; the official client asks for the right to change things, too. */
export const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';
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

/** Tokens that were set aside for all calls of a read together. */
export type Plan = { pools: PoolSet; id: string };
type Quotas = z.infer<typeof quotasSchema>;
type Opened = { caller: Caller; state: RunState; viaFallback: boolean };

/** Of these Google takes ten an hour, from all the batches of a run together, before it locks the property out. */
const COUNTED_ERRORS = ['http_500', 'http_503'];

/**
 * Google's official client for the length of `use`, over the transport that the connection asks for. Closed at the
 * end, because nobody says when a run is over and no socket may outlive it.
 *
 * @param plan where tokens have been set aside for it
 * @throws ConnectorError, also for what the official client throws
 */
export async function withGa4Client<T>(
  context: ConnectorContext<Ga4Config>,
  use: (client: Ga4Client) => Promise<T>,
  plan: Plan | null = null,
): Promise<T> {
  if (context.signal.aborted) throw abortedError(PROVIDER, context.signal.reason);
  const account = serviceAccountOf(context.config.serviceAccountKey);
  const token = await context.shared('ga4-token', async () => selfSignedToken(account, SCOPE, Date.now()));
  const about = {
    secrets: [token, context.config.serviceAccountKey],
    signal: context.signal,
    now: context.now,
    clientEmail: account.clientEmail,
  };
  await recallTokens(context);
  const opened = await openCaller(context, token, about.secrets).catch((error: unknown) => {
    throw ga4Error(error, about);
  });
  try {
    return await use(clientOf(context, opened, about, plan));
  } finally {
    await opened.caller.close();
  }
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
  planned: Plan | null,
): Ga4Client {
  const { propertyId } = context.config;
  const property = `properties/${propertyId}`;
  const told = new Map<PoolSet, string>();

  /** One call, with its tokens set aside; pages and second looks beyond a plan are weighed as they come. */
  function call<T>(
    pools: PoolSet,
    tokens: number,
    ask: () => Promise<unknown>,
    read: (answer: unknown, spent: Spent) => T,
  ): Promise<T> {
    if (state.serverError !== null) return Promise.reject(state.serverError);
    const own = pools === planned?.pools ? planned.id : null;
    return withClaim(context, { pools, tokens, plan: own }, async (spent) => {
      const answer = await send(pools, () => {
        spent.isSent = true;
        return ask();
      });
      const value = read(answer, spent);
      await heed(pools, spent.left);
      return value;
    });
  }

  async function send(pools: PoolSet, ask: () => Promise<unknown>): Promise<unknown> {
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

  /** What is left goes into the notes; below the headroom it stops all workers. */
  async function heed(pools: PoolSet, quota: Quota | null): Promise<void> {
    if (quota === null) return;
    state.left[pools] = quota;
    told.set(pools, quotaNote(quota, pools));
    const [slowest] = emptyPools(quota, context.now);
    if (slowest !== undefined) await context.quota.pause(scopeOf(context, pools), slowest.refillMs);
  }

  /** Adds what one report has told; each of a batch tells for itself. */
  function count(spent: Spent, quota: Quota | null | undefined, shape: string): void {
    if (quota === null || quota === undefined) return;
    spent.left = spent.left === null ? quota : lowest(spent.left, quota);
    const used = tokensUsed(quota);
    if (used === null) return;
    spent.tokens = (spent.tokens ?? 0) + used;
    const expected = learnTokens(propertyId, shape, used);
    if (expected === null) return;
    // One that is not kept is learned again from the next answer.
    void context.quota.tokens.learn(scopeOf(context, 'core'), shape, expected).catch(() => {});
  }

  return {
    reports(requests) {
      const tokens = requests.reduce((sum, request) => sum + tokensOf(propertyId, request), 0);
      const asked = requests.map((request) => ({ ...request, property, returnPropertyQuota: true }));
      const ask = () => caller.batchRunReports({ property, requests: asked });
      return call('core', tokens, ask, (answer, spent) => {
        const reports = readBatch(answer, requests.length);
        for (const [at, report] of reports.entries()) {
          count(spent, report.propertyQuota, shapeOf(requests[at] ?? {}));
        }
        return reports;
      });
    },
    funnel(request, days) {
      const steps = request.funnel?.steps?.length ?? 0;
      const asked = { ...request, property, returnPropertyQuota: true };
      const tokens = funnelTokens(propertyId, steps, days);
      return call(
        'funnel',
        tokens,
        () => caller.runFunnelReport(asked),
        (answer, spent) => {
          const { kind, propertyQuota } = parseAnswer(PROVIDER, 'a funnel report', funnelQuotaSchema, answer);
          if (kind === 'analyticsData#runFunnelReport') count(spent, propertyQuota, funnelShape(steps, days));
          return answer;
        },
      );
    },
    catalogue() {
      const ask = () => caller.getMetadata(`${property}/metadata`);
      return call('core', UNTOLD_TOKENS, ask, (answer) =>
        parseAnswer(PROVIDER, 'its list of metrics', catalogueSchema, answer),
      );
    },
    async compatibility(request) {
      const ask = () => caller.checkCompatibility({ ...request, property });
      await call('core', UNTOLD_TOKENS, ask, (answer) =>
        parseAnswer(PROVIDER, 'what fits together', compatibilitySchema, answer),
      );
    },
    quotas() {
      const ask = () => caller.getPropertyQuotasSnapshot(`${property}/propertyQuotasSnapshot`);
      // It tells of both sets of pools, and is of use to whoever reads either.
      return withClaim(context, { pools: 'funnel', tokens: 0, plan: null }, (ofFunnels) =>
        call('core', 0, ask, (answer, spent) => {
          const quotas = parseAnswer(PROVIDER, 'its quotas', quotasSchema, answer);
          Object.assign(spent, { tokens: 0, left: quotas.corePropertyQuota ?? null });
          Object.assign(ofFunnels, { isSent: true, tokens: 0, left: quotas.funnelPropertyQuota ?? null });
          return quotas;
        }),
      );
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
