import { badPayload } from './payload.ts';

const BOMS: readonly { bytes: readonly number[]; label: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], label: 'utf-8' },
  { bytes: [0xfe, 0xff], label: 'utf-16be' },
  { bytes: [0xff, 0xfe], label: 'utf-16le' },
  // `<?` without a mark, as XML in UTF-16 begins.
  { bytes: [0x00, 0x3c, 0x00, 0x3f], label: 'utf-16be' },
  { bytes: [0x3c, 0x00, 0x3f, 0x00], label: 'utf-16le' },
];
/** An XML declaration stands at the very beginning. */
const HEAD_BYTES = 256;

/**
 * A document as text: by its byte order mark, else by the charset of its content type, else by its XML declaration, else
 * UTF-8 (RFC 7303, section 3).
 *
 * @throws ConnectorError `bad_payload` for an encoding that nobody knows, and for bytes that are not of it
 */
export function decodeDocument(provider: string, bytes: Uint8Array, contentType: string): string {
  const label = markOf(bytes) ?? charsetOf(contentType) ?? declaredIn(bytes) ?? 'utf-8';
  const decoder = decoderOf(provider, label);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw badPayload(provider, 'invalid_encoding', `sent text that is not in ${decoder.encoding}`, error);
  }
}

function decoderOf(provider: string, label: string) {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    const shown = label.replace(/[^\w.:-]/g, '').slice(0, 40);
    throw badPayload(provider, 'unknown_encoding', `names the encoding "${shown}", which is unknown`, error);
  }
}

function markOf(bytes: Uint8Array): string | null {
  const found = BOMS.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte));
  return found?.label ?? null;
}

function charsetOf(contentType: string): string | null {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? null;
}

function declaredIn(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(head)?.[1] ?? null;
}
