import { type Command, Option } from 'commander';
import type { ExplainOptions } from '../commands/explain.ts';
import type { StatusOptions } from '../commands/status.ts';
import type { SyncOptions } from '../commands/sync.ts';
import { example, type Registrar } from './registrar.ts';

/** The verbs of every day: status, explain, sync, link. */
export function registerEveryday(program: Command, { act }: Registrar): void {
  example(
    program
      .command('status')
      .description('show the board: every Key Result, its progress, its status and the age of its data')
      .option('--cycle <key>', 'another cycle than the current one')
      .option('--as-of <day>', 'the board as it was believed at the close of a past day, or at an instant')
      .addOption(
        new Option('--group <by>', 'objectives by life-cycle phase or by AARRR stage').choices([
          'phase',
          'stage',
        ]),
      )
      .option('--watch', 'show it again every few seconds, until Ctrl-C')
      .option('--ndjson', 'one compact JSON board a line'),
    'tidemark status',
    'tidemark status --cycle 2026-q3 --json',
    'tidemark status --as-of 2026-08-31',
  ).action((options: StatusOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/status.ts')).statusCommand(context, options)),
  );

  example(
    program
      .command('explain')
      .description('walk from a progress number to its formula, points, sync runs and requests')
      .argument('<key-result>', 'key or id of a Key Result')
      .option('--as-of <day>', 'as it was believed at the close of a past day, or at an instant')
      .option('--from <day>', 'instead: which customers moved its metric since the close of this day')
      .option('--to <day>', 'with --from: up to the close of this day (default: the newest with a value)')
      .option('--limit <number>', 'with --from: how many customers are named (default 20)'),
    'tidemark explain growth.mrr',
    'tidemark explain growth.mrr --as-of 2026-06-30',
    'tidemark explain growth.mrr --from 2026-06-30 --to 2026-07-07',
  ).action((key: string, options: ExplainOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/explain.ts')).explainCommand(context, key, options),
    ),
  );

  const sync = program.command('sync').description('read the sources');
  example(
    sync
      .command('now')
      .description('read now, wait, and show what each source brought')
      .option('--connection <key>', 'only this connection')
      .option('--key-result <key>', 'only what this Key Result needs')
      .option('--no-wait', 'start the runs and return')
      .option('--timeout <time>', 'stop waiting after this long', '60s'),
    'tidemark sync now',
    'tidemark sync now --connection stripe --timeout 5m',
  ).action((options: SyncOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/sync.ts')).syncNowCommand(context, options)),
  );

  example(
    program.command('link').description('print a new sign-in link to the page; it opens once'),
    'tidemark link',
  ).action((_options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/link.ts')).linkCommand(context)),
  );
}
