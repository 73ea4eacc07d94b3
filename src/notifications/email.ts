import { z } from 'zod';
import { type ChannelKind, defineChannel, type SendInput } from './channel.ts';
import { type DeliveryResult, SEND_TIMEOUT_MS } from './delivery.ts';
import { composeMail } from './email-mail.ts';
import { messageWords } from './message-words.ts';
import type { Picture } from './pictures.ts';
import { sendBySmtp } from './smtp.ts';

const MAX_RECIPIENTS = 20;
const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

const address = z.email('expected a plain address such as okr@example.com').max(254);
const configSchema = z.object({
  to: z.array(address).min(1).max(MAX_RECIPIENTS),
  from: address,
  smtp: z
    .string()
    .max(300)
    .refine((text) => serverOf(text) !== null, {
      error: 'expected smtp://host:587 (STARTTLS) or smtps://host:465, without a user or path',
    }),
  user: z
    .string()
    .regex(/^[^\p{Cc}]{1,200}$/u, 'expected a user name on one line')
    .optional(),
  lang: z.enum(['en', 'zh-CN']).default('en'),
});
const secretsSchema = z.object({ password: z.string().min(1).max(1_000).optional() });
type Config = z.output<typeof configSchema>;
type Secrets = z.output<typeof secretsSchema>;

/** Sends mail through the owner's SMTP server, to at most 20 addresses. */
export function createEmail({ picture }: { picture: Picture | null }): ChannelKind {
  return defineChannel({
    kind: 'email',
    title: 'E-mail',
    takes: { maxItems: 50, charts: true },
    configSchema,
    secretsSchema,
    secretFields: ['password'],
    settingsFor: ({ config = {}, secrets = {}, url }) => ({
      config: url === undefined ? config : { ...config, smtp: url },
      secrets,
      signingSecret: null,
    }),
    addresses({ smtp }) {
      const { host, port, tls } = knownServer(smtp);
      return [new URL(`${tls ? 'smtps' : 'smtp'}://${host}:${port}`)];
    },
    show({ smtp, to }) {
      const { host, port } = knownServer(smtp);
      return `${to.join(', ')} (${host}:${port})`;
    },
    addressProblem: () => null,
    send: (input) => send(input, picture),
  });
}

async function send(
  { alreadyTaken, config, connect, delivery, now, secrets, signal }: SendInput<Config, Secrets>,
  picture: Picture | null,
): Promise<DeliveryResult> {
  if (connect === undefined) return { ok: false, errorClass: 'blocked_destination', status: null };
  const to = config.to.filter((recipient) => !(alreadyTaken ?? []).includes(recipient));
  if (to.length === 0) return { ok: true, status: 250 };
  // Begun before the charts are drawn: the attempt as a whole has its time.
  const deadline = AbortSignal.timeout(SEND_TIMEOUT_MS);
  const words = messageWords(delivery.message, config.lang);
  const mail = await composeMail({
    words,
    deliveryId: delivery.id,
    from: config.from,
    to: config.to,
    sentAt: now,
    picture,
  });
  const server = {
    ...knownServer(config.smtp),
    user: config.user ?? null,
    password: secrets.password ?? null,
  };
  return sendBySmtp({
    server,
    connect,
    from: config.from,
    to,
    alreadyTaken: alreadyTaken ?? null,
    mail,
    signal,
    deadline,
  });
}

function knownServer(smtp: string): { host: string; port: number; tls: boolean } {
  const server = serverOf(smtp);
  if (server === null) throw new TypeError('the address of the mail server was not checked');
  return server;
}

/** `smtp://host[:587]` or `smtps://host[:465]`, nothing more; null otherwise. */
function serverOf(text: string): { host: string; port: number; tls: boolean } | null {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { hash, hostname, password, pathname, port, protocol, search, username } = new URL(text);
  const rest = username + password + search + hash + (pathname === '/' ? '' : pathname);
  if (rest !== '' || hostname === '') return null;
  const tls = protocol === 'smtps:';
  const standard = tls ? SUBMISSIONS_PORT : SUBMISSION_PORT;
  return { host: hostname.toLowerCase(), port: port === '' ? standard : Number(port), tls };
}
