import { createServer, type Socket } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { createGuardedSockets } from '../../src/egress/guarded-socket.ts';
import { channels, type SendInput } from '../../src/notifications/index.ts';
import { listen } from '../egress/servers.ts';
import { MAIL_HOST, startMailServer, wayTo } from './mail-server.ts';
import { news } from './news.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: SMTPServerOptions = {}) {
  const server = await startMailServer(options);
  closers.push(server.close);
  return server;
}

function mailTo(port: number, change: Partial<SendInput<unknown, unknown>> = {}) {
  return channels.email.send({
    config: {
      to: ['ana@t.example', 'ben@t.example', 'cem@t.example'],
      from: 'okr@t.example',
      smtp: `smtp://${MAIL_HOST}:${port}`,
    },
    secrets: {},
    delivery: { id: 'dlv_1', message: news() },
    fetch: () => Promise.reject(new Error('mail needs no HTTP')),
    connect: wayTo(port),
    signal: new AbortController().signal,
    now: new Date('2025-03-12T06:10:05Z'),
    ...change,
  });
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

it.each([
  { code: 421, text: 'Service not available', result: { errorClass: 'transient', status: 421 } },
  {
    code: 421,
    text: '4.7.0 Too many messages, slow down',
    result: { errorClass: 'rate_limited', status: 421 },
  },
  {
    code: 450,
    text: '4.2.1 Mailbox receiving mail too fast',
    result: { errorClass: 'rate_limited', status: 450 },
  },
  { code: 450, text: 'Mailbox busy', result: { errorClass: 'transient', status: 450 } },
  {
    code: 451,
    text: 'Greylisted, try again in 5 minutes',
    result: { errorClass: 'rate_limited', status: 451, afterMs: 300_000 },
  },
  { code: 452, text: 'Insufficient system storage', result: { errorClass: 'transient', status: 452 } },
  { code: 550, text: '5.1.1 No such user', result: { errorClass: 'rejected', status: 550 } },
  { code: 552, text: 'Message too large', result: { errorClass: 'rejected', status: 552 } },
  { code: 554, text: '5.7.1 Rejected as spam', result: { errorClass: 'rejected', status: 554 } },
])('a server that answers $code "$text" gives $result', async ({ code, text, result }) => {
  const { arrived, port } = await start({ onRcptTo: (_address, _session, done) => done(reply(code, text)) });
  expect(await mailTo(port)).toEqual({ ok: false, ...result });
  const late = await start({
    onData(stream, _session, done) {
      stream.resume().on('end', () => done(reply(code, text)));
    },
  });
  expect(await mailTo(late.port)).toEqual({ ok: false, ...result });
  expect(arrived).toEqual([]);
});

it('a refused password is no passing trouble', async () => {
  const { port } = await start({
    onAuth: (_auth, _session, done) => done(reply(535, 'Invalid username or password')),
  });
  const config = {
    to: ['ana@t.example'],
    from: 'okr@t.example',
    smtp: `smtp://${MAIL_HOST}:${port}`,
    user: 'okr',
  };
  const sent = await mailTo(port, { config, secrets: { password: 'p4ss' } });
  expect(sent).toEqual({ ok: false, errorClass: 'rejected', status: 535 });
});

/** Refuses some recipients by what their name says. */
function picky(): SMTPServerOptions {
  return {
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('ben')) done(reply(550, 'No such user'));
      else if (address.startsWith('cem')) done(reply(452, 'Mailbox full'));
      else done();
    },
  };
}

it('a recipient refused for good does not keep the mail from the others, and is counted', async () => {
  const { arrived, port } = await start(picky());
  const config = {
    to: ['ana@t.example', 'ben@t.example'],
    from: 'okr@t.example',
    smtp: `smtp://${MAIL_HOST}:${port}`,
  };
  expect(await mailTo(port, { config, alreadyTaken: [] })).toEqual({ ok: true, status: 250, refused: 1 });
  expect(arrived.map(({ envelope }) => envelope.to)).toEqual([['ana@t.example']]);
});

it('a recipient put off is tried again, and nobody else gets a second mail', async () => {
  const first = await start(picky());
  const sent = await mailTo(first.port, { alreadyTaken: [] });
  expect(sent).toEqual({ ok: false, errorClass: 'transient', status: 452, taken: ['ana@t.example'] });
  const later = await start();
  const again = await mailTo(later.port, { alreadyTaken: ['ana@t.example', 'ben@t.example'] });
  expect(again).toEqual({ ok: true, status: 250 });
  expect(later.arrived.map(({ envelope }) => envelope.to)).toEqual([['cem@t.example']]);
  // The mail itself is the same, so who has it sees to whom else it went.
  expect(later.arrived[0]?.mail.messageId).toBe(first.arrived[0]?.mail.messageId);
});

it('who has it stays known over an attempt that reached nobody', async () => {
  const { port } = await start({ onRcptTo: (_address, _session, done) => done(reply(452, 'Mailbox full')) });
  const sent = await mailTo(port, { alreadyTaken: ['ana@t.example'] });
  expect(sent).toEqual({ ok: false, errorClass: 'transient', status: 452, taken: ['ana@t.example'] });
});

it('a caller that cannot remember who has it is never told to repeat', async () => {
  const { port } = await start(picky());
  expect(await mailTo(port)).toEqual({ ok: true, status: 250, refused: 2 });
});

it('has nothing to do once everybody has it', async () => {
  const { arrived, port } = await start();
  const alreadyTaken = ['ana@t.example', 'ben@t.example', 'cem@t.example'];
  expect(await mailTo(port, { alreadyTaken })).toEqual({ ok: true, status: 250 });
  expect(arrived).toEqual([]);
});

it.each([
  { why: 'hangs up at once', talk: (socket: Socket) => socket.destroy() },
  { why: 'hangs up after its greeting', talk: (socket: Socket) => socket.end('220 hello\r\n') },
  { why: 'speaks HTTP', talk: (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') },
])('a server that $why is tried again', async ({ talk }) => {
  const listener = await listen(createServer(talk));
  closers.push(listener.close);
  expect(await mailTo(listener.port)).toMatchObject({ ok: false, errorClass: 'transient' });
});

it('a server that drips its greeting is cut off and tried again', async () => {
  const listener = await listen(
    createServer((socket) => {
      const drip = setInterval(() => socket.write('220-welcome\r\n'), 10);
      socket.on('close', () => clearInterval(drip)).on('error', () => {});
    }),
  );
  closers.push(listener.close);
  const impatient = createGuardedSockets({
    allow: [{ kind: 'host', host: MAIL_HOST, port: listener.port }],
    ports: [],
    totalTimeoutMs: 100,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  const sent = await mailTo(listener.port, { connect: impatient.connect });
  expect(sent).toEqual({ ok: false, errorClass: 'transient', status: null });
});

it('nobody listening is tried again', async () => {
  const listener = await listen(createServer());
  await listener.close();
  expect(await mailTo(listener.port)).toEqual({ ok: false, errorClass: 'transient', status: null });
});

it('a private address is refused before anything is dialled', async () => {
  const { arrived, port } = await start();
  const closed = createGuardedSockets({
    allow: [],
    ports: [port],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  const sent = await mailTo(port, { connect: closed.connect });
  expect(sent).toEqual({ ok: false, errorClass: 'blocked_destination', status: null });
  expect(arrived).toEqual([]);
});

it('a shutdown during an attempt is no result: the attempt is given back', async () => {
  const shutdown = new AbortController();
  const reason = new Error('shutting down');
  const { port } = await start({
    onMailFrom: () => shutdown.abort(reason),
  });
  await expect(mailTo(port, { signal: shutdown.signal })).rejects.toBe(reason);
});

it('what a server says never reaches a result: it may hold what it was sent', async () => {
  const { port } = await start({ onAuth: (_auth, _session, done) => done(reply(535, 'no p4ss for okr')) });
  const config = {
    to: ['ana@t.example'],
    from: 'okr@t.example',
    smtp: `smtp://${MAIL_HOST}:${port}`,
    user: 'okr',
  };
  expect(JSON.stringify(await mailTo(port, { config, secrets: { password: 'p4ss' } }))).not.toContain('p4ss');
});
