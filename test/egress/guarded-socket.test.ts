import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createGuardedSockets, type GuardedSocketOptions } from '../../src/egress/guarded-socket.ts';
import type { EgressRule, ResolvedAddress } from '../../src/egress/index.ts';
import { type Listener, listen, silentListener } from './servers.ts';

const PORTS = [465, 587];
const LOOPBACK: EgressRule = { kind: 'network', network: '127.0.0.0', prefixLength: 8 };
const never = new AbortController().signal;
const listeners: Listener[] = [];
afterEach(async () => {
  for (const { close } of listeners.splice(0)) await close();
});

async function silent(): Promise<Listener> {
  const listener = await silentListener();
  listeners.push(listener);
  return listener;
}

function sockets(change: Partial<GuardedSocketOptions> = {}) {
  return createGuardedSockets({ allow: [], ports: PORTS, resolve: named('127.0.0.1'), ...change });
}

function named(...addresses: string[]) {
  const found = addresses.map(
    (address): ResolvedAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
  );
  return async () => found;
}

it.each([
  { host: '127.0.0.1', port: 587, code: 'address' },
  { host: '0x7f.1', port: 587, code: 'address' },
  { host: '2130706433', port: 587, code: 'address' },
  { host: '[::1]', port: 465, code: 'address' },
  { host: '[::ffff:7f00:1]', port: 587, code: 'address' },
  { host: '１２７.０.０.１', port: 587, code: 'address' },
  { host: '169.254.169.254', port: 587, code: 'address' },
  { host: 'localhost', port: 587, code: 'name' },
  { host: 'mail.internal', port: 587, code: 'name' },
  { host: 'metadata.google.internal', port: 587, code: 'name' },
  { host: 'mail.example', port: 25, code: 'port' },
  { host: 'mail.example', port: 6379, code: 'port' },
  { host: 'mail.example:25', port: 587, code: 'bad_url' },
  { host: 'a b', port: 587, code: 'bad_url' },
  { host: '', port: 587, code: 'bad_url' },
])('refuses $host:$port ($code), in a form and when it is used', async ({ host, port, code }) => {
  const way = sockets();
  expect(way.check({ host, port })).toMatchObject({
    ok: false,
    error: { errorClass: 'blocked_destination', code },
  });
  await expect(way.connect({ host, port }, never)).rejects.toMatchObject({
    errorClass: 'blocked_destination',
    code,
  });
});

it('refuses a name when any of its addresses is private, and dials none of them', async () => {
  const listener = await silent();
  const way = sockets({ ports: [listener.port], resolve: named('93.184.216.34', '127.0.0.1') });
  const target = { host: 'mail.example', port: listener.port };
  expect(way.check(target)).toMatchObject({ ok: true, opened: false });
  await expect(way.connect(target, never)).rejects.toMatchObject({
    errorClass: 'blocked_destination',
    code: 'address',
  });
  expect(listener.connections()).toBe(0);
});

it('connects to the vetted address, says what was opened by name, and writes nothing by itself', async () => {
  const listener = await silent();
  const target = { host: 'Mail.Example', port: listener.port };
  const byNetwork = await sockets({ allow: [LOOPBACK], ports: [listener.port] }).connect(target, never);
  expect(byNetwork).toMatchObject({ opened: false, tls: { servername: 'mail.example' } });
  const byName = await sockets({
    allow: [{ kind: 'host', host: 'mail.example', port: listener.port }],
  }).connect(target, never);
  expect(byName.opened).toBe(true);
  for (const { socket } of [byNetwork, byName]) {
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
    await once(socket, 'close');
  }
  expect(listener.connections()).toBe(2);
  expect(listener.bytesReceived()).toBe(0);
});

it('opens a port to nobody by a network rule alone', () => {
  expect(sockets({ allow: [LOOPBACK] }).check({ host: '127.0.0.1', port: 25 })).toMatchObject({ ok: false });
  expect(sockets({ allow: [LOOPBACK] }).check({ host: '127.0.0.1', port: 587 })).toMatchObject({ ok: true });
});

it('section 10: sends a password to no other server than it was saved for', async () => {
  const listener = await silent();
  const way = sockets({ allow: [LOOPBACK], ports: [listener.port] });
  const bound = way.forHosts([`mail.example:${listener.port}`]);
  const other = bound({ host: 'evil.example', port: listener.port }, never);
  await expect(other).rejects.toMatchObject({ errorClass: 'blocked_destination', code: 'host_not_bound' });
  await expect(way.forHosts([])({ host: 'mail.example', port: listener.port }, never)).rejects.toMatchObject({
    code: 'host_not_bound',
  });
  expect(listener.connections()).toBe(0);
  const { socket } = await bound({ host: 'mail.example', port: listener.port }, never);
  socket.destroy();
});

it('section 10: cuts a conversation that drips past its deadline', async () => {
  const dripping = createServer((socket) => {
    const drip = setInterval(() => socket.write('.'), 10);
    socket.on('close', () => clearInterval(drip)).on('error', () => {});
  });
  const listener = await listen(dripping);
  listeners.push(listener);
  const way = sockets({ allow: [LOOPBACK], ports: [listener.port], totalTimeoutMs: 80 });
  const { socket } = await way.connect({ host: 'mail.example', port: listener.port }, never);
  const failed = once(socket.resume(), 'error');
  expect(await failed).toMatchObject([{ code: 'total_timeout' }]);
  expect(socket.destroyed).toBe(true);
});

it('gives up a name server that never answers, and obeys an abort while it waits', async () => {
  const stuck = () => new Promise<never>(() => {});
  const way = sockets({ connectTimeoutMs: 50, resolve: stuck });
  const target = { host: 'mail.example', port: 587 };
  await expect(way.connect(target, never)).rejects.toMatchObject({ code: 'connect_timeout' });
  const stop = new AbortController();
  const reason = new Error('shutting down');
  const waiting = sockets({ resolve: stuck }).connect(target, stop.signal);
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});

it('cuts an open connection on abort', async () => {
  const listener = await silent();
  const stop = new AbortController();
  const way = sockets({ allow: [LOOPBACK], ports: [listener.port] });
  const { socket } = await way.connect({ host: 'mail.example', port: listener.port }, stop.signal);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  stop.abort(new Error('shutting down'));
  await closed;
  expect(socket.destroyed).toBe(true);
});

it('tells the person neither the address behind a name nor who answered there', async () => {
  const way = sockets({ allow: [LOOPBACK], ports: [1], resolve: named('127.0.0.9') });
  const error: unknown = await way.connect({ host: 'mail.example', port: 1 }, never).catch((e: unknown) => e);
  expect(String(error)).toContain('mail.example');
  expect(String(error)).not.toContain('127.0.0.9');
});
