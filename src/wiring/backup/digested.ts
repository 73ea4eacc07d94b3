import { createHash } from 'node:crypto';

/** The same bytes, and their digest once they have all passed. */
export function digested(content: AsyncIterable<Uint8Array>): {
  through: AsyncGenerator<Uint8Array>;
  sha256(): string;
} {
  const hash = createHash('sha256');
  async function* through(): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { through: through(), sha256: () => hash.digest('hex') };
}
