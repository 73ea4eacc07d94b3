import type { Command } from 'commander';
import { example, type Registrar } from './registrar.ts';

/** keys, audit: what the operator of this machine does on the database itself. */
export function registerKeys(program: Command, { act }: Registrar): void {
  const keys = program.command('keys').description('the keys that secrets are encrypted under (operator)');
  example(
    keys.command('status').description('show what is under which key, and which one is not needed any more'),
    'tidemark keys status',
  ).action((_options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/keys.ts')).keysStatusCommand(context)),
  );
  example(
    keys
      .command('rotate')
      .description('make new keys and move every secret under them, while Tidemark runs on')
      .option('--master', 'also a new master key in the key file of the data folder'),
    'tidemark keys rotate',
    'tidemark keys rotate --master',
  ).action((options: { master?: boolean }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/keys.ts')).keysRotateCommand(context, options.master === true),
    ),
  );
  const audit = program.commands.find((each) => each.name() === 'audit') ?? program.command('audit');
  if (audit.description() === '') audit.description('the record of every change');
  example(
    audit.command('verify').description('prove that no record was changed, put in or taken out (operator)'),
    'tidemark audit verify',
  ).action((_options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/audit-verify.ts')).auditVerifyCommand(context),
    ),
  );
}
