import { type Command, Option } from 'commander';
import type { Archivable } from '../commands/archive.ts';
import type { AuditListOptions } from '../commands/audit-list.ts';
import type { CycleSetOptions, KrSetOptions } from '../commands/change.ts';
import type { ExportOptions } from '../commands/export.ts';
import type { InitiativeOptions } from '../commands/initiative.ts';
import { collect, example, type Registrar } from './registrar.ts';
import { titleInChangeHelp } from './title-option.ts';

const archivable: readonly (readonly [Archivable, string, string])[] = [
  ['cycle', 'a cycle in which nothing lives any more', '2025-q1'],
  ['objective', 'an objective with its Key Results', 'growth'],
  ['kr', 'a Key Result', 'growth.wau'],
  ['metric', 'a metric that nothing is measured by', 'wau'],
  ['connection', 'a connection with its metrics; nothing of it is read any more', 'shop'],
  ['channel', 'a channel; nothing is sent to it any more', 'team-slack'],
  ['rule', 'an alert rule', 'rul_0123'],
];

/** What is done with objects besides making them: registered last, below the commands that are there. */
export function registerResources(program: Command, registrar: Registrar): void {
  for (const each of archivable) registerArchive(program, registrar, each);
  registerChanges(program, registrar);
  registerInitiatives(program, registrar);
  registerRecord(program, registrar);
}

function below(program: Command, name: string): Command {
  return program.commands.find((command) => command.name() === name) ?? program.command(name);
}

function registerArchive(
  program: Command,
  { act }: Registrar,
  [noun, what, key]: (typeof archivable)[number],
): void {
  const group = below(program, noun);
  example(
    group.command('archive').description(`put away ${what}`).argument('<key>', 'key or id'),
    `tidemark ${noun} archive ${key}`,
  ).action((given: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/archive.ts')).archiveCommand(context, noun, given),
    ),
  );
  example(
    group.command('restore').description('bring back what was archived').argument('<key>', 'key or id'),
    `tidemark ${noun} restore ${key}`,
  ).action((given: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/archive.ts')).restoreCommand(context, noun, given),
    ),
  );
}

function registerChanges(program: Command, { act }: Registrar): void {
  example(
    below(program, 'cycle')
      .command('set')
      .description('change a cycle; no day that was judged may fall out of it')
      .argument('<key>', 'key or id of a cycle')
      .option('--title <title>', 'title for people')
      .option('--start <day>', 'first day, YYYY-MM-DD')
      .option('--end <day>', 'the day after the last one, YYYY-MM-DD')
      .option('--time-zone <zone>', 'zone of its days'),
    'tidemark cycle set 2026-q4 --title "Winter"',
  ).action((key: string, options: CycleSetOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/change.ts')).cycleSetCommand(context, key, options),
    ),
  );
  const kr = below(program, 'kr');
  example(
    kr
      .command('set')
      .description('change a Key Result; another goal or comparison raises its version')
      .argument('<key>', 'key or id of a Key Result')
      .option('--title <title>', 'the outcome in one sentence')
      .option('--title-in <language=title>', titleInChangeHelp, collect)
      .option('--description <text>', 'more about it')
      .option('--owner <name>', 'who answers for it; "none": nobody')
      .option('--weight <number>', 'in the progress of its objective')
      .option('--objective <key>', 'another objective of the same cycle')
      .option('--over <span>', 'what is compared, as in "kr add"')
      .option('--goal <kind>', 'another goal, whole, with its flags as in "kr add"')
      .option('--from <number>', 'reach, change: the start')
      .option('--to <number>', 'reach, accumulate: the target')
      .option('--by <percent>', 'change: by how much')
      .option('--points', 'change: --by counts percentage points')
      .option('--at-least <number>', 'guardrail: never below')
      .option('--at-most <number>', 'guardrail: never above')
      .option('--method <name>', 'guardrail: how it is judged')
      .option('--checks <number>', 'guardrail: checks that are planned')
      .option('--steps <names>', 'milestone: the steps')
      .option('--per-period <number>', 'recurring: how often')
      .option('--period <unit>', 'recurring: day, week, month or quarter')
      .option('--periods <number>', 'recurring: over how many periods')
      .option('--carry-over', 'recurring: what is above counts for the next period'),
    'tidemark kr set growth.wau --goal reach --to 18000',
  ).action((key: string, options: KrSetOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/change.ts')).krSetCommand(context, key, options),
    ),
  );
  example(
    kr
      .command('unbind')
      .description('take its value from no metric any more')
      .argument('<key>', 'key or id of a Key Result'),
    'tidemark kr unbind growth.wau',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/change.ts')).krUnbindCommand(context, key)),
  );
  example(
    kr
      .command('forecast')
      .description('the chance of reaching it, the range at the deadline, and what they are made from')
      .argument('<key>', 'key or id of a Key Result'),
    'tidemark kr forecast growth.wau',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/forecast.ts')).krForecastCommand(context, key),
    ),
  );
  example(
    below(program, 'metric')
      .command('rename')
      .description('change what a metric is called')
      .argument('<key>', 'key or id of a metric')
      .option('--title <title>', 'title for people')
      .option('--key <key>', 'another key'),
    'tidemark metric rename wau --title "Weekly active users"',
  ).action((key: string, names: { key?: string; title?: string }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/change.ts')).metricRenameCommand(context, key, names),
    ),
  );
}

function registerInitiatives(program: Command, { act }: Registrar): void {
  const initiative = program.command('initiative').description('the work attached to a Key Result');
  const load = () => import('../commands/initiative.ts');
  const withWork = (command: Command): Command =>
    command
      .option('--end <day>', 'its last day; "none": open')
      .addOption(new Option('--state <state>', 'how it stands').choices(['open', 'done', 'dropped']))
      .option('--link <url>', 'where it is worked on; "none": nowhere');
  example(
    initiative
      .command('list')
      .description('list the work attached to a Key Result')
      .argument('<key>', 'key or id of a Key Result'),
    'tidemark initiative list growth.wau',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await load()).initiativeListCommand(context, key)),
  );
  example(
    withWork(
      initiative
        .command('add')
        .alias('create')
        .description('attach work to a Key Result; its days are marks on the chart')
        .argument('<key>', 'key or id of a Key Result')
        .requiredOption('--title <title>', 'what is done')
        .requiredOption('--start <day>', 'its first day, YYYY-MM-DD'),
    ),
    'tidemark initiative add growth.wau --title "New onboarding" --start 2026-10-12',
  ).action((key: string, options: InitiativeOptions & { title: string; start: string }, command: Command) =>
    act(command, async (context) => (await load()).initiativeAddCommand(context, key, options)),
  );
  example(
    withWork(
      initiative
        .command('set')
        .description('change an initiative')
        .argument('<id>', 'id of an initiative')
        .option('--title <title>', 'what is done')
        .option('--start <day>', 'its first day'),
    ),
    'tidemark initiative set ini_0123 --state done --end 2026-11-02',
  ).action((id: string, options: InitiativeOptions, command: Command) =>
    act(command, async (context) => (await load()).initiativeSetCommand(context, id, options)),
  );
  example(
    initiative
      .command('remove')
      .description('take an initiative away')
      .argument('<id>', 'id of an initiative'),
    'tidemark initiative remove ini_0123',
  ).action((id: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await load()).initiativeRemoveCommand(context, id)),
  );
}

function registerRecord(program: Command, { act }: Registrar): void {
  example(
    below(program, 'audit')
      .command('list')
      .description('who changed what, the newest first')
      .option('--actor <name>', 'by somebody')
      .option('--action <name>', 'such as create, update, archive')
      .option('--type <name>', 'of one type of object, such as key_result')
      .option('--object <id>', 'of one object')
      .option('--from <instant>', 'since then, such as 2026-08-01T00:00:00Z')
      .option('--to <instant>', 'until then')
      .option('--limit <number>', 'how many (default 50, at most 200)'),
    'tidemark audit list --type key_result --limit 20',
  ).action((options: AuditListOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/audit-list.ts')).auditListCommand(context, options),
    ),
  );
  example(
    program
      .command('export')
      .description('everything that the workspace has, as of one moment; never secrets')
      .addOption(
        new Option('--format <format>', 'one file of JSON lines, or one CSV a type').choices([
          'ndjson',
          'csv',
        ]),
      )
      .requiredOption('--out <folder>', 'a folder; "-" writes to standard output')
      .option('--type <names>', 'only these types, apart by commas, such as points,check_ins')
      .option('--bom', 'csv: begin with a byte order mark, by which some spreadsheets tell UTF-8'),
    'tidemark export --format csv --out ./export',
  ).action((options: ExportOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/export.ts')).exportCommand(context, options)),
  );
}
