import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { type ServeOptions, serve } from './start.ts';

/** Runs a worker alone: scheduler, syncs, evaluations and messages. Any number may run. */
export async function workerCommand(options: ServeOptions, io: Io): Promise<number> {
  needsServers(io, 'worker');
  return serve(options, io, ['worker'], async ({ services }) => {
    io.stderr.write(
      `A Tidemark worker runs (${services.config.concurrency} runs at once); stop with Ctrl-C\n`,
    );
  });
}

/** The embedded database belongs to one process, which is `tidemark start`; parts of a fleet share a server. */
export function needsServers(io: Io, role: string): void {
  if ((io.env['DATABASE_URL'] ?? io.env['DATABASE_URL_FILE'] ?? '') !== '') return;
  throw new CliError(
    `tidemark ${role} runs beside others and needs a database that they share, and DATABASE_URL is not set`,
    {
      exitCode: exitCodes.usage,
      next: 'Set DATABASE_URL, or run everything in one process with `npm start`.',
    },
  );
}
