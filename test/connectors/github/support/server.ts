import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { answerOf } from './answers.ts';

export type FakeIssue = {
  number: number;
  created_at: string;
  updated_at?: string;
  closed_at?: string | null;
  state_reason?: string | null;
  labels?: string[];
  /** Of a pull request: when it was merged, or null. */
  merged_at?: string | null;
};
export type FakeRelease = {
  id: number;
  tag_name: string;
  published_at: string | null;
  draft?: boolean;
  prerelease?: boolean;
};
export type FakeDeployment = {
  id: number;
  environment: string;
  created_at: string;
  statuses: { state: string; created_at: string }[];
};
export type FakeRun = {
  id: number;
  workflow: string;
  branch: string;
  conclusion: string | null;
  created_at: string;
  run_started_at: string;
  updated_at: string;
};

/** A repository as GitHub would have it, and how this GitHub behaves. */
export type World = {
  repository: string;
  /** Other repositories that the token sees. */
  others: string[];
  issues: FakeIssue[];
  releases: FakeRelease[];
  deployments: FakeDeployment[];
  runs: FakeRun[];
  labels: string[];
  environments: string[];
  workflows: string[];
  hasIssues: boolean;
  /** No page is longer than this, however many are asked for. */
  pageSize: number;
  /** Of one question GitHub lists no more. */
  cap: number;
  incompleteResults: boolean;
  /** Paths that this token may not read: each answers with 403. */
  forbidden: string[];
  /** Drops the `Link` header, as a proxy may. */
  withoutLinks: boolean;
  /** What is done before the answer to a request with this number (from 1), such as an issue that is opened meanwhile. */
  before?: (requestNumber: number, world: World) => void;
  /** Answers in place of the data: the primary or secondary limit, or a repository that was renamed. */
  refuse?: (url: URL) => { status: number; headers?: Record<string, string>; body?: unknown } | null;
};

export type GitHubServer = KitServer & { asked: URL[]; headers: IncomingMessage['headers'][]; world: World };

export const REPOSITORY = 'acme/shop';

export function worldOf(given: Partial<World> = {}): World {
  return {
    repository: REPOSITORY,
    others: [],
    issues: [],
    releases: [],
    deployments: [],
    runs: [],
    labels: ['bug', 'enhancement', 'interview'],
    environments: ['production', 'staging'],
    workflows: ['deploy.yml', 'test.yml'],
    hasIssues: true,
    pageSize: 100,
    cap: 1_000,
    incompleteResults: false,
    forbidden: [],
    withoutLinks: false,
    ...given,
  };
}

/** The part of GitHub's REST API that the connector reads, over the data of a test. */
export async function startGitHub(world: World): Promise<GitHubServer> {
  const asked: URL[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    asked.push(url);
    headers.push(request.headers);
    if (fault !== null) {
      playFault(fault, request, response, { error: (message) => ({ message }), changedShape: { rows: [] } });
      return;
    }
    world.before?.(asked.length, world);
    respond(world, url, response);
  });
  return {
    endpoint: server.url,
    asked,
    headers,
    world,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

function respond(world: World, url: URL, response: ServerResponse): void {
  const send = (status: number, body: unknown, extra: Record<string, string> = {}) =>
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'x-github-request-id': 'C0DE',
        ...extra,
      })
      .end(JSON.stringify(body));
  const refused = world.refuse?.(url) ?? null;
  if (refused !== null) {
    send(refused.status, refused.body ?? { message: 'refused' }, refused.headers);
    return;
  }
  if (world.forbidden.some((path) => url.pathname.endsWith(path))) {
    send(
      403,
      { message: 'Resource not accessible by personal access token' },
      {
        'x-accepted-github-permissions': 'deployments=read',
      },
    );
    return;
  }
  const answer = answerOf(world, url);
  if (answer === null) {
    send(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' });
    return;
  }
  send(200, answer.body, answer.link === null || world.withoutLinks ? {} : { link: answer.link });
}
