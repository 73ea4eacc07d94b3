import { type Command, Option } from 'commander';
import type { AlertListOptions } from '../commands/alert.ts';
import type { RuleAddOptions, RuleOptions } from '../commands/rule.ts';
import type { SnoozeOptions } from '../commands/snooze.ts';
import { switches } from './notify.ts';
import { example, type Registrar } from './registrar.ts';

/** rule, alert, kr cadence: when somebody is told, and how that is held back. */
export function registerAlerting(program: Command, registrar: Registrar): void {
  registerRules(program.command('rule').description('when an alert is raised'), registrar);
  const alert = program.command('alert').description('what is or was wrong');
  registerAlerts(alert, registrar);
  registerSnoozes(alert, registrar);
  const kr = program.commands.find((command) => command.name() === 'kr');
  if (kr === undefined) throw new Error('kr is registered first');
  registerCadence(kr, registrar);
}

/** What makes a rule, for adding and for trying one. */
function withRule(command: Command): Command {
  return command
    .option('--key-result <key>', 'only this Key Result (default: every one)')
    .option('--objective <key>', 'only the Key Results of this objective')
    .option('--for <number>', 'days that it must hold before it fires (default 3)')
    .option('--keep <number>', 'days that it must be gone before it resolves (default 5)')
    .addOption(
      new Option(
        '--sensitivity <how>',
        'fires below a chance of 20, 25 or 30 %, and ends above 40, 45 or 50 % (default normal)',
      ).choices(['quiet', 'normal', 'early']),
    );
}

function registerRules(rule: Command, { act }: Registrar): void {
  example(
    withRule(
      rule.command('add').alias('create').description('raise an alert when a Key Result is off track'),
    ).option('--repeat <days>', 'what goes on is said again after so many days (default 7d), or never'),
    'tidemark rule add --key-result growth.mrr --for 2 --sensitivity early',
  ).action((options: RuleAddOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/rule.ts')).ruleAddCommand(context, options)),
  );
  example(
    withRule(
      rule.command('try').description('what such a rule would have said; nothing is stored, nobody is told'),
    ).option('--from <day>', 'first day that is looked at, YYYY-MM-DD (default: a quarter ago)'),
    'tidemark rule try --objective growth --sensitivity early',
  ).action((options: RuleOptions & { from?: string }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/rule-try.ts')).ruleTryCommand(context, options),
    ),
  );
  example(rule.command('list').description('list the rules'), 'tidemark rule list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/rule.ts')).ruleListCommand(context)),
  );
  for (const [verb, enabled] of switches) {
    example(
      rule
        .command(verb)
        .description(enabled ? 'let it fire again' : 'let it fire no more')
        .argument('<id>', 'id of a rule, as the list shows it'),
      `tidemark rule ${verb} rul_01m80…`,
    ).action((id: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/rule.ts')).ruleSwitchCommand(context, id, enabled),
      ),
    );
  }
}

function registerAlerts(alert: Command, { act }: Registrar): void {
  example(
    alert
      .command('list')
      .description('list the alerts')
      .option('--key-result <key>', 'only of this Key Result')
      .option('--connection <key>', 'only of this connection')
      .option('--open', 'only those that burn, or are about to'),
    'tidemark alert list --open',
  ).action((options: AlertListOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/alert.ts')).alertListCommand(context, options),
    ),
  );
  const id = ['<id>', 'id of an alert, as the list shows it'] as const;
  example(
    alert
      .command('show')
      .description('show why it is so, and what each channel was told of it')
      .argument(...id),
    'tidemark alert show alr_01m80…',
  ).action((name: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/alert.ts')).alertShowCommand(context, name)),
  );
  example(
    alert
      .command('acknowledge')
      .alias('ack')
      .description('say that somebody takes care of it: it is not repeated unless it gets worse')
      .argument(...id)
      .option('--note <text>', 'who does what about it')
      .option('--undo', 'take that back'),
    'tidemark alert acknowledge alr_01m80… --note "Mei looks into the sign-up form"',
  ).action((name: string, options: { note?: string; undo?: boolean }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/alert.ts')).alertAcknowledgeCommand(context, name, options),
    ),
  );
}

function registerSnoozes(alert: Command, { act }: Registrar): void {
  example(
    alert
      .command('snooze')
      .description('send nothing about something for a while; what still burns at the end is said once')
      .option('--key-result <key>', 'of this Key Result')
      .option('--objective <key>', 'of the Key Results of this objective')
      .option('--connection <key>', 'of this connection')
      .option('--owner <name>', 'of what this person owns')
      .option('--kind <kind>', 'of one kind: off-track, no-data, error or check-in-due')
      .option('--everything', 'of everything there is')
      .option('--for <time>', 'how long, such as 8h or 3d; 31 days at most')
      .option('--until <day>', 'its last silent day, YYYY-MM-DD, in the zone of the workspace')
      .option('--reason <text>', 'why; needed'),
    'tidemark alert snooze --key-result growth.mrr --for 3d --reason "the price test runs until Friday"',
  ).action((options: SnoozeOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/snooze.ts')).alertSnoozeCommand(context, options),
    ),
  );
  example(alert.command('snoozes').description('list what is silent now'), 'tidemark alert snoozes').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/snooze.ts')).alertSnoozesCommand(context)),
  );
  example(
    alert
      .command('unsnooze')
      .description('end a silence before its time')
      .argument('<id>', 'id of a silence, as "alert snoozes" shows it'),
    'tidemark alert unsnooze snz_01m80…',
  ).action((id: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/snooze.ts')).alertUnsnoozeCommand(context, id),
    ),
  );
}

function registerCadence(kr: Command, { act }: Registrar): void {
  example(
    kr
      .command('cadence')
      .description('show or change after how long without a check-in somebody is asked')
      .argument('<key>', 'key or id of a Key Result that only a person updates')
      .argument('[every]', 'such as 7d or 14d, 92 days at most; usual: as for all'),
    'tidemark kr cadence people.interviews 7d',
  ).action((key: string, every: string | undefined, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-cadence.ts')).krCadenceCommand(context, key, every),
    ),
  );
}
