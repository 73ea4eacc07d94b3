import { createSign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BetaAnalyticsDataClient, v1alpha } from '@google-analytics/data';
import { googleAuthLibrary, grpc } from 'google-gax';
import type { Ga4Quirks } from '../../sandbox/ga4/quirks.ts';
import { type Ga4Server, ga4Server } from '../../sandbox/ga4/server.ts';
import { type Activity, type ProductEvent, type Session, seenBy } from '../../sandbox/model/activity.ts';
import {
  type Fault,
  type Ga4Access,
  newGa4Access,
  newState,
  type SandboxState,
} from '../../sandbox/state.ts';
import type { World } from '../../sandbox/world.ts';

/** Made once for all tests of a file: making a key takes longer than a test. */
export const ACCESS = newGa4Access();
export const PROPERTY = `properties/${ACCESS.propertyId}`;
export const TRANSPORTS = ['rest', 'grpc'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Epoch seconds of a moment in Berlin's winter, one hour before UTC. */
export function berlin(local: string): number {
  return Date.parse(`${local}:00+01:00`) / 1_000;
}

export const NOW = berlin('2026-03-11T13:00');

/** A desktop visit from Germany that bounces, seen at once, unless said otherwise. */
export function visit(
  sessionId: string,
  deviceId: string,
  at: number,
  given: Partial<Session> = {},
): Session {
  const where = { channel: 'Direct', device: 'desktop', country: 'Germany' } as const;
  const person = { personId: `person-${deviceId}`, deviceId, newDevice: false };
  const session = { kind: 'session', at, seenAt: at, sessionId, engagedSeconds: 0, endedAt: at } as const;
  return { ...session, ...person, ...where, ...given };
}

export function event(
  insertId: string,
  name: ProductEvent['name'],
  session: Session,
  given: Partial<ProductEvent> = {},
): ProductEvent {
  const { at, seenAt, personId, deviceId, sessionId } = session;
  const who = { personId, deviceId, sessionId };
  return { kind: 'event', at, seenAt, insertId, name, ...who, properties: {}, ...given };
}

export type Bench = {
  server: Ga4Server;
  rest: BetaAnalyticsDataClient;
  url: string;
  /** Waits for the client, which starts the gRPC server. */
  client(transport: Transport): Promise<BetaAnalyticsDataClient>;
  /** The same for funnels and the snapshot of quotas. */
  alpha(transport: Transport): Promise<v1alpha.AlphaAnalyticsDataClient>;
  set(given: { now?: number; fault?: Fault | null; quirks?: Ga4Quirks; timeZone?: string }): void;
  close(): Promise<void>;
};

/** A server on free ports over a handful of activities, and the official clients that speak to it. */
export async function openBench(activity: readonly Activity[]): Promise<Bench> {
  const sorted = activity.toSorted((one, other) => one.at - other.at);
  let now = NOW;
  let state: SandboxState = {
    ...newState(new Date(NOW * 1_000), { seed: 1, ga4: ACCESS }),
    timeZone: 'Europe/Berlin',
  };
  const server = ga4Server(() => {
    const seen = seenBy(sorted, now, 0);
    // GA4 looks at nothing else of the world; the company around it would take long to make.
    return { state, world: { activity: seen, now } as unknown as World };
  });
  const http = createServer((request, response) => server.rest(request, response));
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a path.
  const { port } = http.address() as AddressInfo;
  const auth = new googleAuthLibrary.GoogleAuth({ authClient: new googleAuthLibrary.PassThroughClient() });
  const common = { apiEndpoint: '127.0.0.1', auth };
  const rest = new BetaAnalyticsDataClient({ ...common, port, protocol: 'http', fallback: true });
  let rpc: BetaAnalyticsDataClient | null = null;
  const alphas = new Map<Transport, v1alpha.AlphaAnalyticsDataClient>();
  return {
    server,
    rest,
    url: `http://127.0.0.1:${port}`,
    async client(transport) {
      if (transport === 'rest') return rest;
      const sslCreds = grpc.credentials.createInsecure();
      rpc ??= new BetaAnalyticsDataClient({ ...common, port: await server.grpcPort(), sslCreds });
      return rpc;
    },
    async alpha(transport) {
      const found = alphas.get(transport);
      if (found !== undefined) return found;
      const way =
        transport === 'rest'
          ? { port, protocol: 'http', fallback: true as const }
          : { port: await server.grpcPort(), sslCreds: grpc.credentials.createInsecure() };
      const made = new v1alpha.AlphaAnalyticsDataClient({ ...common, ...way });
      alphas.set(transport, made);
      return made;
    },
    set(given) {
      now = given.now ?? now;
      const faults = given.fault === undefined ? state.faults : { ...state.faults, ga4: given.fault };
      const ga4: Ga4Access & { quirks?: Ga4Quirks } =
        given.quirks === undefined ? state.ga4 : { ...state.ga4, quirks: given.quirks };
      state = { ...state, faults, ga4, timeZone: given.timeZone ?? state.timeZone };
    },
    async close() {
      await Promise.all([rest.close(), rpc?.close(), ...[...alphas.values()].map((one) => one.close())]);
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => void http.close(resolve));
    },
  };
}

/** A token as the real client signs it, with claims of the test's choice. */
export function token(claims: Record<string, unknown> = {}, privateKey = ACCESS.privateKey): string {
  const iat = Math.floor(Date.now() / 1_000);
  const { clientEmail: iss } = ACCESS;
  const scope = 'https://www.googleapis.com/auth/analytics.readonly';
  const payload = { iss, sub: iss, scope, iat, exp: iat + 3_600, ...claims };
  const head = [{ alg: 'RS256', typ: 'JWT' }, payload]
    .map((part) => base64url(JSON.stringify(part)))
    .join('.');
  return `${head}.${createSign('sha256').update(head).sign(privateKey, 'base64url')}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** What a call needs so that the server knows who asks, over both transports. */
export function signed(jwt = token()): { timeout: number; otherArgs: { headers: Record<string, string> } } {
  return { timeout: 5_000, otherArgs: { headers: { authorization: `Bearer ${jwt}` } } };
}

/** The same over plain HTTP, for what the official client would hide. */
export async function post(bench: Bench, method: string, body: unknown, jwt: string | null = token()) {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (jwt !== null) headers.authorization = `Bearer ${jwt}`;
  const address = `${bench.url}/v1beta/${PROPERTY}:${method}?$alt=json%3Benum-encoding=int`;
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export type Refused = { code: number; message: string; details: string };

/** What a call is refused with. @throws Error when it is not refused */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  // Both shapes of the client's errors have a code and a message; gRPC ones have the text again in `details`.
  if (outcome instanceof Error && 'code' in outcome) return outcome as unknown as Refused;
  throw new Error(
    `expected the client to refuse, got ${outcome instanceof Error ? outcome.message : 'an answer'}`,
  );
}

type Wire = {
  dimensionHeaders?: { name?: string | null }[] | null;
  metricHeaders?: { name?: string | null }[] | null;
  rows?: WireRow[] | null;
};
type WireRow = {
  dimensionValues?: { value?: string | null }[] | null;
  metricValues?: { value?: string | null }[] | null;
};

/** The cells of a row, dimensions first. */
export function cells(row: WireRow | undefined): string[] {
  return [...(row?.dimensionValues ?? []), ...(row?.metricValues ?? [])].map(({ value }) => value ?? '');
}

/** The rows of a report as lists of cells. */
export function table(report: Wire): string[][] {
  return (report.rows ?? []).map(cells);
}

export function headers(report: Wire): string[] {
  return [...(report.dimensionHeaders ?? []), ...(report.metricHeaders ?? [])].map(({ name }) => name ?? '');
}

export const byDate = [{ dimension: { dimensionName: 'date' } }];
export const week = (startDate: string, endDate: string) => [{ startDate, endDate }];
export const named = (...names: string[]) => names.map((name) => ({ name }));

/** Rows that came in no order, as text would sort them. */
export function sortedRows(rows: readonly string[][]): string[][] {
  const text = (row: readonly string[]) => row.join('\u0000');
  return rows.toSorted((one, other) => (text(one) < text(other) ? -1 : 1));
}
