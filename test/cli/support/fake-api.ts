import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Problem, problemSchema } from '../../../src/api/contract.ts';
import { type Answer, type Route, type RouteName, routes } from '../../../src/api/routes.ts';

export type Asked = {
  name: RouteName;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
};
type Reply =
  | { problem: Partial<Problem> & { status: number } }
  | { raw: string; status: number; type?: string };
type Script = { [Name in RouteName]?: ((asked: Asked) => Answer<Name> | Reply) | undefined };

export type FakeApi = {
  url: string;
  token: string;
  asked: Asked[];
  env: Record<string, string>;
  close(): Promise<void>;
};

export function isReply(answer: unknown): answer is Reply {
  return typeof answer === 'object' && answer !== null && ('problem' in answer || 'raw' in answer);
}

/**
 * A real HTTP server on a free port that answers as `script` says. Every answer and every body passes the
 * contract's schema first, so a test cannot pass on a shape that the API does not have.
 */
export async function fakeApi(script: Script): Promise<FakeApi> {
  const asked: Asked[] = [];
  const token = 'tdm_test_token_123';
  const server = createServer((request, response) => {
    const answerWith = (status: number, type: string, text: string) => {
      response.writeHead(status, { 'content-type': type }).end(status === 204 ? undefined : text);
    };
    void handle(request).catch((error: unknown) => answerWith(599, 'text/plain', String(error)));

    async function handle(incoming: IncomingMessage): Promise<void> {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      const found = routeFor(incoming.method ?? '', url.pathname);
      if (incoming.headers.authorization !== `Bearer ${token}`) {
        return answerWith(401, 'application/problem+json', JSON.stringify(problem({ status: 401 })));
      }
      if (found === null)
        return answerWith(404, 'application/problem+json', JSON.stringify(problem({ status: 404 })));
      const { name, route, params } = found;
      let text = '';
      for await (const chunk of incoming) text += String(chunk);
      const body: unknown = text === '' ? undefined : route.body?.parse(JSON.parse(text));
      if (url.searchParams.get('limit') === '200') url.searchParams.delete('limit'); // every page of a list
      const one: Asked = { name, params, query: url.searchParams, body };
      asked.push(one);
      const answer = (script[name] as ((asked: Asked) => unknown) | undefined)?.(one);
      if (answer === undefined) throw new Error(`${name} was not expected`);
      if (isReply(answer)) {
        if ('raw' in answer) return answerWith(answer.status, answer.type ?? 'text/html', answer.raw);
        return answerWith(
          answer.problem.status,
          'application/problem+json',
          JSON.stringify(problem(answer.problem)),
        );
      }
      route.answer.parse(answer);
      answerWith(route.status, 'application/json', JSON.stringify(answer));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    token,
    asked,
    env: { TIDEMARK_URL: url, TIDEMARK_TOKEN: token },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function list<Item>(...data: Item[]): { data: Item[]; page: { nextCursor: string | null } } {
  return { data, page: { nextCursor: null } };
}

function problem(over: Partial<Problem> & { status: number }): Problem {
  return problemSchema.parse({
    type: '/problems/x',
    title: 'Refused',
    detail: 'The API refused the request.',
    code: 'refused',
    requestId: 'req_test_1',
    retryable: false,
    fix: 'Do something else.',
    ...over,
  });
}

function routeFor(
  method: string,
  path: string,
): { name: RouteName; route: Route; params: Record<string, string> } | null {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`);
    const match = pattern.exec(path);
    if (match === null || route.method !== method) continue;
    const params = Object.fromEntries(
      names.map((part, at) => [part, decodeURIComponent(match[at + 1] ?? '')]),
    );
    return { name, route, params };
  }
  return null;
}
