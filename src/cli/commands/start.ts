import { type Stack, type StackOptions, startStack } from '../../wiring/stack.ts';
import { CliError } from '../cli-error.ts';
import { configOrUsage } from '../config-or-usage.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

export type ServeOptions = Settings & { port?: number; host?: string };

/** Runs everything on the user's own data until it is stopped. */
export async function startCommand(options: ServeOptions, io: Io): Promise<number> {
  return serve(options, io, ['api', 'worker'], async (stack) => {
    const { api, embedded, services } = stack;
    if (api === null) return;
    const where = embedded ? `embedded database in ${services.config.dataDir}` : 'database of DATABASE_URL';
    const queue = services.config.redisUrl === null ? 'queue in PostgreSQL' : 'queue in Redis';
    io.stderr.write(`Tidemark runs on ${api.url} · ${where} · ${queue}\n`);
    io.stderr.write(`Open (works once, for 30 minutes): ${await api.signInLink()}\n`);
    io.stderr.write(
      'Next: npx tidemark connection add stripe --key main · npx tidemark --help · stop with Ctrl-C\n',
    );
  });
}

/** Starts the given roles, says so, and stays until Ctrl-C or SIGTERM; then everything is taken down in order. */
export async function serve(
  options: ServeOptions,
  io: Io,
  roles: StackOptions['roles'],
  started: (stack: Stack) => Promise<void>,
): Promise<number> {
  const config = configOrUsage(io.env, {
    dataDir: options.dataDir,
    port: options.port?.toString(),
    host: options.host,
  });
  if (
    config.host !== '127.0.0.1' &&
    config.host !== 'localhost' &&
    config.host !== '::1' &&
    config.publicUrl === null
  ) {
    throw new CliError(`Listening on ${config.host} lets other machines in`, {
      exitCode: exitCodes.usage,
      next: 'Set TIDEMARK_PUBLIC_URL to the address that people use, behind TLS, or leave HOST out.',
    });
  }
  const stack = await startStack(config, {
    roles,
    say: (line) => io.stderr.write(`${line}\n`),
    signal: io.interrupted,
  });
  try {
    await started(stack);
    await untilStopped(io.interrupted);
  } finally {
    await stack.stop();
  }
  return exitCodes.done;
}

export function untilStopped(interrupted: AbortSignal): Promise<void> {
  if (interrupted.aborted) return Promise.resolve();
  return new Promise((stop) => {
    // A timer keeps the process alive whatever else has let go of the event loop.
    const alive = setInterval(() => {}, 60_000);
    interrupted.addEventListener('abort', () => {
      clearInterval(alive);
      stop();
    });
  });
}
