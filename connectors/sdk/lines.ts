import { createHash } from 'node:crypto';
import { abortedError, type ConnectorError, toConnectorError } from './error.ts';
import { badPayload } from './payload.ts';
import { redactUrl } from './redact.ts';
import { splitLines } from './split-lines.ts';
import type { ConnectorContext, Exchange } from './types.ts';

type LineContext = Pick<ConnectorContext<unknown>, 'fetch' | 'signal' | 'record'>;
export type LineOptions = {
  /** The provider's name as owners know it, for messages. */
  provider: string;
  /** Values that must never be written down. */
  secrets: readonly string[];
  headers: Record<string, string>;
  /** What an answer that is no success means; of its body there is a short piece. */
  refuse(response: Response): Promise<ConnectorError>;
  /** Why a successful answer cannot hold the lines, or null. */
  problem?(headers: Headers): ConnectorError | null;
};
/** Lines as they come, without their ends and without blank ones; nothing is held but the line that is being read. */
export type LineStream = AsyncGenerator<string, void, undefined>;

/** Whatever explains a refusal is said by then; the rest of a page is not waited for. */
const REFUSAL_BYTES = 64 * 1024;

/**
 * An answer of lines that may be larger than memory. Leaves one record of the request when the last line was taken, when it
 * broke off, or when whoever takes the lines has stopped.
 *
 * @throws ConnectorError when the answer is no success, breaks off, or is not UTF-8
 */
export async function* openLines(context: LineContext, url: URL, options: LineOptions): LineStream {
  const { headers, provider, secrets } = options;
  const started = { at: new Date(), ms: performance.now() };
  const hash = createHash('sha256');
  let bytes = 0;
  let answer: Response | null = null;
  // Until the end is reached: whoever takes the lines may stop in the middle.
  let ended: string | null = 'not_read_to_its_end';
  try {
    answer = await context.fetch(url, { headers, signal: context.signal, stream: true });
    const body = counted(answer, (chunk) => {
      bytes += chunk.byteLength;
      hash.update(chunk);
    });
    if (!answer.ok) throw await options.refuse(await shortened(answer, body));
    const problem = options.problem?.(answer.headers) ?? null;
    if (problem !== null) throw problem;
    yield* splitLines(body, provider);
    ended = null;
  } catch (error) {
    const failure = failureOf(context, provider, error, answer?.ok === true);
    ended = failure.code;
    throw failure;
  } finally {
    if (ended !== null) await letGo(answer);
    const exchange: Exchange = {
      method: 'GET',
      url: redactUrl(url, secrets),
      status: answer?.status ?? null,
      requestId: answer?.headers.get('x-request-id') ?? null,
      responseSha256: bytes === 0 ? null : hash.digest('hex'),
      responseBytes: bytes,
      startedAt: started.at.toISOString(),
      durationMs: Math.round(performance.now() - started.ms),
    };
    context.record(ended === null ? exchange : { ...exchange, error: ended });
  }
}

async function* counted(
  answer: Response,
  seen: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of answer.body ?? []) {
    seen(chunk);
    yield chunk;
  }
}

/** The same answer with the beginning of its body, which says why. */
async function shortened(answer: Response, body: AsyncIterable<Uint8Array>): Promise<Response> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece.subarray(0, REFUSAL_BYTES - bytes));
    bytes += piece.byteLength;
    if (bytes >= REFUSAL_BYTES) break;
  }
  const { headers, status } = answer;
  return new Response(Buffer.concat(pieces), { status, headers });
}

/** A body that nobody reads on holds its connection. */
async function letGo(answer: Response | null): Promise<void> {
  if (answer?.body?.locked === false) await answer.body.cancel().catch(() => {});
}

function failureOf(
  { signal }: LineContext,
  provider: string,
  error: unknown,
  hasBegun: boolean,
): ConnectorError {
  if (signal.aborted) return abortedError(provider, error);
  const known = toConnectorError(error, provider);
  const brokeOff = hasBegun && known.errorClass === 'transient' && known.code !== 'timeout';
  return brokeOff
    ? badPayload(provider, 'body_cut_off', 'stopped in the middle of its answer', error)
    : known;
}
