import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { EgressError } from './error.ts';

/** From this many decoded bytes on, the ratio of decoded to received bytes is judged. */
const RATIO_FROM_BYTES = 1_048_576;
/** 204 kB of gzip can hold 200 MiB; JSON of real providers stays under 20:1. */
const MAX_RATIO = 100;

type Decoder = Readable & NodeJS.WritableStream & { bytesWritten: number };
export type BodyOptions = {
  host: string;
  /** Counted after decompression. */
  maxBytes: number;
  /** Called once, when the body has ended, failed or was given up. */
  onEnd: () => void;
  /** Turns what the streams threw into what the caller shall see. */
  translate: (error: unknown) => unknown;
};

/**
 * The decoded body as a web stream that stops at the size limits. It reads only what is asked for, so an
 * attacker's bomb is never held in memory.
 *
 * @throws EgressError when the server used an encoding that was not asked for
 */
export function decodedBody(
  raw: Readable,
  contentEncoding: string,
  options: BodyOptions,
): ReadableStream<Uint8Array> {
  const decoder = decoderFor(contentEncoding, options.host);
  raw.on('error', () => {});
  const source: Readable = decoder === null ? raw : pipeline(raw, decoder, () => {});
  const iterator = source[Symbol.asyncIterator]();
  let total = 0;
  const giveUp = (): void => {
    source.destroy();
    raw.destroy();
    options.onEnd();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step: IteratorResult<Uint8Array> = await iterator.next();
          if (step.done === true) {
            options.onEnd();
            controller.close();
            return;
          }
          total += step.value.byteLength;
          refuseIfTooLarge(total, decoder?.bytesWritten ?? total, options);
          controller.enqueue(new Uint8Array(step.value));
        } catch (error) {
          giveUp();
          controller.error(options.translate(error));
        }
      },
      cancel: giveUp,
    },
    { highWaterMark: 0 },
  );
}

function refuseIfTooLarge(decoded: number, received: number, options: BodyOptions): void {
  if (decoded > options.maxBytes) throw tooLarge(options.host, options.maxBytes);
  if (decoded > RATIO_FROM_BYTES && decoded > received * MAX_RATIO) {
    throw new EgressError('too_large', 'response_ratio', `${options.host} sent a compressed bomb`);
  }
}

export function tooLarge(host: string, maxBytes: number): EgressError {
  return new EgressError('too_large', 'response_size', `${host} sent more than ${maxBytes} bytes`);
}

function decoderFor(contentEncoding: string, host: string): Decoder | null {
  switch (contentEncoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new EgressError(
        'bad_payload',
        'response_encoding',
        `${host} sent an encoding we did not ask for`,
      );
  }
}
