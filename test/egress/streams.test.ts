import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { createEgress, type EgressLimits } from '../../src/egress/index.ts';
import { httpListener } from './servers.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const WIDE = { totalTimeoutMs: 60_000, maxResponseBytes: 1_000_000, idleTimeoutMs: 60_000 };

async function open(handler: RequestListener, limits: Partial<EgressLimits>) {
  const { close, port } = await httpListener(handler);
  const egress = createEgress({ allow: [{ kind: 'host', host: '127.0.0.1', port }], limits });
  closers.push(close, egress.close);
  return (stream: boolean) => egress.fetch(`http://127.0.0.1:${port}/`, { stream });
}

const sends = (bytes: number) => (_request: unknown, response: ServerResponse) => {
  response.end('a'.repeat(bytes));
};

it('a stream may be larger and take longer than an answer that is held', async () => {
  const small = { maxResponseBytes: 10, stream: WIDE };
  const ask = await open(sends(5_000), small);
  expect(await (await ask(true)).text()).toHaveLength(5_000);
  await expect(ask(false)).rejects.toMatchObject({ errorClass: 'too_large' });
});

it('has a limit of its own, whether the answer says its length or not', async () => {
  const limits = { stream: { ...WIDE, maxResponseBytes: 1_000 } };
  const said = await open(sends(1_001), limits);
  await expect(said(true)).rejects.toMatchObject({ code: 'response_size' });
  const unsaid = await open((_request, response) => {
    response.write('a'.repeat(900));
    response.end('a'.repeat(200));
  }, limits);
  await expect((await unsaid(true)).text()).rejects.toMatchObject({ code: 'response_size' });
  const zipped = await open((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(1_001)));
  }, limits);
  await expect((await zipped(true)).text()).rejects.toMatchObject({ code: 'response_size' });
});

// The idle time is looked at about every second by the client below: both wait for it, no clock is measured.
it('ends when nothing more comes, before and after the headers', async () => {
  const limits = { stream: { ...WIDE, idleTimeoutMs: 100 } };
  const silent = await open(() => {}, limits);
  await expect(silent(true)).rejects.toMatchObject({ errorClass: 'timeout', code: 'first_byte_timeout' });
  const stuck = await open((_request, response) => response.write('first'), limits);
  const answer = await stuck(true);
  await expect(answer.text()).rejects.toMatchObject({ errorClass: 'timeout', code: 'idle_timeout' });
});

it('ends when a drip goes on for longer than any export', async () => {
  const timers: NodeJS.Timeout[] = [];
  const drips = await open(
    (_request, response) => {
      timers.push(setInterval(() => response.write('a'), 20));
    },
    { stream: { ...WIDE, totalTimeoutMs: 200 } },
  );
  const answer = await drips(true);
  await expect(answer.text()).rejects.toMatchObject({ errorClass: 'timeout', code: 'total_timeout' });
  for (const timer of timers) clearInterval(timer);
});

it('tells a compressed answer that lacks its end from a whole one', async () => {
  const whole = gzipSync('line\n'.repeat(1_000));
  const ask = await open(
    (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(whole.subarray(0, -8));
    },
    { stream: WIDE },
  );
  await expect((await ask(true)).text()).rejects.toMatchObject({ errorClass: 'bad_payload' });
});
