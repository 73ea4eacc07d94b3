import { exitCodes } from './exit-codes.ts';

/**
 * An end of the command that the user can act on. The message is one sentence saying what happened and why;
 * `next` is one sentence saying what to do.
 */
export class CliError extends Error {
  override name = 'CliError';
  readonly exitCode: number;
  readonly next: string | null;

  constructor(message: string, options: { exitCode?: number; next?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCodes.failed;
    this.next = options.next ?? null;
  }
}

/** Nothing runs, and there is no workspace that could be started for the command. */
export class NothingToStartFrom extends CliError {}

/** The command line itself is wrong: exit code 2. */
export function usageError(message: string, next?: string): CliError {
  return new CliError(message, { exitCode: exitCodes.usage, ...(next === undefined ? {} : { next }) });
}
