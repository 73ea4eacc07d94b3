import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConnectorError, type Exchange, openLines } from '../../../connectors/sdk/index.ts';
import type { LineOptions } from '../../../connectors/sdk/lines.ts';

const SECRET = 'kEpt0utOfSight';
const ADDRESS = new URL(`https://data.example/export?project_id=1&where=${SECRET}`);
const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (text: string) => new TextEncoder().encode(text);

type Given = { status?: number; headers?: Record<string, string>; options?: Partial<LineOptions> };

/** What comes of an answer in these pieces: its lines, its failure, and the record that it left. */
async function read(pieces: Iterable<Uint8Array | Error>, given: Given = {}) {
  const exchanges: Exchange[] = [];
  const stop = new AbortController();
  const source = pieces[Symbol.iterator]();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = source.next();
        if (next.done === true) controller.close();
        else if (next.value instanceof Error) controller.error(next.value);
        else controller.enqueue(next.value);
      },
      cancel() {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const context = {
    signal: stop.signal,
    record: (exchange: Exchange) => exchanges.push(exchange),
    fetch: async () => new Response(body, { status: given.status ?? 200, headers: given.headers ?? {} }),
  };
  const refuse = async (response: Response) => refusal(await response.text());
  const options = { provider: 'Shop', secrets: [SECRET], headers: {}, refuse, ...given.options };
  const lines = openLines(context, ADDRESS, options);
  return { lines, exchanges, stop, isCancelled: () => cancelled };
}

function refusal(said: string): ConnectorError {
  return new ConnectorError(`refused: ${said.length}`, {
    errorClass: 'auth',
    code: 'http_401',
    remedy: { by: 'time' },
  });
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const taken: string[] = [];
  for await (const line of lines) taken.push(line);
  return taken;
}

async function failure(lines: AsyncIterable<string>): Promise<ConnectorError> {
  const error: unknown = await all(lines).catch((caught: unknown) => caught);
  if (error instanceof ConnectorError) return error;
  throw new Error(`no ConnectorError: ${String(error)}`);
}

it('tells the same lines wherever the bytes were cut, also inside of a character', async () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 12 });
  const cuts = fc.array(fc.nat(80), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(texts, cuts, fc.boolean(), async (told, at, ended) => {
      const lines = told.map((line) => line.replaceAll(/[\r\n\ufeff]/g, ''));
      const bytes = bytesOf(lines.join('\n') + (ended ? '\n' : ''));
      const borders = [
        0,
        ...at.filter((each) => each <= bytes.length).toSorted((a, b) => a - b),
        bytes.length,
      ];
      const pieces = borders.slice(1).map((end, index) => bytes.slice(borders[index], end));
      const { lines: taken } = await read(pieces);
      expect(await all(taken)).toEqual(lines.filter((line) => line.trim() !== ''));
    }),
  );
});

it.each([
  { text: 'a\r\nb\r\n', lines: ['a', 'b'], why: 'a return before the end of a line is none of it' },
  { text: '\n\na\n \n\nb\n', lines: ['a', 'b'], why: 'blank lines are none' },
  { text: 'a\nb', lines: ['a', 'b'], why: 'the last line needs no end' },
  {
    text: 'a\u2028b\u0085c\vd\n',
    lines: ['a\u2028b\u0085c\vd'],
    why: 'other ends of lines stand inside of texts',
  },
  { text: '', lines: [], why: 'nothing is no line' },
])('$why', async ({ lines, text }) => {
  const { lines: taken } = await read([bytesOf(text)]);
  expect(await all(taken)).toEqual(lines);
});

it.each([
  { bytes: [0x61, 0x0a, 0xc3, 0x28, 0x0a], why: 'a byte that no character has' },
  { bytes: [0x61, 0x0a, 0xe2, 0x82], why: 'an end inside of a character' },
])('refuses what is no UTF-8: $why', async ({ bytes }) => {
  const { lines, exchanges } = await read([new Uint8Array(bytes)]);
  expect(await failure(lines)).toMatchObject({ errorClass: 'bad_payload', code: 'not_utf8' });
  expect(exchanges).toMatchObject([
    { error: 'not_utf8', responseBytes: bytes.length, responseSha256: digest(new Uint8Array(bytes)) },
  ]);
});

it('leaves one record with the digest of everything that came, and without the secret', async () => {
  const { lines, exchanges } = await read([bytesOf('a\nb'), bytesOf('c\n')], {
    headers: { 'x-request-id': 'req-7' },
  });
  expect(await all(lines)).toEqual(['a', 'bc']);
  const [only, ...others] = exchanges;
  expect(others).toEqual([]);
  expect(only).toMatchObject({
    method: 'GET',
    status: 200,
    requestId: 'req-7',
    responseBytes: 5,
    responseSha256: digest('a\nbc\n'),
  });
  expect(only).not.toHaveProperty('error');
  expect(JSON.stringify(only)).not.toContain(SECRET);
});

it('a connection that breaks in the middle is a broken answer, with what had come by then', async () => {
  const cut = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const { lines, exchanges } = await read([bytesOf('a\nb'), cut]);
  expect(await failure(lines)).toMatchObject({ errorClass: 'bad_payload', code: 'body_cut_off' });
  expect(exchanges).toMatchObject([
    { error: 'body_cut_off', responseBytes: 3, responseSha256: digest('a\nb') },
  ]);
});

it('a stream that stands still was too slow, which may be better next time', async () => {
  const idle = Object.assign(new Error('idle'), { errorClass: 'timeout', code: 'idle_timeout' });
  const { lines } = await read([bytesOf('a\n'), idle]);
  expect(await failure(lines)).toMatchObject({ errorClass: 'transient', code: 'timeout' });
});

it('stops when it is asked to, in the middle of the lines', async () => {
  const { lines, exchanges, stop } = await read([bytesOf('a\n'), new Error('aborted')]);
  expect(await lines.next()).toMatchObject({ value: 'a' });
  stop.abort(new Error('shutting down'));
  expect(await failure(lines)).toMatchObject({ errorClass: 'transient', code: 'aborted' });
  expect(exchanges).toMatchObject([{ error: 'aborted' }]);
});

it('says of lines that nobody wanted to the end that they are not all, and lets the connection go', async () => {
  const { lines, exchanges, isCancelled } = await read([bytesOf('a\nb\n'), bytesOf('c\n')]);
  for await (const line of lines) if (line === 'a') break;
  expect(isCancelled()).toBe(true);
  expect(exchanges).toMatchObject([{ status: 200, error: 'not_read_to_its_end', responseBytes: 4 }]);
});

it('a refusal is explained by a piece of its body, however large that is', async () => {
  function* forEver() {
    for (;;) yield new Uint8Array(50_000).fill(0x61);
  }
  const { lines, exchanges, isCancelled } = await read(forEver(), { status: 401 });
  // 64 KiB.
  expect(await failure(lines)).toMatchObject({ code: 'http_401', message: 'refused: 65536' });
  expect(exchanges).toMatchObject([{ status: 401, error: 'http_401' }]);
  expect(isCancelled()).toBe(true);
});

it('an answer of another kind is not read at all', async () => {
  const problem = (headers: Headers) =>
    headers.get('content-type') === 'text/html' ? refusal('page') : null;
  const { lines, exchanges, isCancelled } = await read([bytesOf('<html>')], {
    headers: { 'content-type': 'text/html' },
    options: { problem },
  });
  expect(await failure(lines)).toMatchObject({ code: 'http_401' });
  expect(exchanges).toMatchObject([{ responseBytes: 0, responseSha256: null }]);
  expect(isCancelled()).toBe(true);
});

it('a line without end does not fill the memory', async () => {
  let asked = 0;
  function* forEver() {
    for (;;) {
      asked += 1;
      yield new Uint8Array(1_000_000).fill(0x61);
    }
  }
  const { lines } = await read(forEver());
  expect(await failure(lines)).toMatchObject({ errorClass: 'bad_payload', code: 'line_too_long' });
  expect(asked).toBeLessThan(10);
});
