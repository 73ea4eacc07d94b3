import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import {
  channels,
  createChannels,
  type Message,
  type Picture,
  type SendInput,
} from '../../src/notifications/index.ts';
import { MAIL_HOST, startMailServer, wayTo } from './mail-server.ts';
import { keyResultItem, news, titled, wholeDigest } from './news.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const draw: Picture = async () => PNG;
const now = new Date('2025-03-12T06:10:05Z');

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: SMTPServerOptions = {}) {
  const server = await startMailServer(options);
  closers.push(server.close);
  return server;
}

type Change = {
  config?: Record<string, unknown>;
  secrets?: Record<string, string>;
  message?: Message;
  picture?: Picture | null;
  way?: Parameters<typeof wayTo>[1];
  alreadyTaken?: string[];
  signal?: AbortSignal;
};

function mailTo(port: number, change: Change = {}) {
  const picture = change.picture === undefined ? draw : change.picture;
  const { email } = createChannels({ slackHosts: [], ...(picture === null ? {} : { picture }) });
  const input: SendInput<unknown, unknown> = {
    config: {
      to: ['ana@team.example', 'ben@team.example'],
      from: 'okr@acme.example',
      smtp: `smtp://${MAIL_HOST}:${port}`,
      ...change.config,
    },
    secrets: change.secrets ?? {},
    delivery: { id: 'dlv_1', message: change.message ?? news() },
    fetch: () => Promise.reject(new Error('mail needs no HTTP')),
    connect: wayTo(port, change.way),
    signal: change.signal ?? new AbortController().signal,
    now,
    ...(change.alreadyTaken === undefined ? {} : { alreadyTaken: change.alreadyTaken }),
  };
  return email.send(input);
}

async function arrives(change: Change = {}, options: SMTPServerOptions = {}) {
  const { arrived, port } = await start(options);
  expect(await mailTo(port, change)).toEqual({ ok: true, status: 250 });
  const [first] = arrived;
  if (first === undefined) throw new Error('nothing arrived');
  return first;
}

it('arrives as text and HTML with the chart inside, encrypted, for every recipient', async () => {
  const { encrypted, envelope, mail, raw } = await arrives();
  expect(encrypted).toBe(true);
  expect(envelope).toEqual({ from: 'okr@acme.example', to: ['ana@team.example', 'ben@team.example'] });
  expect(mail.subject).toBe('Off track: Weekly active users');
  expect(mail.from?.text).toBe('"Tidemark" <okr@acme.example>');
  expect(mail.messageId).toBe('<dlv_1@acme.example>');
  expect(mail.date).toEqual(now);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.has('list-unsubscribe')).toBe(false);
  expect(mail.text).toContain('Chance: 18% of reaching the goal, a week ago 41%');
  expect(mail.text).toContain('To stop these messages');
  expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
  expect(mail.attachments).toMatchObject([
    {
      contentType: 'image/png',
      contentDisposition: 'inline',
      cid: 'chart-1.dlv_1@acme.example',
      content: PNG,
    },
  ]);
  // The HTML part as it was sent; the parser puts the picture in place of its content id.
  expect(raw.replace(/=\r?\n/g, '')).toContain('cid:chart-1.dlv_1@acme.example');
  expect(mail.html).toContain('<html lang="en">');
});

it('fetches nothing from anywhere: the only addresses in it are links of ours', async () => {
  const { mail } = await arrives({ message: wholeDigest() });
  const html = String(mail.html);
  expect(html).not.toMatch(/<script|<link|@import|url\(|\bsrc="(?!data:|cid:)|\son\w+="/i);
  const addresses = [...html.matchAll(/https?:\/\/[^"'<\s]+/g)].map(([url]) => new URL(url).host);
  expect(new Set(addresses)).toEqual(new Set(['tidemark.example']));
});

it('speaks the language of the channel, and says which it is', async () => {
  const { mail } = await arrives({ config: { lang: 'zh-CN' } });
  expect(mail.subject).toBe('偏离目标：Weekly active users');
  expect(mail.headers.get('content-language')).toBe('zh-CN');
  expect(mail.html).toContain('<html lang="zh-CN">');
  expect(mail.text).toContain('达成概率：18%，一周前 41%');
});

it('is the same mail when it is sent again: by its id a repeat is recognised', async () => {
  const { arrived, port } = await start();
  await mailTo(port);
  await mailTo(port);
  expect(arrived.map(({ mail }) => mail.messageId)).toEqual(['<dlv_1@acme.example>', '<dlv_1@acme.example>']);
});

it('lets no title add a header, a recipient or markup', async () => {
  const title = 'Q3\r\nBcc: mallory@evil.example\r\n\r\n<img src=x onerror=alert(1)> & "more"';
  const { envelope, mail, raw } = await arrives({ message: news([titled(title)]) });
  expect(envelope.to).toEqual(['ana@team.example', 'ben@team.example']);
  expect(mail.bcc).toBeUndefined();
  expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  expect(mail.subject).toBe('Off track: Q3 Bcc: mallory@evil.example <img src=x onerror=alert(1)> & "more"');
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;more&quot;');
  expect(mail.html).not.toContain('<img src=x');
});

it('cuts a subject that no client shows, and says it whole in the text', async () => {
  const { mail } = await arrives({ message: news([titled('长'.repeat(290))]) });
  expect(mail.subject).toHaveLength(200);
  expect(mail.text).toContain('长'.repeat(290));
});

it('goes out without its picture when none can be drawn', async () => {
  const pictures: (Picture | null)[] = [null, async () => null, () => Promise.reject(new Error('no font'))];
  for (const picture of pictures) {
    const { mail } = await arrives({ picture });
    expect(mail.attachments).toEqual([]);
    expect(mail.html).not.toContain('<img');
  }
});

it('shows the charts of a group beside their items, at most five', async () => {
  const drawn: string[] = [];
  const picture: Picture = async (_chart, { title, unit, lang }) => {
    drawn.push(`${title} ${unit} ${lang}`);
    return PNG;
  };
  const items = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((title) => titled(title));
  const { mail } = await arrives({ picture, message: news(items) });
  expect(drawn).toEqual(['A', 'B', 'C', 'D', 'E'].map((title) => `${title} count en`));
  expect(mail.attachments).toHaveLength(5);
  expect(new Set(mail.attachments.map(({ cid }) => cid)).size).toBe(5);
});

it('signs in once the connection is encrypted', async () => {
  const { encrypted, user } = await arrives({ config: { user: 'okr' }, secrets: { password: 'p4ss' } });
  expect({ encrypted, user }).toEqual({ encrypted: true, user: 'okr' });
});

it('speaks TLS from the first byte to smtps://', async () => {
  const { arrived, port } = await start({ secure: true });
  const config = { smtp: `smtps://${MAIL_HOST}:${port}` };
  expect(await mailTo(port, { config })).toEqual({ ok: true, status: 250 });
  expect(arrived[0]?.encrypted).toBe(true);
});

it('sends neither mail nor password in clear: a server without STARTTLS gets nothing', async () => {
  let signIns = 0;
  const { arrived, port } = await start({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => {
      signIns += 1;
      done(null, { user: 'x' });
    },
  });
  const change = { config: { user: 'okr' }, secrets: { password: 'p4ss' } };
  expect(await mailTo(port, change)).toEqual(expect.objectContaining({ ok: false, errorClass: 'rejected' }));
  expect({ arrived, signIns }).toEqual({ arrived: [], signIns: 0 });
});

it('sends in clear only to a server that the operator has opened by name and port', async () => {
  const { arrived, port } = await start({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  expect(await mailTo(port, { way: { asNetwork: false } })).toEqual({ ok: true, status: 250 });
  expect(arrived[0]?.encrypted).toBe(false);
});

it.each([
  { scheme: 'smtp', secure: false },
  { scheme: 'smtps', secure: true },
])(
  'checks the certificate of $scheme, also where the operator has opened the server',
  async ({ scheme, secure }) => {
    const { arrived, port } = await start({ secure });
    const config = { smtp: `${scheme}://${MAIL_HOST}:${port}` };
    for (const asNetwork of [true, false]) {
      const sent = await mailTo(port, { config, way: { asNetwork, trusted: false } });
      expect(sent).toEqual({ ok: false, errorClass: 'transient', status: null });
    }
    expect(arrived).toEqual([]);
  },
);

it('takes settings apart: the password is sealed for that server alone', () => {
  const config = {
    to: ['ana@team.example'],
    from: 'okr@acme.example',
    smtp: 'smtp://mail.acme.example',
    user: 'okr',
  };
  expect(channels.email.secretFields).toEqual(['password']);
  expect(channels.email.accept({ config, secrets: { password: 'p4ss' } }, () => '')).toEqual({
    ok: true,
    config,
    secrets: { password: 'p4ss' },
    signingSecret: null,
    shown: 'ana@team.example (mail.acme.example:587)',
    allowedHosts: ['mail.acme.example:587'],
    reach: ['smtp://mail.acme.example:587'],
  });
  const secure = channels.email.accept(
    { config: { ...config, smtp: 'smtps://mail.acme.example' } },
    () => '',
  );
  expect(secure).toMatchObject({ allowedHosts: ['mail.acme.example:465'] });
});

it.each([
  { why: 'nobody to send to', change: { to: [] } },
  {
    why: 'more than 20 people',
    change: { to: Array.from({ length: 21 }, (_, index) => `p${index}@t.example`) },
  },
  { why: 'a second recipient inside one', change: { to: ['a@t.example, b@t.example'] } },
  { why: 'a header inside an address', change: { to: ['a@t.example\r\nBcc: b@t.example'] } },
  { why: 'a header inside the sender', change: { from: 'Okr <o@t.example>\nBcc: x@t.example' } },
  { why: 'a display name as sender', change: { from: 'OKR <okr@t.example>' } },
  { why: 'a web address as server', change: { smtp: 'https://mail.example' } },
  { why: 'a password in the address', change: { smtp: 'smtp://u:p4ss@mail.example:587' } },
  { why: 'a path in the address', change: { smtp: 'smtp://mail.example:587/x' } },
  { why: 'a user on two lines', change: { user: 'okr\r\nRSET' } },
  { why: 'a language that is not ours', change: { lang: 'tlh' } },
])('refuses $why, when it is entered and when it is used', async ({ change }) => {
  const config = { to: ['a@t.example'], from: 'okr@t.example', smtp: 'smtp://mail.example:587', ...change };
  const accepted = channels.email.accept({ config }, () => '');
  expect(accepted).toMatchObject({ ok: false });
  expect(JSON.stringify(accepted)).not.toContain('p4ss');
  const { arrived, port } = await start();
  expect(await mailTo(port, { config: change })).toEqual({ ok: false, errorClass: 'rejected', status: null });
  expect(arrived).toEqual([]);
});

it('goes nowhere without a guarded way', async () => {
  const sent = await channels.email.send({
    config: { to: ['a@t.example'], from: 'okr@t.example', smtp: 'smtp://127.0.0.1:25' },
    secrets: {},
    delivery: { id: 'dlv_1', message: news([keyResultItem()]) },
    fetch: () => Promise.reject(new Error('unused')),
    signal: new AbortController().signal,
    now,
  });
  expect(sent).toEqual({ ok: false, errorClass: 'blocked_destination', status: null });
});
