import { createForecaster } from '../forecast/create-forecaster.ts';
import { createLineHandler } from './process.ts';
import { readLines } from './read-lines.ts';
import { usualConfig } from './rule.ts';

type Streams = {
  input: AsyncIterable<Uint8Array | string>;
  answer(text: string): unknown;
  complain(text: string): unknown;
};

/** Answers line after line until the input ends. What is not understood is said apart from the answers. */
export async function serve({ answer, complain, input }: Streams): Promise<void> {
  const handle = createLineHandler(createForecaster(), usualConfig);
  let number = 0;
  for await (const line of readLines(input)) {
    number++;
    const handled = handle(line);
    if (handled.problem !== null) complain(`line ${number}: ${handled.problem}\n`);
    if (handled.answer !== null) answer(`${JSON.stringify(handled.answer)}\n`);
  }
}
