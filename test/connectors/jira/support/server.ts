import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { answerOf } from './answers.ts';

export type FakeChange = {
  at: string;
  field: string;
  fieldId?: string;
  from?: string;
  to?: string;
  fromString?: string;
};
export type FakeIssue = {
  id: string;
  created: string;
  type?: string;
  subtask?: boolean;
  resolutiondate?: string | null;
  resolution?: string | null;
  labels?: string[];
  /** Ids of the affected versions. */
  versions?: string[];
  status?: string;
  points?: number | null;
  sprints?: number[];
  changes?: FakeChange[];
};
export type FakeSprint = {
  id: number;
  name: string;
  state: string;
  startDate?: string;
  completeDate?: string;
  originBoardId?: number;
};
export type FakeVersion = { id: string; name: string; released: boolean; releaseDate?: string };

/** A site as Jira would have it, and how this Jira behaves. */
export type World = {
  project: string;
  issues: FakeIssue[];
  sprints: FakeSprint[];
  versions: FakeVersion[];
  types: string[];
  boardType: string;
  estimation: { type: string; field?: { fieldId: string; displayName: string } };
  doneStatuses: string[];
  fields: { id: string; name: string; schema?: { type: string } }[];
  /** No page is longer than this, however many are asked for. */
  pageSize: number;
  /** So many changes come with an issue of a sprint; the rest has to be asked for. */
  historySize: number;
  /** Answers in place of the data. */
  refuse?: (url: URL) => { status: number; headers?: Record<string, string>; body?: unknown } | null;
};

export type JiraServer = KitServer & {
  asked: { url: URL; body: Record<string, unknown> | null }[];
  headers: IncomingMessage['headers'][];
};

export function worldOf(given: Partial<World> = {}): World {
  return {
    project: 'SHOP',
    issues: [],
    sprints: [],
    versions: [],
    types: ['Story', 'Bug', 'Task', 'Sub-task'],
    boardType: 'scrum',
    estimation: { type: 'field', field: { fieldId: 'customfield_10016', displayName: 'Story Points' } },
    doneStatuses: ['30'],
    fields: [
      { id: 'customfield_10016', name: 'Story Points', schema: { type: 'number' } },
      { id: 'customfield_10020', name: 'Sprint', schema: { type: 'array' } },
    ],
    pageSize: 100,
    historySize: 100,
    ...given,
  };
}

/** The part of Jira Cloud that the connector reads, over the data of a test. */
export async function startJira(world: World): Promise<JiraServer> {
  const asked: JiraServer['asked'] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    headers.push(request.headers);
    const chunks: Buffer[] = [];
    const place = asked.push({ url, body: null }) - 1;
    if (fault !== null) {
      const error = (message: string) => ({ errorMessages: [message], errors: {} });
      playFault(fault, request, response, { error, changedShape: { rows: [] } });
      return;
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = text === '' ? null : (JSON.parse(text) as Record<string, unknown>); // what the connector sent
      asked[place] = { url, body };
      respond(world, url, body, response);
    });
  });
  return {
    endpoint: server.url,
    asked,
    headers,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

function respond(
  world: World,
  url: URL,
  body: Record<string, unknown> | null,
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
  if (url.pathname === '/rest/api/3/search') {
    send(410, { errorMessages: ['The requested API has been removed.'], errors: {} });
    return;
  }
  const answer = answerOf(world, url, body);
  if (answer === null)
    send(404, { errorMessages: ['It does not exist or you do not have permission to see it.'] });
  else send(200, answer);
}
