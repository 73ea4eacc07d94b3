import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What comes instead of an answer, or what becomes of it; null: it passes as it is. */
export type Doctored =
  | { status: number; body: unknown; headers?: Record<string, string> }
  | { cutOff: true }
  | { change: (body: Record<string, unknown>) => unknown };

export type StripeProxy = {
  url: string;
  /** Everything that was asked, in the order of asking. */
  asked: URL[];
  /** Looks at each request from now on. */
  doctor(doctor: (asked: URL) => Doctored | null): void;
  close(): Promise<void>;
};

/**
 * Stands before a server that speaks Stripe: counts what is asked, and spoils some answers. `pageSize`: the most that a list
 * shows at once, so that a small company has many pages.
 */
export async function startStripeProxy(target: string, pageSize = 100): Promise<StripeProxy> {
  const asked: URL[] = [];
  let doctor: (asked: URL) => Doctored | null = () => null;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', target);
    asked.push(url);
    const doctored = doctor(url);
    if (doctored !== null && 'status' in doctored) {
      response.writeHead(doctored.status, { 'content-type': 'application/json', ...doctored.headers });
      response.end(JSON.stringify(doctored.body));
      return;
    }
    const upstream = new URL(url);
    if (Number(url.searchParams.get('limit')) > pageSize)
      upstream.searchParams.set('limit', String(pageSize));
    pass(upstream, request.headers, doctored).then(
      ({ status, headers, text, cut }) => {
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
        if (cut) response.write(text.slice(0, text.length / 2), () => response.destroy());
        else response.end(text);
      },
      () => response.destroy(), // the sandbox is gone, and so is whoever asks
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    doctor(next) {
      doctor = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const KEPT = ['authorization', 'stripe-version', 'content-type', 'user-agent'];

async function pass(
  url: URL,
  asked: NodeJS.Dict<string | string[]>,
  doctored: Exclude<Doctored, { status: number }> | null,
) {
  const headers = KEPT.flatMap((name): [string, string][] => {
    const value = asked[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  const change = doctored !== null && 'change' in doctored ? doctored.change : null;
  return {
    status: answer.status,
    headers: { 'content-type': 'application/json', 'request-id': answer.headers.get('request-id') ?? '' },
    text: change === null ? text : JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)),
    cut: doctored !== null && 'cutOff' in doctored,
  };
}
