import type { IncomingMessage } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { answerGitHub } from '../../../../sandbox/github/server.ts';
import { type GitHubWorld, gitHubWorld } from '../../../../sandbox/github/world.ts';
import { startHttpServer } from '../../support/http-server.ts';

export type { GitHubRun as FakeRun, GitHubWorld as World } from '../../../../sandbox/github/world.ts';

export type GitHubServer = KitServer & {
  asked: URL[];
  headers: IncomingMessage['headers'][];
  world: GitHubWorld;
};

export const REPOSITORY = 'acme/shop';

export const worldOf = (given: Partial<GitHubWorld> = {}): GitHubWorld =>
  gitHubWorld({ repository: REPOSITORY, ...given });

/** The part of GitHub's REST API that the connector reads, over the data of a test. */
export async function startGitHub(world: GitHubWorld): Promise<GitHubServer> {
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
    answerGitHub(world, { url, path: url.pathname }, request, response);
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
