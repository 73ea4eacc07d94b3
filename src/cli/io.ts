import { setTimeout as delay } from 'node:timers/promises';
import { exitCodes } from './exit-codes.ts';

export type Writer = { write(text: string): unknown };

/** Everything a command touches of the world around it, so that a test can stand in for a terminal. */
export type Io = {
  /** The answer, and nothing else. */
  stdout: Writer;
  /** Progress, warnings, prompts and hints. */
  stderr: Writer;
  stdin: AsyncIterable<Uint8Array | string>;
  env: Record<string, string | undefined>;
  stdinIsTty: boolean;
  stdoutIsTty: boolean;
  stderrIsTty: boolean;
  /** Width of the terminal; null when stdout is not one, and then nothing is cut. */
  columns: number | null;
  /** Aborted by Ctrl-C, SIGTERM or a closed pipe; its reason is an `Interrupted`. */
  interrupted: AbortSignal;
  now(): Date;
  /** Asks on the terminal without showing what is typed; null when the question was turned down. */
  askSecret(question: string): Promise<string | null>;
  /** Asks for a line of text; null when the question was turned down. */
  askText(question: string): Promise<string | null>;
  /** Lets one of several be chosen; null when the question was turned down. */
  choose(question: string, options: readonly { value: string; label: string }[]): Promise<string | null>;
  /** Resolves after `ms`, or rejects with the reason when `signal` is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

/** Why the command stops early, with the exit code that says so. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly exitCode: number;

  constructor(by: 'SIGINT' | 'SIGTERM' | 'EPIPE') {
    super(`stopped by ${by}`);
    const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, EPIPE: exitCodes.done };
    this.exitCode = codes[by];
  }
}

/**
 * The real terminal. The first Ctrl-C or SIGTERM aborts `interrupted`, so that what was started is taken down in
 * order; a second Ctrl-C ends the process at once. A reader that closed the pipe has had enough: no error.
 */
export function processIo(): Io {
  const controller = new AbortController();
  const stop = (by: 'SIGINT' | 'SIGTERM' | 'EPIPE') => {
    if (by === 'SIGINT' && controller.signal.aborted) process.exit(exitCodes.interrupted);
    if (!controller.signal.aborted) controller.abort(new Interrupted(by));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      stop('EPIPE');
    });
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    // The types say boolean, but a pipe has no isTTY at all.
    stdinIsTty: isTty(process.stdin),
    stdoutIsTty: isTty(process.stdout),
    stderrIsTty: isTty(process.stderr),
    columns: isTty(process.stdout) ? (process.stdout.columns ?? 80) : null,
    interrupted: controller.signal,
    now: () => new Date(),
    askSecret: async (question) => {
      const { isCancel, password } = await import('@clack/prompts');
      const answer = await password({ message: question, output: process.stderr });
      return isCancel(answer) ? null : answer;
    },
    askText: async (question) => {
      const { isCancel, text } = await import('@clack/prompts');
      const answer = await text({ message: question, output: process.stderr });
      return isCancel(answer) ? null : (answer ?? '');
    },
    choose: async (question, options) => {
      const { isCancel, select } = await import('@clack/prompts');
      const answer = await select({ message: question, options: [...options], output: process.stderr });
      return isCancel(answer) ? null : answer;
    },
    wait: async (ms, signal) => {
      try {
        await delay(ms, undefined, { signal });
      } catch {
        throw signal.reason;
      }
    },
  };
}

/** Whether there is somebody on a terminal who can answer. */
export function mayPrompt(io: Pick<Io, 'stdinIsTty' | 'stdoutIsTty' | 'env'>): boolean {
  return io.stdinIsTty && io.stdoutIsTty && (io.env['CI'] ?? '') === '';
}

function isTty(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
