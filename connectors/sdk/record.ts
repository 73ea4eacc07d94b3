import { loneContext } from './lone-context.ts';
import { type RecordedExchange, type Recording, RecordingError } from './recording.ts';
import { createScrub, type Scrub } from './scrub.ts';
import { everySecretForm } from './secret-forms.ts';
import { secretKind, secretParts } from './secret-parts.ts';
import type { Connector, DayWindow, GuardedFetch, GuardedFetchInit } from './types.ts';

export type Recorder<Config> = {
  connector: Connector<Config>;
  /** As `configSchema` has read it. */
  config: Config;
  endpoint: URL | null;
  /** The way out, bound to the connector's hosts. */
  fetch: GuardedFetch;
  signal: AbortSignal;
  now: Date;
  metric: string;
  /** As `paramsSchema` has read them. */
  params: unknown;
  window: DayWindow;
  /** Fields of JSON answers whose texts are replaced. */
  mask?: readonly string[];
  keepAddresses?: boolean;
};

/** More than anybody reads through before it is committed. */
const MOST_BYTES = 20 * 1_048_576;

const KEPT_REQUEST_HEADERS = /^(accept|content-type|prefer|range)$|version/i;
/** How an answer travelled, and what the provider calls it in its own logs. */
const DROPPED_RESPONSE_HEADERS =
  /^(set-cookie2?|connection|keep-alive|transfer-encoding|content-encoding|content-length|server|via|vary|date|age|nel|report-to|alt-svc|strict-transport-security|content-security-policy.*|permissions-policy|referrer-policy|cf-.*|x-(amz|cache|served|frame|xss|content|runtime|powered|request|correlation|trace|b3|envoy|timer).*|.*(trace|request)-?id|www-authenticate)$/i;
const SECRET_HEADER = /auth|cookie|token|secret|key|session|signature/i;

type Heard = {
  request: RecordedExchange['request'];
  status: number;
  headers: [string, string][];
  body: Uint8Array;
};

/**
 * Checks a connection and reads one metric as a worker would, and keeps every exchange without a secret.
 *
 * @throws ConnectorError as the reading does; RecordingError when there is nothing to keep, or a secret would be kept
 */
export async function recordReading<Config>(
  recorder: Recorder<Config>,
): Promise<{ recording: Recording; text: string; replaced: number }> {
  const { config, connector, endpoint, metric, now, params, window } = recorder;
  const definition = connector.metrics[metric];
  if (definition === undefined) throw new RecordingError(`${connector.title} has no metric "${metric}".`);
  const settings = config as Record<string, unknown>; // what a schema of an object has read
  const kinds: Recording['secrets'] = {};
  const secrets: string[] = [];
  for (const field of connector.secretFields) {
    const value = settings[field];
    if (typeof value !== 'string' || value === '') continue;
    kinds[field] = secretKind(field, value);
    secrets.push(...secretParts(value));
  }
  const scrub = createScrub({
    secrets,
    fields: recorder.mask ?? [],
    keepAddresses: recorder.keepAddresses ?? false,
  });
  const heard: Heard[] = [];
  const context = loneContext({ ...recorder, fetch: listening(recorder.fetch, heard, scrub) });
  const { account } = await connector.check(context);
  const reads = [{ metric, params, window }];
  const { points } = await definition.read({ ...context, reads }, window, params);
  if (heard.length === 0) {
    throw new RecordingError(
      `${connector.title} asked nothing over the guarded fetch: there is nothing to record.`,
    );
  }
  // Tokens that were handed out on the way are learnt from all answers before the first one is written.
  for (const { body, request } of heard)
    for (const text of [request.body, textOf(body) ?? '']) scrub.body(text);
  const exchanges = heard.map((one) => written(one, scrub));
  const clear = Object.entries(settings).filter(([name]) => !connector.secretFields.includes(name));
  const recording: Recording = {
    v: 1,
    about: `One reading of ${connector.title} at ${new URL(exchanges[0]?.request.url ?? '').host}, recorded on ${now.toISOString().slice(0, 10)}. Secrets were taken out.`,
    connector: connector.id,
    connectorVersion: connector.version,
    now: now.toISOString(),
    endpoint: endpoint?.href ?? null,
    config: scrub.deep(Object.fromEntries(clear)) as Recording['config'],
    secrets: kinds,
    account: scrub.text(account),
    metric,
    params: scrub.deep(params),
    window: { ...window, startAt: window.startAt.toISOString(), endAt: window.endAt.toISOString() },
    points: scrub.deep(points) as Recording['points'],
    exchanges,
  };
  const text = `${JSON.stringify(recording, null, 2)}\n`;
  refuseSecrets(recording, text, scrub.known());
  return { recording, text, replaced: scrub.replaced() };
}

/** The fetch, with an ear at it. What authorises a request is learnt as a secret before it is sent. */
function listening(send: GuardedFetch, heard: Heard[], scrub: Scrub): GuardedFetch {
  let bytes = 0;
  return async (input, init: GuardedFetchInit = {}) => {
    const headers = Object.entries(init.headers ?? {});
    for (const [name, value] of headers) if (SECRET_HEADER.test(name)) learnHeader(scrub, value);
    const response = await send(input, init);
    const body = new Uint8Array(await response.arrayBuffer());
    bytes += body.byteLength;
    if (bytes > MOST_BYTES) {
      throw new RecordingError(`The answers are larger than ${MOST_BYTES} bytes. Record fewer days.`);
    }
    heard.push({
      request: {
        method: (init.method ?? 'GET').toUpperCase(),
        url: String(input),
        headers: Object.fromEntries(headers.filter(([name]) => KEPT_REQUEST_HEADERS.test(name))),
        body: typeof init.body === 'string' ? init.body : (textOf(init.body ?? new Uint8Array()) ?? ''),
      },
      status: response.status,
      headers: [...response.headers],
      body,
    });
    const hasBody = ![204, 205, 304].includes(response.status);
    return new Response(hasBody ? body : null, { status: response.status, headers: response.headers });
  };
}

/** `Bearer …` and `Basic …`: the whole, the part behind the scheme, and what is in it. */
function learnHeader(scrub: Scrub, value: string): void {
  const credential = value.replace(/^[A-Za-z-]+\s+/, '');
  scrub.learn(value);
  scrub.learn(credential);
  const [, password = ''] = /^[^:]*:(.*)$/.exec(Buffer.from(credential, 'base64').toString('utf8')) ?? [];
  if (/^basic\s/i.test(value)) scrub.learn(password);
}

function written({ body, headers, request, status }: Heard, scrub: Scrub): RecordedExchange {
  const text = textOf(body);
  const kept = headers.filter(([name]) => !DROPPED_RESPONSE_HEADERS.test(name) && !SECRET_HEADER.test(name));
  if (text === null) refuseBytes(body, scrub.known());
  return {
    request: {
      method: request.method,
      url: scrub.url(request.url),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, scrub.text(value)]),
      ),
      body: scrub.body(request.body),
    },
    response: {
      status,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, scrub.text(value)])),
      body: text === null ? Buffer.from(body).toString('base64') : scrub.body(text),
      encoding: text === null ? 'base64' : 'text',
    },
  };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuseBytes(bytes: Uint8Array, secrets: readonly string[]): void {
  const text = Buffer.from(bytes).toString('latin1');
  if (secrets.some((secret) => text.includes(secret))) throw secretLeft('an answer that is no text');
}

/** Looks once more, and harder than what has taken them out: at every text by itself, and at the file as a whole. */
function refuseSecrets(recording: Recording, text: string, secrets: readonly string[]): void {
  const forms = secrets.flatMap(everySecretForm);
  // However often it was escaped: without backslashes it is the same again.
  const bare = forms.map((form) => form.replaceAll('\\', ''));
  const holds = (value: string): boolean => {
    const plain = value.replaceAll('\\', '');
    return forms.some((form) => value.includes(form)) || bare.some((form) => plain.includes(form));
  };
  const look = (value: unknown, where: string): void => {
    if (typeof value === 'string') {
      if (holds(value) || holds(unescaped(value))) throw secretLeft(where);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        if (holds(name)) throw secretLeft(where);
        look(inner, `${where}/${name}`);
      }
    }
  };
  look(recording, '');
  if (holds(text)) throw secretLeft('the whole');
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function secretLeft(where: string): RecordingError {
  return new RecordingError(
    `A secret is still in what would be written, at ${where}. Nothing was written; leave it out of what the provider is asked, or mask the field.`,
  );
}
