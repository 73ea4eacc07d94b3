import { badPayload } from './payload.ts';

/** Only this character ends a line: others that look like an end may stand inside of texts. */
const LINE_END = '\n';
/** No provider's line is as long; an answer without ends would fill the memory. */
const MAX_LINE_CHARS = 4_000_000;

/**
 * The lines of bytes that are cut anywhere, also inside of a character. A last line needs no end.
 *
 * @throws ConnectorError `bad_payload` when the bytes are no UTF-8, or a line is longer than any
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  provider: string,
): AsyncGenerator<string, void, undefined> {
  const decode = decoderFor(provider);
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decode(chunk)).split(LINE_END);
    rest = lines.pop() ?? '';
    for (const line of lines) if (!isBlank(line)) yield withoutReturn(line);
    if (rest.length > MAX_LINE_CHARS)
      throw badPayload(provider, 'line_too_long', `sent a line of more than ${MAX_LINE_CHARS} characters`);
  }
  rest += decode();
  if (!isBlank(rest)) yield withoutReturn(rest);
}

/** Text of the next bytes; without any, what is left at the end. */
function decoderFor(provider: string): (chunk?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw badPayload(provider, 'not_utf8', 'sent lines that are no UTF-8 text', error);
    }
  };
}

const isBlank = (line: string): boolean => line.trim() === '';
const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
