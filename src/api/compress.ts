import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** What is shorter travels as fast as it is. */
const WORTH_BYTES = 16 * 1024;
/** Most of the gain for a fraction of the work. */
const LEVEL = 3;
const zip = promisify(gzip);

/**
 * Sends long answers compressed to those who can read that: a board of thousands of Key Results is repetition for the most
 * part. Files of the page lie compressed beside themselves, streams go out as they come, and an answer keeps its ETag, which
 * names what it says and not how it travels.
 */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH_BYTES) return payload;
    if (reply.hasHeader('content-encoding')) return payload;
    void reply.header('vary', 'accept-encoding');
    if (!acceptsGzip(request.headers['accept-encoding'])) return payload;
    const zipped = await zip(payload, { level: LEVEL });
    void reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return zipped;
  });
}

/** Named, and not refused by `q=0`. */
function acceptsGzip(given: string | string[] | undefined): boolean {
  return String(given ?? '')
    .split(',')
    .some((each) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(each));
}
