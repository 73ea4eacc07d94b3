import type { Command } from 'commander';
import type { ShareOptions } from '../commands/kr-share.ts';
import { example, type Registrar } from './registrar.ts';

/** kr share, shares, unshare: one Key Result on pages of others. */
export function registerShare(program: Command, { act }: Registrar): void {
  const kr = program.commands.find((command) => command.name() === 'kr');
  if (kr === undefined) throw new Error('kr is registered first');
  example(
    kr
      .command('share')
      .description('make an address that shows its badge and its chart to whoever has it')
      .argument('<key>', 'key or id of a Key Result')
      .option('--label <text>', 'what it is for, such as the page that shows it'),
    'tidemark kr share growth.wau --label "README of the app"',
  ).action((key: string, options: ShareOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-share.ts')).krShareCommand(context, key, options),
    ),
  );
  example(
    kr
      .command('shares')
      .description('list the addresses that show a Key Result')
      .argument('<key>', 'key or id of a Key Result'),
    'tidemark kr shares growth.wau',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/kr-share.ts')).krSharesCommand(context, key)),
  );
  example(
    kr
      .command('unshare')
      .description('revoke an address; what shows it shows nothing from then on')
      .argument('<id>', 'id of a public link'),
    'tidemark kr unshare lnk_0123',
  ).action((id: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/kr-share.ts')).krUnshareCommand(context, id)),
  );
}
