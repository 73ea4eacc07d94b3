import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MixpanelServer, mixpanelServer } from '../../sandbox/mixpanel/server.ts';
import { type Activity, type ProductEvent, seenBy } from '../../sandbox/model/activity.ts';
import { type Fault, newMixpanelAccess, type SandboxState, withDefaults } from '../../sandbox/state.ts';
import type { World } from '../../sandbox/world.ts';

/** Whole seconds of an instant such as `2026-03-02T10:00:00Z`. */
export function seconds(iso: string): number {
  return Date.parse(iso) / 1_000;
}

let made = 0;

/** Something a person did; seen at once unless `more` says otherwise. */
export function did(personId: string, name: string, iso: string, more: Partial<ProductEvent> = {}): Activity {
  made += 1;
  const at = seconds(iso);
  const fixed = { kind: 'event', at, seenAt: at, insertId: `e-${made}`, deviceId: `d-${personId}` } as const;
  return { ...fixed, name, personId, sessionId: null, properties: {}, ...more };
}

export type Reply = { status: number; headers: Headers; text: string; body: unknown };

/** A project's server on a free port, about a handful of events, with a clock and faults that a test can set. */
export type Project = {
  url: string;
  statePath: string;
  access: SandboxState['mixpanel'];
  server: MixpanelServer;
  at(iso: string): void;
  broken(fault: Fault | null): void;
  /** A GET below `/api/query` (or an address of its own) as the service account. */
  get(path: string, query?: Record<string, string>): Promise<Reply>;
  /** The same with a posted form. */
  post(path: string, form?: Record<string, string>): Promise<Reply>;
  send(path: string, init?: RequestInit): Promise<Reply>;
  account: Record<string, string>; // the service account's header
  close(): Promise<void>;
};

export type Given = {
  events: Activity[];
  now: string;
  timeZone?: string;
  since?: string;
  monotonicMs?: () => number;
};

export async function openProject(given: Given): Promise<Project> {
  const { events, timeZone = 'UTC', since = '2026-01-01T00:00:00Z' } = given;
  const access = newMixpanelAccess();
  let now = seconds(given.now);
  let state = withDefaults({ v: 1, seed: 1, anchorDay: since.slice(0, 10), timeZone, mixpanel: access });
  const statePath = join(mkdtempSync(join(tmpdir(), 'mixpanel-')), 'sandbox.json');
  const all = events.toSorted((a, b) => a.at - b.at);
  // The server asks nothing else of the world.
  const world = () => ({ activity: seenBy(all, now, seconds(since)), now }) as World;
  let passedMs = 0;
  const unhurried = () => (passedMs += 1_000);
  const look = () => ({ state, world: world(), statePath });
  const server = mixpanelServer(look, given.monotonicMs ?? unhurried);
  const http = createServer(server);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const account = { authorization: `Basic ${btoa(`${access.username}:${access.secret}`)}` };
  const send = async (path: string, init: RequestInit = {}) => replyOf(await fetch(`${url}${path}`, init));
  const address = (path: string, query: Record<string, string>) => {
    const whole = path.startsWith('/api/') ? path : `/api/query${path}`;
    const values = new URLSearchParams({ project_id: String(access.projectId), ...query });
    return `${whole}?${values.toString()}`;
  };
  return {
    url,
    statePath,
    access,
    server,
    send,
    account,
    at: (iso) => {
      now = seconds(iso);
    },
    broken: (fault) => {
      state = { ...state, faults: { ...state.faults, mixpanel: fault } };
    },
    get: (path, query = {}) => send(address(path, query), { headers: account }),
    post: (path, form = {}) =>
      send(address(path, {}), { method: 'POST', headers: account, body: new URLSearchParams(form) }),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const { status, headers } = response;
  const json = headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status, headers, text, body: json ? (JSON.parse(text) as unknown) : null };
}
