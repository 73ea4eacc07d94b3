import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer } from '../support/http-server.ts';
import { type Asked, closeEgress, collect, type Outcome } from './support/collect.ts';
import { CONFIG } from './support/read.ts';
import {
  type Answer,
  type Answers,
  EVENTS,
  EXPORT,
  line,
  lines,
  NAMES,
  series,
  startMixpanel,
} from './support/server.ts';

afterAll(closeEgress);

const NOW = '2026-03-05T10:00:00Z';
const ASKED: Asked = { now: NOW, startDay: '2026-03-01', names: ['Sign Up'] };

async function from(answers: Answers, asked: Partial<Asked> = {}): Promise<Outcome> {
  const server = await startMixpanel(answers);
  try {
    return await collect(server.endpoint, { ...ASKED, ...asked });
  } finally {
    await server.close();
  }
}
const exported = (answer: Answer, asked: Partial<Asked> = {}) => from({ [EXPORT]: () => answer }, asked);
const told = ({ taken }: Outcome) => taken.flatMap(({ events }) => events);

const good = line('Sign Up', 'u1', '2026-03-02T10:00:00Z');
const text = `${JSON.stringify(good)}\n`;

it.each([
  { why: 'half a line', tail: text.slice(0, 40), code: 'export_cut_off' },
  { why: '"terminated early"', tail: 'terminated early\n', code: 'export_terminated_early' },
  { why: '"export terminated early"', tail: 'export terminated early', code: 'export_terminated_early' },
  { why: 'an error in place of a line', tail: '{"error":"server overloaded"}\n', code: 'export_error' },
  { why: 'an error of several lines', tail: '{"error":\n', code: 'export_cut_off' },
])('keeps nothing of an export that ends with $why, though its status was 200', async ({ code, tail }) => {
  const { exchanges, failure, taken } = await exported({ text: text.repeat(3) + tail });
  expect(failure).toMatchObject({ errorClass: 'bad_payload', code });
  expect(taken).toEqual([]);
  expect(exchanges).toMatchObject([{ status: 200, error: expect.any(String) }]);
});

it.each([
  { why: 'no event', body: { properties: good.properties }, field: '/event' },
  { why: 'no properties', body: { event: 'Sign Up' }, field: '/properties' },
  {
    why: 'no time',
    body: { event: 'Sign Up', properties: { distinct_id: 'u1' } },
    field: '/properties/time',
  },
  {
    why: 'a time in words',
    body: { event: 'Sign Up', properties: { time: 'noon' } },
    field: '/properties/time',
  },
  { why: 'a list', body: [], field: '/event' },
  { why: 'nothing at all', body: null, field: '/event' },
])('a line with $why is another shape than ours, and names the field', async ({ body, field }) => {
  const { failure, taken } = await exported({ text: `${text}${JSON.stringify(body)}\n` });
  expect(failure).toMatchObject({ errorClass: 'schema_drift' });
  expect(failure?.message).toContain(field);
  expect(taken).toEqual([]);
});

it('takes no web page for events', async () => {
  const page = {
    text: '<!doctype html><title>Maintenance</title>',
    headers: { 'content-type': 'text/html' },
  };
  expect((await exported(page)).failure).toMatchObject({
    errorClass: 'bad_payload',
    code: 'wrong_content_type',
  });
});

it.each<{ why: string; answer(response: ServerResponse): void }>([
  {
    why: 'a connection that is cut',
    answer(response) {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write(text, () => response.socket?.destroy());
    },
  },
  {
    why: 'a compressed answer without its end',
    answer(response) {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text.repeat(50)).subarray(0, -8));
    },
  },
  {
    why: 'a compressed answer whose check sum is wrong',
    answer(response) {
      const bytes = gzipSync(text.repeat(50));
      bytes[bytes.length - 8] = (bytes[bytes.length - 8] ?? 0) ^ 0xff;
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
    },
  },
])('keeps nothing of $why', async ({ answer }) => {
  const server = await startHttpServer((_request, response) => answer(response));
  try {
    const { failure, taken } = await collect(server.url, ASKED);
    expect(failure?.errorClass).toBe('bad_payload');
    expect(taken).toEqual([]);
  } finally {
    await server.close();
  }
});

it('knows people by the id that they were given, and by that of their device where there is none', async () => {
  const outcome = await exported(
    lines(
      line('Sign Up', '$device:d1', '2026-03-02T10:00:00Z', { $user_id: 'u1' }),
      line('Sign Up', '$device:d2', '2026-03-02T10:00:01Z'),
      { event: 'Sign Up', properties: { time: 1_772_445_602, distinct_id: 4711, $insert_id: 'x' } },
      { event: 'Sign Up', properties: { time: 1_772_445_603, distinct_id: '$device:d3', $user_id: 99 } },
    ),
  );
  expect(told(outcome).map(({ userId }) => userId)).toEqual(['u1', '$device:d2', '4711', '99']);
});

it('leaves out what nobody did, and says how much that was', async () => {
  const outcome = await exported(
    lines(line('Sign Up', null, '2026-03-02T10:00:00Z'), line('Sign Up', '', '2026-03-02T10:00:01Z'), good, {
      event: 'Sign Up',
      properties: { time: 1_772_445_602, $insert_id: 'x' },
    }),
  );
  expect(told(outcome).map(({ userId }) => userId)).toEqual(['u1']);
  expect(outcome.taken[0]?.note).toBe('2026-03-01 to 2026-03-04 of UTC, 3 of nobody left out');
});

it('keeps every line without an $insert_id, and says so', async () => {
  const bare = { event: 'Sign Up', properties: { time: 1_772_445_602, distinct_id: 'u1', plan: 'pro' } };
  const outcome = await exported(lines(bare, bare, good));
  expect(told(outcome).map(({ id }) => id === null)).toEqual([true, true, false]);
  expect(outcome.taken[0]?.note).toContain('2 without $insert_id could not be checked for repeats');
});

it('keeps what an event carries, beside what it is', async () => {
  const carried = {
    plan: 'pro',
    seats: 3,
    tags: ['a', 'b'],
    $os: 'iOS',
    nested: { deep: null },
    text: 'très 完璧 \u2028',
  };
  const outcome = await exported(
    lines(
      line('Sign Up', 'u1', '2026-03-02T10:00:00Z', { ...carried, mp_processing_time_ms: 1_772_450_000_000 }),
    ),
  );
  expect(told(outcome)).toMatchObject([
    { event: 'Sign Up', userId: 'u1', order: 1_772_450_000_000, properties: carried },
  ]);
  expect(Object.keys(told(outcome)[0]?.properties ?? {})).toEqual(Object.keys(carried));
});

it('reads times in seconds and in milliseconds', async () => {
  const outcome = await exported(
    lines(
      { event: 'Sign Up', properties: { time: 1_772_445_602, distinct_id: 'u1' } },
      { event: 'Sign Up', properties: { time: 1_772_445_602_250, distinct_id: 'u1' } },
    ),
  );
  // 1,772,445,602 s after 1970 is 2026-03-02T10:00:02Z.
  expect(told(outcome).map(({ at }) => at.toISOString())).toEqual([
    '2026-03-02T10:00:02.000Z',
    '2026-03-02T10:00:02.250Z',
  ]);
});

it('takes nothing that was not asked for, whatever the answer holds', async () => {
  const outcome = await exported(
    lines(
      good,
      line('Page Viewed', 'u1', '2026-03-02T10:00:00Z'),
      line('Sign Up', 'u1', '2026-02-28T23:59:59Z'),
    ),
  );
  expect(told(outcome)).toHaveLength(1);
});

it('believes an empty export of all events only where Mixpanel counts none of those it knows', async () => {
  const days = ['2026-03-02', '2026-03-03'];
  const answers = (count: number): Answers => ({
    [EXPORT]: () => ({ text: '' }),
    [NAMES]: () => ({ body: ['Sign Up'] }),
    [EVENTS]: () => series(days, { 'Sign Up': { '2026-03-02': count, '2026-03-03': 0 } }),
  });
  const quiet = await from(answers(0), { names: null });
  expect(quiet.failure).toBeNull();
  expect(told(quiet)).toEqual([]);
  const broken = await from(answers(1), { names: null });
  expect(broken.failure).toMatchObject({ errorClass: 'bad_payload', code: 'empty_export' });
  expect(broken.taken).toEqual([]);
});

it('asks for a silent day once more with two days before it, and believes their lines', async () => {
  const ranges: string[] = [];
  const outcome = await from(
    {
      [EXPORT](query) {
        ranges.push(`${query.get('from_date')} to ${query.get('to_date')}`);
        return ranges.length === 1 ? { text: '' } : lines(line('Sign Up', 'u1', '2026-03-03T10:00:00Z'));
      },
    },
    { startDay: '2026-03-04' },
  );
  expect(ranges).toEqual(['2026-03-04 to 2026-03-04', '2026-03-02 to 2026-03-04']);
  expect(outcome.failure).toBeNull();
  expect(told(outcome)).toEqual([]);
});

it.each([
  { region: 'us', host: 'data.mixpanel.com' },
  { region: 'eu', host: 'data-eu.mixpanel.com' },
  { region: 'in', host: 'data-in.mixpanel.com' },
] as const)('asks the host of the region where the data is kept: $region', async ({ host, region }) => {
  const { context } = testContext({ ...CONFIG, region }, null, new Date(NOW));
  const asked: URL[] = [];
  const answering = {
    ...context,
    fetch: async (input: string | URL) => {
      asked.push(new URL(input));
      return new Response(text);
    },
  };
  const start = { names: ['Sign Up'], startDay: '2026-03-01', state: null };
  let count = 0;
  for await (const { events } of mixpanel.events?.read(answering, start) ?? [])
    for await (const event of events) count += event.userId === 'u1' ? 1 : 0;
  expect(count).toBe(1);
  expect(asked.map((url) => `${url.host}${url.pathname}`)).toEqual([`${host}/api/2.0/export`]);
  expect(mixpanel.allowedHosts(null)).toContain(host);
});
