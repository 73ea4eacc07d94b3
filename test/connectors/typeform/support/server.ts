import type { IncomingMessage } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import {
  type TypeformForm,
  type TypeformResponse,
  type TypeformWorld,
  typeformServer,
} from '../../../../sandbox/typeform/server.ts';
import { startHttpServer } from '../../support/http-server.ts';

/** Where the API is: below the server's root, as behind a gateway. */
const PREFIX = '/typeform';

export type Refusal = { status: number; headers?: Record<string, string>; body?: unknown };
export type World = TypeformWorld & {
  /** Answers in place of the account; null leaves it to the account. */
  refuse?: (url: URL) => Refusal | null;
  /** What is done before the answer to a request with this number (from 1). */
  before?: (requestNumber: number, world: World) => void;
};

export const TOKEN = 'tfp_kEpt0utOfSightkEpt0utOfSight';
export const NOW = '2026-03-20T12:00:00Z';
export const FORM: TypeformForm = {
  id: 'u6nXL7',
  title: 'How are we doing?',
  hidden: ['user_id', 'plan'],
  fields: [
    { id: 'welcome', title: 'Your name', type: 'short_text' },
    { id: 'nps1', ref: 'recommend', title: 'Would you recommend us?', type: 'nps', steps: 11 },
    {
      id: 'group1',
      title: 'More',
      type: 'group',
      fields: [{ id: 'stars1', ref: 'stars', title: 'How was our help?', type: 'rating', steps: 5 }],
    },
    { id: 'scale1', title: 'How easy was it?', type: 'opinion_scale', steps: 7, startAtOne: true },
  ],
};

let made = 0;
/** A completed response of `FORM`. Tokens grow with each. */
export function response(
  submittedAt: string,
  scores: { nps1?: number; stars1?: number; scale1?: number } = {},
  more: Partial<TypeformResponse> = {},
): TypeformResponse {
  made += 1;
  const answers = Object.entries(scores).map(([fieldId, number]) => ({ fieldId, number }));
  const token = `token${String(made).padStart(6, '0')}`;
  return { formId: FORM.id, token, submittedAt, answers, ...more };
}

export function worldOf(given: Partial<World> = {}): World {
  return {
    nowSeconds: Date.parse(NOW) / 1_000,
    token: TOKEN,
    scopes: ['responses:read', 'forms:read'],
    forms: [FORM],
    responses: [],
    lateSeconds: 1_800,
    requestsPerSecond: 2,
    ...given,
  };
}

export type TypeformServer = KitServer & {
  asked: URL[];
  headers: IncomingMessage['headers'][];
  world: World;
};

/** The sandbox’s Typeform over the data of a test, below an address of its own. */
export async function startTypeform(world: World): Promise<TypeformServer> {
  const asked: URL[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  // How fast a test is is no matter of its machine: with each request a second has passed.
  let passedMs = 0;
  const serve = typeformServer(
    () => world,
    () => (passedMs += 1_000),
  );
  const server = await startHttpServer((request, reply) => {
    const url = new URL(request.url ?? '/', server.url);
    asked.push(url);
    headers.push(request.headers);
    if (!url.pathname.startsWith(`${PREFIX}/`)) throw new Error(`${url.pathname} is not below ${PREFIX}`);
    if (fault !== null) {
      const error = (description: string) => ({ code: 'REFUSED', description });
      playFault(fault, request, reply, { error, changedShape: { rows: [] } });
      return;
    }
    world.before?.(asked.length, world);
    const refused = world.refuse?.(url) ?? null;
    if (refused !== null) {
      reply
        .writeHead(refused.status, { 'content-type': 'application/json', ...refused.headers })
        .end(JSON.stringify(refused.body ?? { code: 'REFUSED', description: 'Refused' }));
      return;
    }
    request.url = request.url?.slice(PREFIX.length);
    serve(request, reply);
  });
  return {
    endpoint: new URL(PREFIX, server.url),
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
