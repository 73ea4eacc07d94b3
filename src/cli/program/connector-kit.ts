import type { Command } from 'commander';
import type { NewOptions } from '../connector-kit/new.ts';
import type { RecordOptions } from '../connector-kit/record.ts';
import { collect, example, type Registrar } from './registrar.ts';

/** connector new, record, replay: for whoever writes one. They need no server and no workspace. */
export function registerConnectorKit(connector: Command, { act }: Registrar): void {
  example(
    connector
      .command('new')
      .description('make a small whole connector in this checkout, to be changed into yours')
      .argument('<name>', 'lower-case words apart by hyphens, such as google-sheets')
      .option('--title <title>', 'name of the provider for people (default: from the name)')
      .option('--dir <dir>', 'another checkout than the one that this command belongs to'),
    'tidemark connector new coffee --title "Coffee Club"',
  ).action((name: string, options: NewOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../connector-kit/new.ts')).connectorNewCommand(context, name, options),
    ),
  );

  example(
    connector
      .command('record')
      .description('check and read at the real provider, and keep the exchanges without a secret')
      .argument('<name>', 'which connector: see "tidemark connector list"')
      .requiredOption('--metric <name>', 'what to read')
      .requiredOption('--config <file>', 'settings as one JSON document; "-" reads stdin')
      .requiredOption('--from <day>', 'first day, YYYY-MM-DD')
      .requiredOption('--to <day>', 'last day, YYYY-MM-DD')
      .option('--param <name=value>', 'a parameter of the metric; may be repeated', collect)
      .option('--time-zone <zone>', 'zone of the days, such as Europe/Berlin', 'UTC')
      .option('--endpoint <url>', "another address than the provider's own")
      .option('--out <folder>', 'where to write (default: test/fixtures/<name>/recorded/<metric>)')
      .option(
        '--mask <field>',
        'take out what fields of this name say, such as displayName; may be repeated',
        collect,
      )
      .option('--keep-addresses', 'leave e-mail addresses as they are')
      .addHelpText(
        'after',
        `
Secrets may stand in the file, or come from TIDEMARK_SECRET_<FIELD> and TIDEMARK_SECRET_<FIELD>_FILE. Neither they nor what
the provider hands out for them are written: where one is found in what would be written, nothing is. E-mail addresses are
replaced unless --keep-addresses is given. Read the file before you commit it: what else in it is private only you know.`,
      ),
    'tidemark connector record github --metric issue_count --config github.json --from 2026-03-01 --to 2026-03-07',
  ).action((name: string, options: RecordOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../connector-kit/record.ts')).connectorRecordCommand(context, name, options),
    ),
  );

  example(
    connector
      .command('replay')
      .description('read a recording again without a network, and compare its points')
      .argument('<folder>', 'folder of a recording'),
    'tidemark connector replay test/fixtures/github/recorded/issue_count',
  ).action((folder: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../connector-kit/replay.ts')).connectorReplayCommand(context, folder),
    ),
  );
}
