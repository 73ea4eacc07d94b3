import type { z } from 'zod';
import {
  type Budget,
  badPayload,
  type ConnectorContext,
  ConnectorError,
  createHttp,
  createLimiter,
  type HttpFetch,
  type LineStream,
  openLines,
  parseAnswer,
  type QuotaRule,
  redact,
  retryAfterMs,
} from '../sdk/index.ts';
import { baseUrls, type MixpanelConfig } from './config.ts';
import { reportedError, settingError, statusError } from './errors.ts';
import { heldOpen } from './held-open.ts';
import { saidSchema } from './schema.ts';

export type MixpanelContext = ConnectorContext<MixpanelConfig>;
export type MixpanelClient = ReturnType<typeof createMixpanelClient>;

/** Of 60 queries an hour and 5 at once half are left to people and other tools. */
const QUERIES = { perHour: 30, concurrent: 3 };
/** Of 60 exports an hour, 3 a second. */
const EXPORTS = { perHour: 30, concurrent: 2 };

/** Budgets belong to a project, whichever service account asks. */
function budgetScopes({ projectId, region }: MixpanelConfig, endpoint: URL | null) {
  const budget = `${endpoint === null ? region : endpoint.host}:${projectId}`;
  return { queries: `mixpanel:query:${budget}`, exports: `mixpanel:export:${budget}` };
}

/** How much of what the project may ask is used. */
export function budgets(config: MixpanelConfig, endpoint: URL | null): Budget[] {
  const scopes = budgetScopes(config, endpoint);
  return [
    { name: 'queries', scope: scopes.queries, counts: 'calls', limit: QUERIES.perHour },
    { name: 'exports', scope: scopes.exports, counts: 'calls', limit: EXPORTS.perHour },
  ];
}

export const limits = { requestsPerSecond: 5, concurrent: QUERIES.concurrent };
const exportLimits = { requestsPerSecond: 1.5, concurrent: EXPORTS.concurrent };

/** Big projects take their time over a year of days. */
const TIMEOUT_MS = 60_000;
/** Below what proxies and our own way out accept. */
export const MAX_URL_LENGTH = 1_800;
/** Without `Retry-After` a limit is never tried again sooner. */
const SHORTEST_PAUSE_MS = 60_000;

type Parameters = Record<string, string | number>;

/**
 * Mixpanel's reading API over plain HTTP, because its official package only writes. Every call counts against the
 * project's hourly budget, so an error answer is not followed by a second try: the run comes back by itself.
 */
export function createMixpanelClient(context: MixpanelContext) {
  const { config, endpoint, quota } = context;
  const { serviceAccount, serviceAccountSecret, projectId, workspaceId } = config;
  const secrets = [serviceAccountSecret, `${serviceAccount}:${serviceAccountSecret}`];
  const bases = baseUrls(config, endpoint);
  const scopes = budgetScopes(config, endpoint);
  const common = { secrets, timeoutMs: TIMEOUT_MS, mayRetry: () => false };
  const queries = createHttp(context, { ...common, provider: 'Mixpanel', limits });
  const exports = createHttp(context, {
    ...common,
    provider: 'Mixpanel export',
    limits: exportLimits,
    bodyProblem: exportProblem,
  });
  const authorization = `Basic ${Buffer.from(`${serviceAccount}:${serviceAccountSecret}`).toString('base64')}`;

  function address(base: string, parameters: Parameters): URL {
    const url = new URL(base);
    const ids = {
      project_id: projectId,
      ...(workspaceId === undefined ? {} : { workspace_id: workspaceId }),
    };
    for (const [name, value] of Object.entries({ ...ids, ...parameters })) {
      url.searchParams.set(name, String(value));
    }
    if (url.href.length <= MAX_URL_LENGTH) return url;
    const problem = `The question to Mixpanel is longer than ${MAX_URL_LENGTH} characters.`;
    throw settingError('url_too_long', problem, 'Shorten the filter or the names of this metric.');
  }

  async function ask(http: HttpFetch, rule: QuotaRule, url: URL): Promise<Response> {
    return quota.spend(rule, async () => {
      const outcome = await http(url, { headers: { authorization } }).then(
        async (response) => (response.ok ? response : refusal(response, secrets)),
        (failure: unknown) => withoutExplanation(failure),
      );
      if (outcome instanceof Response) return outcome;
      const limited = outcome instanceof ConnectorError && outcome.errorClass === 'rate_limited';
      throw limited ? await paused(rule.scope, outcome) : outcome;
    });
  }

  /** Nobody asks again before the wait is over; without a named one, until the oldest own call is an hour old. */
  async function paused(scope: string, error: ConnectorError): Promise<ConnectorError> {
    const asked = error.remedy.by === 'time' ? error.remedy.afterMs : undefined;
    const afterMs = asked ?? Math.max(SHORTEST_PAUSE_MS, await quota.untilOldestExpiresMs(scope));
    await quota.pause(scope, afterMs);
    const { errorClass, code, message } = error;
    return new ConnectorError(message, { errorClass, code, remedy: { by: 'time', afterMs }, cause: error });
  }

  return {
    /** Characters left for the parameters of a query below `path`. */
    roomFor: (path: string, parameters: Parameters): number =>
      MAX_URL_LENGTH - address(`${bases.query}${path}`, parameters).href.length,

    /** One call of the Query API. `what` names the answer in messages. */
    async query<T>(path: string, what: string, schema: z.ZodType<T>, parameters: Parameters): Promise<T> {
      const rule = { scope: scopes.queries, ...QUERIES };
      const response = await ask(queries, rule, address(`${bases.query}${path}`, parameters));
      const answer: unknown = await response.json();
      const said = saidSchema.safeParse(answer);
      if (said.success) throw reportedError(redact(said.data.error, secrets));
      return parseAnswer('Mixpanel', what, schema, answer);
    },

    /**
     * The raw events of these names (null: all), line by line, both days inclusive. Counts as one export, and as under way
     * until its last line was taken.
     */
    async *exportStream(names: readonly string[] | null, fromDay: string, toDay: string): LineStream {
      const rule = { scope: scopes.exports, ...EXPORTS };
      const wanted = names === null ? {} : { event: JSON.stringify(names) };
      const url = address(bases.export, {
        from_date: fromDay,
        to_date: toDay,
        time_in_ms: 'true',
        ...wanted,
      });
      const limiter = await context.shared('limiter:Mixpanel export stream', async () =>
        createLimiter(exportLimits),
      );
      yield* heldOpen({ quota, limiter, signal: context.signal, paused }, rule, () =>
        openLines(context, url, {
          provider: 'Mixpanel',
          secrets,
          headers: { authorization },
          refuse: (response) => refusal(response, secrets),
          problem: exportProblem,
        }),
      );
    },

    /** The raw events of one name as lines of text, both days inclusive. */
    async exportLines(event: string, fromDay: string, toDay: string): Promise<Uint8Array> {
      const rule = { scope: scopes.exports, ...EXPORTS };
      const parameters = { from_date: fromDay, to_date: toDay, event: JSON.stringify([event]) };
      const response = await ask(exports, rule, address(bases.export, parameters));
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** An error answer; one that is no JSON explains nothing. */
async function refusal(response: Response, secrets: readonly string[]): Promise<ConnectorError> {
  const body = saidSchema.safeParse(await response.json().catch(() => null));
  const said = body.success ? redact(body.data.error, secrets) : null;
  return statusError(response.status, said, retryAfterMs(response.headers.get('retry-after')));
}

/** An error answer that was no JSON has been judged by its status alone; Mixpanel's statuses mean more than that. */
function withoutExplanation(failure: unknown): unknown {
  if (!(failure instanceof ConnectorError)) return failure;
  const status = /^http_(4\d\d|5\d\d)$/.exec(failure.code)?.[1];
  if (status === undefined) return failure;
  const waitMs = failure.remedy.by === 'time' ? (failure.remedy.afterMs ?? null) : null;
  return statusError(Number(status), null, waitMs);
}

/** Lines of text come under several types, and a day without events has none; a web page is no export. */
function exportProblem(headers: Headers): ConnectorError | null {
  const type = headers.get('content-type') ?? '';
  return /\bhtml\b/i.test(type)
    ? badPayload('Mixpanel', 'wrong_content_type', 'sent a web page instead of events')
    : null;
}
