import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEgress, type Egress } from '../../../src/egress/index.ts';
import {
  connectionOf,
  failureIn,
  postgresTable,
  request,
  sourcesOf,
  type TestTable,
  valuesOf,
} from './support/table.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../egress/fixtures/${name}`, import.meta.url), 'utf8');
const certificate = fixture('secure-test.crt');
const now = new Date('2026-05-10T12:00:00Z');
const active = request('active_users', { window: 'day' }, { startDay: '2026-05-08', endDay: '2026-05-10' });

let table: TestTable;
let egress: Egress;
let port: number;
const names: (string | false | null)[] = [];
const sockets = new Set<Socket>();

/** PostgreSQL's way to TLS in front of a server that has none: a request of eight bytes, the letter S, then the handshake. */
const front = createServer((plain) => {
  sockets.add(plain);
  plain.on('error', () => {});
  plain.once('data', () => {
    const secured = new TLSSocket(plain, {
      isServer: true,
      key: fixture('secure-test.key'),
      cert: certificate,
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    plain.write('S');
    secured.on('error', () => {});
    const to = new URL(table.database.url);
    const inner = connect(Number(to.port), to.hostname);
    sockets.add(inner);
    inner.on('error', () => {});
    secured.pipe(inner).pipe(secured);
  });
});

beforeAll(async () => {
  table = await postgresTable();
  await table.load([
    { id: null, userId: 'a', event: 'open', at: new Date('2026-05-08T10:00:00Z'), properties: {} },
    { id: null, userId: 'a', event: 'open', at: new Date('2026-05-10T10:00:00Z'), properties: {} },
  ]);
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
  egress = createEgress({
    allow: ['secure.test', 'other.test'].map((host) => ({ kind: 'host', host, port }) as const),
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  front.close();
  await egress.close();
  await table.close();
});

const read = async (host: string, more: Record<string, unknown>) => {
  const sources = sourcesOf(egress, table.database, { password: table.password });
  const connection = connectionOf(`postgresql://${host}:${port}`, { ...table.config, ...more });
  const [outcome] = await sources.read(connection, [active], now, new AbortController().signal);
  return outcome;
};

it('connects to the vetted number, and checks the certificate by the name', async () => {
  const outcome = await read('secure.test', { tls: 'verify', tlsCa: certificate });
  expect(valuesOf(outcome)).toEqual({ '2026-05-08': '1', '2026-05-09': '0' });
  expect(names).toContain('secure.test');
});

it.each([
  { why: 'of an authority that nobody knows', host: 'secure.test', more: { tls: 'verify' } },
  { why: 'of another name', host: 'other.test', more: { tls: 'verify', tlsCa: certificate } },
])('sends no password to a certificate $why', async ({ host, more }) => {
  const failure = failureIn(await read(host, more));
  expect(failure).toMatchObject({ errorClass: 'config' });
  expect(failure.message).toContain('could not be verified');
});

it('encrypts without checking where the owner has chosen that', async () => {
  expect(valuesOf(await read('other.test', { tls: 'require' }))).toEqual({
    '2026-05-08': '1',
    '2026-05-09': '0',
  });
});
