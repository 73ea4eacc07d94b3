import { expect, it } from 'vitest';
import { readLines } from '../../src/offtrack/read-lines.ts';
import { serve } from '../../src/offtrack/serve.ts';
import { day, history, keyResult } from './lines.ts';

async function* chunksOf(...chunks: (string | Uint8Array)[]) {
  yield* chunks;
}

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(chunksOf(...chunks))) lines.push(line);
  return lines;
}

it('lines are whole however the stream is cut, and empty ones are none', async () => {
  expect(await linesOf('{"a"', ':1}\n{"b":2', '}\n\n', '{"c":3}')).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
});

it('a character that is cut in two is one character', async () => {
  const bytes = new TextEncoder().encode('"目标"\n');
  expect(await linesOf(bytes.slice(0, 2), bytes.slice(2))).toEqual(['"目标"']);
});

it('answers each line before it reads the next', async () => {
  const order: string[] = [];
  const line = (id: string): string =>
    JSON.stringify({
      v: 1,
      id,
      kr: keyResult,
      gran: 'D',
      as_of: day(5),
      history: history([9, 10, 12, 11, 10, 9]),
    });
  async function* input() {
    for (const id of ['one', 'two']) {
      order.push(`asked ${id}`);
      yield `${line(id)}\n`;
    }
    yield 'nonsense\n';
  }
  await serve({
    input: input(),
    answer: (text) => order.push(`answered ${(JSON.parse(text) as { id: string }).id}`),
    complain: (text) => order.push(text.trim()),
  });
  expect(order).toEqual(['asked one', 'answered one', 'asked two', 'answered two', 'line 3: it is not JSON']);
});
