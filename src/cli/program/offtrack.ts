import type { Command } from 'commander';
import { example, type Registrar } from './registrar.ts';

/** The command that speaks the protocol of the off-track benchmark. */
export function registerOfftrack(program: Command, { act }: Registrar): void {
  example(
    program
      .command('offtrack')
      .description('answer the off-track benchmark: one JSON line in, one JSON line out'),
    'tidemark offtrack < lines.jsonl',
  ).action((_options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/offtrack.ts')).offtrackCommand(context)),
  );
}
