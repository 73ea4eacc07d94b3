import type { z } from 'zod';
import {
  type Budget,
  type ConnectorContext,
  ConnectorError,
  createHttp,
  parseAnswer,
  redact,
} from '../sdk/index.ts';
import { baseUrl, type GitHubConfig } from './config.ts';
import { badAnswer, statusError } from './errors.ts';
import { saidSchema } from './schema.ts';

export type GitHubContext = ConnectorContext<GitHubConfig>;
export type GitHubClient = ReturnType<typeof createGitHubClient>;
export type Params = Record<string, string | number | undefined>;
/** One answer, with the address of the next page; null on the last one. */
export type Page<T> = { url: string; data: T; next: string | null; hasLinks: boolean };

/** Of 5,000 requests an hour half are left to people and other tools. One at a time, as GitHub asks. */
const REQUESTS = { perHour: 2_500, concurrent: 1 };
export const limits = { requestsPerSecond: 10, concurrent: 1 };

function scopeOf({ repository }: GitHubConfig, endpoint: URL | null): string {
  return `github:${endpoint?.host ?? 'api.github.com'}:${repository.toLowerCase()}`;
}

export function budgets(config: GitHubConfig, endpoint: URL | null): Budget[] {
  return [{ name: 'requests', scope: scopeOf(config, endpoint), counts: 'calls', limit: REQUESTS.perHour }];
}

/**
 * GitHub's REST API over plain requests. Its official client would wait inside the process for limits and follow pages
 * without proving their end; here the schedule waits, and a walk has to see the last page.
 */
export function createGitHubClient(context: GitHubContext) {
  const { config, endpoint, quota } = context;
  const secrets = [config.token];
  const base = baseUrl(endpoint);
  const rule = { scope: scopeOf(config, endpoint), ...REQUESTS };
  const http = createHttp(context, {
    provider: 'GitHub',
    limits,
    secrets,
    requestIdHeader: 'x-github-request-id',
  });
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${config.token}`,
    'user-agent': 'tidemark',
    'x-github-api-version': '2022-11-28',
  };

  async function send(url: URL, asked: string): Promise<Response> {
    return quota.spend(rule, async () => {
      try {
        const response = await http(url, { headers });
        if (response.ok) return response;
        const body = saidSchema.safeParse(await response.json());
        const said = body.success ? redact(body.data.message, secrets) : null;
        throw statusError(response.status, response.headers, said, asked);
      } catch (error) {
        const known = withoutExplanation(error, asked);
        if (known instanceof ConnectorError && known.errorClass === 'rate_limited') {
          const afterMs = known.remedy.by === 'time' ? known.remedy.afterMs : undefined;
          if (afterMs !== undefined) await quota.pause(rule.scope, afterMs);
        }
        throw known;
      }
    });
  }

  /** @param where a path below the API's address, or the address of a next page, which must lie there as well */
  function addressOf(where: string, params: Params): URL {
    const url = where.startsWith('/') ? new URL(base + where) : new URL(where);
    if (url.origin !== new URL(base).origin) {
      throw badAnswer('foreign_page', 'named a next page at another address');
    }
    for (const [name, value] of Object.entries(params)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }

  return {
    /** One answer. `asked` names it in messages: "the issues of globex/shop". */
    async get<T>(where: string, asked: string, schema: z.ZodType<T>, params: Params = {}): Promise<Page<T>> {
      const url = addressOf(where, params);
      const response = await send(url, asked);
      const links = response.headers.get('link');
      const data = parseAnswer('GitHub', asked, schema, await response.json());
      return { url: url.href, data, next: nextOf(links), hasLinks: links !== null };
    },
  };
}

/** `Link: <https://…?page=2>; rel="next", <…>; rel="last"` */
function nextOf(links: string | null): string | null {
  const parts = (links ?? '').matchAll(/<([^>]+)>\s*((?:;\s*[\w-]+="?[^",;]*"?\s*)*)/g);
  for (const [, address = '', attributes = ''] of parts) {
    if (/rel="?[^"]*\bnext\b/.test(attributes)) return address;
  }
  return null;
}

/** An answer that was no JSON, or a redirect, has been judged by its status alone. */
function withoutExplanation(error: unknown, asked: string): unknown {
  if (!(error instanceof ConnectorError)) return error;
  const status = /^http_(301|307|308)$/.exec(error.code)?.[1];
  return status === undefined ? error : statusError(Number(status), new Headers(), null, asked);
}
