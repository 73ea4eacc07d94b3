import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerOf } from './answers.ts';
import type { JiraWorld } from './world.ts';

/** One answer of the part of Jira Cloud that is read. `url` is what was asked, without a prefix. */
export function answerJira(
  world: JiraWorld,
  { body, url }: { url: URL; body: Record<string, unknown> | null },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const send = (status: number, answer: unknown, extra: Record<string, string> = {}) =>
    response
      .writeHead(status, {
        'content-type': 'application/json;charset=UTF-8',
        'atl-traceid': 'c0de',
        ...extra,
      })
      .end(JSON.stringify(answer));
  const refused = world.refuse?.(url) ?? null;
  if (refused !== null) {
    send(refused.status, refused.body ?? { errorMessages: ['refused'], errors: {} }, refused.headers);
    return;
  }
  const { authorization } = request.headers;
  const known = world.account === null ? null : `Basic ${Buffer.from(world.account).toString('base64')}`;
  if (known !== null && authorization !== known) {
    send(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 });
    return;
  }
  if (url.pathname === '/rest/api/3/search') {
    send(410, { errorMessages: ['The requested API has been removed.'], errors: {} });
    return;
  }
  const answer = answerOf(world, url, body);
  if (answer === null)
    send(404, { errorMessages: ['It does not exist or you do not have permission to see it.'] });
  else send(200, answer);
}
