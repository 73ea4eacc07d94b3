import type { ApiProblem } from '../api/client.ts';
import type { CliError } from './cli-error.ts';
import { exitCodeOfStatus, exitCodes } from './exit-codes.ts';
import type { Interrupted, Io } from './io.ts';

/**
 * Says on stderr what happened, why, and what to do next, one line each, and answers the exit code. A stack trace
 * only with `verbose`. Errors are told apart by name, so that `--help` does not load what throws them.
 */
export function reportError(error: unknown, io: Io, verbose: boolean): number {
  if (!(error instanceof Error)) return report(io, [`error: ${String(error)}`], exitCodes.failed);
  const { lines, exitCode } = described(error);
  if (verbose && error.name !== 'Interrupted') lines.push(error.stack ?? '', causeOf(error));
  return report(
    io,
    lines.filter((line) => line !== ''),
    exitCode,
  );
}

function described(error: Error): { lines: string[]; exitCode: number } {
  switch (error.name) {
    case 'Interrupted':
      return { lines: [], exitCode: (error as Interrupted).exitCode };
    case 'CliError': {
      const { message, next, exitCode } = error as CliError;
      return { lines: [`error: ${message}`, next ?? ''], exitCode };
    }
    case 'ApiProblem':
      return problemLines(error as ApiProblem);
    case 'ApiUnreachable':
      return {
        lines: [`error: ${error.message}`, 'Check that it is running: start with `npm start`.'],
        exitCode: exitCodes.failed,
      };
    case 'ApiTimeout':
      return { lines: [`error: ${error.message}`, 'Try again in a moment.'], exitCode: exitCodes.timedOut };
    case 'ApiMismatch':
      return {
        lines: [`error: ${error.message}`, 'Run the same version of tidemark on both sides.'],
        exitCode: exitCodes.failed,
      };
    default:
      return {
        // A refusal of ours is whole sentences, the last of which says what to do; anything else is a surprise.
        lines: [
          `error: ${error.message}`,
          error.message.endsWith('.') ? '' : 'Run again with --verbose for details.',
        ],
        exitCode: exitCodes.failed,
      };
  }
}

function problemLines(problem: ApiProblem): { lines: string[]; exitCode: number } {
  const lines = [`error: ${problem.message}`];
  for (const field of problem.errors) lines.push(`  ${field.pointer}: ${field.detail}`);
  lines.push(problem.fix);
  lines.push(problem.requestId === null ? '' : `request id: ${problem.requestId}`);
  return { lines, exitCode: exitCodeOfStatus(problem.status) };
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? `caused by: ${error.cause.stack ?? error.cause.message}` : '';
}

function report(io: Io, lines: readonly string[], exitCode: number): number {
  // Sentences may repeat what came from outside; a terminal must not obey it.
  // oxlint-disable-next-line no-control-regex
  const safe = lines.map((line) => line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ''));
  if (safe.length > 0) io.stderr.write(`${safe.join('\n')}\n`);
  return exitCode;
}
