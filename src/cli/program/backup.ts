import type { Command } from 'commander';
import { example, type Registrar } from './registrar.ts';

/** backup, restore: what the operator of this machine does on the database itself. */
export function registerBackup(program: Command, { act }: Registrar): void {
  example(
    program
      .command('backup')
      .description('save everything but the master key in one file, while Tidemark runs on (operator)')
      .argument('<file>', 'a new file, such as tidemark.tar.gz'),
    'tidemark backup tidemark-2026-11-23.tar.gz',
  ).action((file: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/backup.ts')).backupCommand(context, file)),
  );
  example(
    program
      .command('restore')
      .description('bring a backup back; Tidemark must not run (operator)')
      .argument('<file>', 'what `tidemark backup` has made')
      .option('--replace', 'let it take the place of all data that are there'),
    'tidemark restore tidemark-2026-11-23.tar.gz',
    'tidemark restore tidemark-2026-11-23.tar.gz --replace',
  ).action((file: string, options: { replace?: boolean }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/backup.ts')).restoreCommand(context, file, options.replace === true),
    ),
  );
}
