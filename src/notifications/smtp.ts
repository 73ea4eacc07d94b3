import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Connect } from './channel.ts';
import {
  boundedWait,
  type DeliveryErrorClass,
  type DeliveryResult,
  failure,
  SEND_TIMEOUT_MS,
} from './delivery.ts';
import { domainOf } from './email-mail.ts';

export type SmtpServer = {
  host: string;
  port: number;
  tls: boolean;
  user: string | null;
  password: string | null;
};
export type SmtpInput = {
  server: SmtpServer;
  connect: Connect;
  from: string;
  /** Who still has to get it. */
  to: readonly string[];
  /** Who has it from an earlier attempt; null when the caller cannot remember. */
  alreadyTaken: readonly string[] | null;
  mail: SendMailOptions;
  signal: AbortSignal;
  /** When the attempt has to be over. */
  deadline: AbortSignal;
};

/**
 * One conversation. Encryption is required, and the certificate checked, unless the operator has opened
 * this very host and port: then a server that offers none gets the mail in clear.
 */
export async function sendBySmtp(input: SmtpInput): Promise<DeliveryResult> {
  const { connect, deadline, from, mail, server, signal, to } = input;
  const limited = AbortSignal.any([signal, deadline]);
  let cut = (): void => {};
  try {
    const { opened, socket, tls } = await connect({ host: server.host, port: server.port }, limited);
    cut = () => socket.destroy();
    const transport = createTransport({
      connection: socket,
      host: server.host,
      port: server.port,
      // What we call ourselves: the machine's own name is nobody's business.
      name: domainOf(from),
      secure: server.tls,
      requireTLS: !server.tls && !opened,
      tls: { ...tls, minVersion: 'TLSv1.2', rejectUnauthorized: true },
      ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
      greetingTimeout: SEND_TIMEOUT_MS,
      socketTimeout: SEND_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const sent = await transport.sendMail({ ...mail, envelope: { from, to: [...to] } });
    return partly(input, sent.accepted.map(String), refusalsOf(sent));
  } catch (error) {
    return { ...remembered(input), ...smtpFailure(error, signal) };
  } finally {
    cut();
  }
}

/** Who has it stays known over an attempt that reached nobody. */
function remembered({ alreadyTaken }: SmtpInput): { taken?: string[] } {
  return alreadyTaken === null || alreadyTaken.length === 0 ? {} : { taken: [...alreadyTaken] };
}

/** Each address that a server refused, with the code of its reply. */
type Refusal = { responseCode: number; permanent: boolean };

function refusalsOf(sent: unknown): Refusal[] {
  const errors =
    typeof sent === 'object' && sent !== null && 'rejectedErrors' in sent ? sent.rejectedErrors : [];
  return (Array.isArray(errors) ? errors : []).map((error) => {
    const responseCode = replyOf(error)?.code ?? 0;
    return { responseCode, permanent: responseCode >= 500 };
  });
}

/**
 * Some got it and some did not. Who was refused for good stays refused; who was put off is tried again, for those alone.
 * A caller that cannot remember who has it already must not repeat: that would be a second mail for the others.
 */
function partly(input: SmtpInput, accepted: string[], refusals: Refusal[]): DeliveryResult {
  const later = refusals.find(({ permanent }) => !permanent);
  if (later !== undefined && input.alreadyTaken !== null) {
    const taken = [...input.alreadyTaken, ...accepted];
    return { ok: false, errorClass: 'transient', status: later.responseCode, taken };
  }
  return refusals.length === 0
    ? { ok: true, status: 250 }
    : { ok: true, status: 250, refused: refusals.length };
}

/** @throws the reason of `signal` when that is why */
function smtpFailure(error: unknown, signal: AbortSignal): DeliveryResult {
  const reply = replyOf(error);
  if (reply === null || signal.aborted) {
    // No TLS where it is required: the next attempt will find the same, and somebody has to change the settings.
    if (codeOf(error) === 'ETLS' && !signal.aborted)
      return { ok: false, errorClass: 'rejected', status: null };
    return failure(error, signal);
  }
  const { code, text } = reply;
  const afterMs = waitIn(text);
  const errorClass = classOf(code, text, afterMs);
  return {
    ok: false,
    errorClass,
    status: code,
    ...(errorClass === 'rate_limited' && afterMs !== null ? { afterMs } : {}),
  };
}

/** RFC 5321: 4xx may pass later, 5xx will not. A server that limits rates says so only in its words. */
function classOf(code: number, text: string, afterMs: number | null): DeliveryErrorClass {
  if (code >= 500) return 'rejected';
  const limits = /\b(?:rate|throttl\w*|too many|too fast|quota of messages|4\.7\.28|slow down)\b/i.test(text);
  return limits || afterMs !== null ? 'rate_limited' : 'transient';
}

/** "try again in 5 minutes" as milliseconds, within our bounds. */
function waitIn(text: string): number | null {
  const match =
    /\b(?:in|after|for)\s+(?<count>\d{1,5})\s*(?<unit>s|sec|second|m|min|minute|h|hour)s?\b/i.exec(text);
  const count = Number(match?.groups?.['count'] ?? Number.NaN);
  const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 }[
    (match?.groups?.['unit'] ?? 's').charAt(0).toLowerCase()
  ];
  return Number.isNaN(count) || unitMs === undefined ? null : boundedWait(count * unitMs);
}

function replyOf(error: unknown): { code: number; text: string } | null {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return null;
  const code = Number(error.responseCode);
  const text = 'response' in error ? String(error.response) : '';
  return Number.isInteger(code) && code >= 400 ? { code, text } : null;
}

function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}
