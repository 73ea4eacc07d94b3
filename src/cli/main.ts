import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { type Io, processIo } from './io.ts';
import { buildProgram } from './program/program.ts';
import { reportError } from './report-error.ts';

/**
 * Runs one command line and answers its exit code; see `exit-codes.ts`. Never throws and never ends the process:
 * the caller sets `process.exitCode`, so that what was written to a pipe still arrives.
 *
 * @param argv the arguments after `tidemark`
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = buildProgram(io, argv, packageVersion(), (code) => {
    exitCode = code;
  });
  if (argv.length === 0) {
    program.outputHelp();
    return exitCodes.done;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said it already: help and version were asked for, anything else is wrong usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return reportError(error, io, argv.includes('--verbose'));
  }
}

/** From the nearest package.json: this file runs from the sources and from the build. */
function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const file = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as Record<string, unknown>;
      if (file['name'] === 'tidemark' && typeof file['version'] === 'string') return file['version'];
    } catch {
      // not there: one folder further up
    }
  }
  return '0.0.0';
}
