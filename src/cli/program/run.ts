import { type Command, InvalidArgumentError } from 'commander';
import { example, type Registrar } from './registrar.ts';

type PortAndHost = { port?: number; host?: string };

/** The commands that run Tidemark itself: start, api, worker, demo, sandbox. */
export function registerRun(program: Command, { act, io, argv }: Registrar): void {
  example(
    listening(program.command('start').description('run everything: database, queue, worker, API and page')),
    'tidemark start',
    'tidemark start --port 4400',
  ).action((options: PortAndHost, command: Command) =>
    act(command, async ({ settings }) =>
      (await import('../commands/start.ts')).startCommand({ ...settings, ...options }, io),
    ),
  );

  example(
    listening(program.command('api').description('run only the API and the page')),
    'tidemark api --port 4400',
  ).action((options: PortAndHost, command: Command) =>
    act(command, async ({ settings }) =>
      (await import('../commands/api.ts')).apiCommand({ ...settings, ...options }, io),
    ),
  );

  example(
    listening(program.command('worker').description('run only the worker that reads the sources')),
    'tidemark worker',
  ).action((options: PortAndHost, command: Command) =>
    act(command, async ({ settings }) =>
      (await import('../commands/worker.ts')).workerCommand({ ...settings, ...options }, io),
    ),
  );

  example(
    program
      .command('demo')
      .description('show Tidemark on the built-in sandbox company; needs no account and no network')
      .option('--once', 'show the board and end')
      .option('--fresh', 'forget the demo of last time first')
      .option('--port <number>', 'port of the page', portNumber),
    'tidemark demo',
  ).action((options: { port?: number; once?: boolean; fresh?: boolean }, command: Command) =>
    act(command, async ({ settings }) => {
      const { once = false, fresh = false, ...rest } = options;
      return (await import('../demo/demo.ts')).demoCommand({ ...settings, ...rest, once, fresh }, io);
    }),
  );

  example(
    program
      .command('sandbox')
      .description("run the sandbox company's own servers")
      .argument('[args...]', 'passed on as they are')
      .allowUnknownOption(),
    'tidemark sandbox',
  ).action((_args: string[], _options: unknown, command: Command) =>
    act(command, async () => {
      const rest = argv.slice(argv.indexOf('sandbox') + 1);
      return (await import('../demo/sandbox-command.ts')).sandboxCommand([...rest], io);
    }),
  );
}

function listening(command: Command): Command {
  return command
    .option('--port <number>', 'port to listen on', portNumber)
    .option('--host <address>', 'address to listen on (default: this machine only)');
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
