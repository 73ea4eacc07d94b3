import { afterEach, expect, it } from 'vitest';
import { channels, createChannels, type Picture } from '../../src/notifications/index.ts';
import { createSlack } from '../../src/notifications/slack.ts';
import { keyResultItem, news, titled } from './news.ts';
import { sendInput, startReceiver } from './receiver.ts';

const TOKEN = 'xoxb-0123456789-abcdefghij';
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const draw: Picture = async () => PNG;

type Answers = Record<string, (body: string) => unknown>;
let receiver: Awaited<ReturnType<typeof startReceiver>> | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

/** Speaks Slack's Web API as its pages describe it; a test changes one answer. */
async function slackStandIn(answers: Answers = {}) {
  const usual: Answers = {
    '/api/files.getUploadURLExternal': () => ({
      ok: true,
      upload_url: `${receiver?.url}/upload/v1/abc`,
      file_id: 'F0123ABCDEF',
    }),
    '/upload/v1/abc': () => 'OK - 20',
    '/api/files.completeUploadExternal': () => ({ ok: true, files: [{ id: 'F0123ABCDEF' }] }),
    '/api/chat.postMessage': () => ({ ok: true, ts: '1741759800.000100' }),
  };
  receiver = await startReceiver((request, response) => {
    const path = request.url ?? '';
    const body = receiver?.received.at(-1)?.body ?? '';
    const answer = (answers[path] ?? usual[path])?.(body);
    if (typeof answer === 'number') {
      response.writeHead(answer, { 'retry-after': '30' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  return receiver;
}

async function send(picture: Picture | null = draw, message = news(), fetch = receiver?.fetch) {
  if (receiver === null || fetch === undefined) throw new Error('no stand-in');
  const { slack } = createChannels({
    slackHosts: [receiver.host],
    ...(picture === null ? {} : { picture }),
  });
  const result = await slack.send(
    sendInput({
      config: { channelId: 'C0123456789', apiUrl: `${receiver.url}/api/` },
      secrets: { token: TOKEN },
      fetch,
      delivery: { id: 'dlv_7', message },
    }),
  );
  const paths = receiver.received.map(({ path }) => path);
  const posts = receiver.received.filter(({ path }) => path === '/api/chat.postMessage');
  return { result, paths, posts, last: JSON.parse(posts.at(-1)?.body ?? '{}') };
}

it('uploads the chart in three steps and shows it in the message', async () => {
  const { received } = await slackStandIn();
  const { last, paths, result } = await send();
  expect(result).toEqual({ ok: true, status: 200 });
  expect(paths).toEqual([
    '/api/files.getUploadURLExternal',
    '/upload/v1/abc',
    '/api/files.completeUploadExternal',
    '/api/chat.postMessage',
  ]);
  expect(new URLSearchParams(received[0]?.body)).toEqual(
    new URLSearchParams({
      filename: 'chart.png',
      length: String(PNG.length),
      alt_txt: 'Chart of Weekly active users: history, target, expected pace and forecast',
    }),
  );
  expect(JSON.parse(received[2]?.body ?? '')).toMatchObject({ files: [{ id: 'F0123ABCDEF' }] });
  expect(last).toMatchObject({
    channel: 'C0123456789',
    metadata: { event_payload: { delivery_id: 'dlv_7' } },
  });
  expect(last.blocks.filter(({ type }: { type: string }) => type === 'image')).toEqual([
    {
      type: 'image',
      slack_file: { id: 'F0123ABCDEF' },
      alt_text: 'Chart of Weekly active users: history, target, expected pace and forecast',
    },
  ]);
});

it('shows the token to the API and to nobody else', async () => {
  const { received } = await slackStandIn();
  await send();
  const shown = received.map(({ headers, path }) => [path, headers.authorization]);
  expect(shown).toContainEqual(['/api/chat.postMessage', `Bearer ${TOKEN}`]);
  expect(shown).toContainEqual(['/upload/v1/abc', undefined]);
  expect(received.map(({ body }) => body).join('')).not.toContain(TOKEN);
});

it.each([
  {
    why: 'no place is given',
    answers: { '/api/files.getUploadURLExternal': () => ({ ok: false, error: 'missing_scope' }) },
  },
  { why: 'the place is down', answers: { '/upload/v1/abc': () => 500 } },
  {
    why: 'the upload is not completed',
    answers: { '/api/files.completeUploadExternal': () => ({ ok: false, error: 'file_not_found' }) },
  },
  { why: 'the answer is not from Slack', answers: { '/api/files.getUploadURLExternal': () => '<html>' } },
])('sends the message without its image when $why', async ({ answers }) => {
  await slackStandIn(answers);
  const { last, posts, result } = await send();
  expect(result).toEqual({ ok: true, status: 200 });
  expect(posts).toHaveLength(1);
  expect(JSON.stringify(last)).not.toContain('slack_file');
});

it('takes the picture to no other place than Slack, even where the guard would let it', async () => {
  const other = await startReceiver((_request, response) => response.end());
  const slackAnswer = { ok: true, upload_url: `${other.url}/upload`, file_id: 'F0123ABCDEF' };
  const { fetch, host } = await slackStandIn({ '/api/files.getUploadURLExternal': () => slackAnswer });
  const either: typeof fetch = (input, init) =>
    new URL(input).host === host ? fetch(input, init) : other.fetch(input, init);
  const { last, result } = await send(draw, news(), either);
  expect(result).toEqual({ ok: true, status: 200 });
  expect(other.received).toEqual([]);
  expect(JSON.stringify(last)).not.toContain('slack_file');
  await other.close();
});

it('sends the message without its image when nothing is drawn, or drawing fails', async () => {
  await slackStandIn();
  const pictures: (Picture | null)[] = [null, async () => null, () => Promise.reject(new Error('no font'))];
  for (const picture of pictures) expect((await send(picture)).result).toEqual({ ok: true, status: 200 });
  expect(new Set(receiver?.received.map(({ path }) => path))).toEqual(new Set(['/api/chat.postMessage']));
});

it('waits a moment for Slack to take in the picture, and posts once', async () => {
  let refusals = 2;
  await slackStandIn({
    '/api/chat.postMessage': () => {
      refusals -= 1;
      return refusals < 0 ? { ok: true } : { ok: false, error: 'invalid_blocks' };
    },
  });
  const { last, posts, result } = await send();
  expect(result).toEqual({ ok: true, status: 200 });
  expect(posts).toHaveLength(3);
  expect(JSON.stringify(last)).toContain('slack_file');
});

it('leaves the picture out when Slack never takes it in', async () => {
  await slackStandIn({
    '/api/chat.postMessage': (body) =>
      body.includes('slack_file') ? { ok: false, error: 'invalid_blocks' } : { ok: true },
  });
  const { last, result } = await send();
  expect(result).toEqual({ ok: true, status: 200 });
  expect(JSON.stringify(last)).not.toContain('slack_file');
});

it('sends the message without its image when Slack takes too long over the upload', async () => {
  const stuck: (() => void)[] = [];
  receiver = await startReceiver((request, response) => {
    if (request.url === '/api/chat.postMessage') response.end('{"ok":true}');
    else stuck.push(() => response.end());
  });
  const slack = createSlack({ extraHosts: [receiver.host], picture: draw, pictureTimeoutMs: 50 });
  const result = await slack.send(
    sendInput({
      config: { channelId: 'C0123456789', apiUrl: `${receiver.url}/api/` },
      secrets: { token: TOKEN },
      fetch: receiver.fetch,
    }),
  );
  expect(result).toEqual({ ok: true, status: 200 });
  expect(stuck).toHaveLength(1);
  expect(receiver.received.at(-1)?.body).not.toContain('slack_file');
});

it('a shutdown while the picture is uploaded is no result: the attempt is given back', async () => {
  const shutdown = new AbortController();
  const reason = new Error('shutting down');
  receiver = await startReceiver(() => shutdown.abort(reason));
  const slack = createSlack({ extraHosts: [receiver.host], picture: draw });
  const sending = slack.send(
    sendInput({
      config: { channelId: 'C0123456789', apiUrl: `${receiver.url}/api/` },
      secrets: { token: TOKEN },
      fetch: receiver.fetch,
      signal: shutdown.signal,
    }),
  );
  await expect(sending).rejects.toBe(reason);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/api/files.getUploadURLExternal']);
});

it('draws one picture for a group, of the most important item that has one', async () => {
  await slackStandIn();
  const drawn: string[] = [];
  const picture: Picture = async (_chart, { title }) => {
    drawn.push(title);
    return PNG;
  };
  const { last } = await send(picture, news([titled('A', { chart: null }), titled('B'), titled('C')]));
  expect(drawn).toEqual(['B']);
  const text = JSON.stringify(last.blocks);
  expect(text.indexOf('slack_file')).toBeGreaterThan(text.indexOf('Off track: B'));
  expect(text.indexOf('slack_file')).toBeLessThan(text.indexOf('Off track: C'));
});

it.each([
  { answer: { ok: false, error: 'is_archived' }, result: { errorClass: 'gone', status: 200 } },
  { answer: { ok: false, error: 'channel_not_found' }, result: { errorClass: 'rejected', status: 200 } },
  { answer: { ok: false, error: 'token_revoked' }, result: { errorClass: 'rejected', status: 200 } },
  { answer: { ok: false, error: 'internal_error' }, result: { errorClass: 'transient', status: 200 } },
  { answer: { ok: false, error: 'ratelimited' }, result: { errorClass: 'rate_limited', status: 200 } },
  { answer: 429, result: { errorClass: 'rate_limited', status: 429, afterMs: 30_000 } },
  { answer: 502, result: { errorClass: 'transient', status: 502 } },
  { answer: '<html>proxy</html>', result: { errorClass: 'transient', status: 200 } },
])('a post answered with $answer gives $result', async ({ answer, result }) => {
  await slackStandIn({ '/api/chat.postMessage': () => answer });
  const sent = await send(null, news([keyResultItem({ chart: null })]));
  expect(sent.result).toEqual({ ok: false, ...result });
});

it('takes a token with the id of a channel, and binds it to Slack', () => {
  const draft = { config: { channelId: 'C0123456789' }, secrets: { token: TOKEN } };
  expect(channels.slack.accept(draft, () => '')).toEqual({
    ok: true,
    ...draft,
    signingSecret: null,
    shown: 'Slack C0123456789',
    allowedHosts: ['slack.com', 'files.slack.com'],
    reach: ['https://slack.com/api/', 'https://files.slack.com/'],
  });
});

it.each([
  { why: 'no token and no address', draft: {}, problem: /webhook, or a bot token/ },
  {
    why: 'a user token',
    draft: { config: { channelId: 'C0123456789' }, secrets: { token: 'xoxp-0123456789-abc' } },
    problem: /xoxb-/,
  },
  {
    why: 'a channel name',
    draft: { config: { channelId: '#general' }, secrets: { token: TOKEN } },
    problem: /channelId/,
  },
  { why: 'a token without a channel', draft: { secrets: { token: TOKEN } }, problem: /channelId/ },
  {
    why: 'another API',
    draft: {
      config: { channelId: 'C0123456789', apiUrl: 'https://evil.example/api/' },
      secrets: { token: TOKEN },
    },
    problem: /must start with/,
  },
])('refuses $why', ({ draft, problem }) => {
  const accepted = channels.slack.accept(draft, () => '');
  expect(accepted).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  expect(JSON.stringify(accepted)).not.toContain(TOKEN);
});
