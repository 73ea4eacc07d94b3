import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerOf } from './answers.ts';
import type { GitHubWorld } from './world.ts';

/**
 * One answer of the part of GitHub's REST API that is read. `url` is the address that was asked,
 * which links repeat, and `path` what stands in it behind a prefix.
 */
export function answerGitHub(
  world: GitHubWorld,
  { url, path }: { url: URL; path: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
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
  if (world.token !== null && request.headers.authorization !== `Bearer ${world.token}`) {
    send(401, {
      message: 'Bad credentials',
      documentation_url: 'https://docs.github.com/rest',
      status: '401',
    });
    return;
  }
  if (world.forbidden.some((each) => path.endsWith(each))) {
    send(
      403,
      { message: 'Resource not accessible by personal access token' },
      {
        'x-accepted-github-permissions': 'deployments=read',
      },
    );
    return;
  }
  const answer = answerOf(world, url, path);
  if (answer === null) {
    send(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' });
    return;
  }
  send(200, answer.body, answer.link === null || world.withoutLinks ? {} : { link: answer.link });
}
