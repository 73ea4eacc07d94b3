import { serve } from '../../offtrack/serve.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

/** `tidemark offtrack`: one JSON line in, one JSON line out, until standard input ends. Needs no workspace. */
export async function offtrackCommand({ io }: Context): Promise<number> {
  // Whoever waits for input would not notice an interruption.
  const stop = (): void => {
    if ('destroy' in io.stdin && typeof io.stdin.destroy === 'function') io.stdin.destroy();
  };
  io.interrupted.addEventListener('abort', stop, { once: true });
  try {
    await serve({
      input: io.stdin,
      answer: (text) => io.stdout.write(text),
      complain: (text) => io.stderr.write(text),
    });
    return exitCodes.done;
  } catch (error) {
    throw io.interrupted.aborted ? io.interrupted.reason : error;
  } finally {
    io.interrupted.removeEventListener('abort', stop);
  }
}
