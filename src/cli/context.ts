import type { Client } from '../api/client.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { findLocalApi, type LocalApi } from './local-api.ts';
import type { Settings } from './settings.ts';

/** What every command is handed. */
export type Context = { io: Io; settings: Settings };

/** Where a command sends its questions: an address, and the typed client for it. */
export type Session = { api: { url: string; token: string }; client: Client };

/** One answer line, or several. */
export function print(context: Context, text: string): void {
  context.io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** The one JSON document of `--json`. */
export function printJson(context: Context, value: unknown): void {
  context.io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** A line beside the answer; `--quiet` leaves it out. */
export function hint(context: Context, text: string): void {
  if (!context.settings.quiet) context.io.stderr.write(`${text}\n`);
}

/**
 * Runs `use` against the API that is running, or against one that lives only as long as the command.
 *
 * @throws CliError when nothing runs and there is no data to start from
 */
export async function withSession<T>(context: Context, use: (session: Session) => Promise<T>): Promise<T> {
  const { io, settings } = context;
  const { createClient } = await import('../api/client.ts');
  const open = (api: { url: string; token: string }): Promise<T> =>
    use({ api, client: createClient({ ...api, signal: io.interrupted }) });

  const running = await findLocalApi(settings.dataDir, io.env);
  if (running !== null) {
    announce(context, running);
    return open(running);
  }
  const { withTemporaryStack } = await import('./stack.ts');
  return withTemporaryStack(settings.dataDir, io, open);
}

/** For what only makes sense while an API keeps running, such as a link to its page. */
export async function runningApi(context: Context): Promise<LocalApi> {
  const running = await findLocalApi(context.settings.dataDir, context.io.env);
  if (running === null) {
    throw new CliError(`Nothing runs on ${context.settings.dataDir}`, {
      exitCode: exitCodes.failed,
      next: 'Start with `npm start`, or try `npm run demo`.',
    });
  }
  announce(context, running);
  return running;
}

function announce(context: Context, api: LocalApi): void {
  if (api.from === 'demo') hint(context, 'the demo workspace answers');
}
