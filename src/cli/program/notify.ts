import type { Command } from 'commander';
import type { ChannelAddOptions, RuleAddOptions } from '../commands/notify.ts';
import { example, type Registrar } from './registrar.ts';

const switches = [
  ['off', false],
  ['on', true],
] as const;

/** channel, rule, alert, delivery: who is told what. */
export function registerNotify(program: Command, { act }: Registrar): void {
  const channel = program.command('channel').description('where alerts are sent');
  example(
    channel
      .command('add')
      .alias('create')
      .description('add a channel')
      .argument('<kind>', 'webhook or slack')
      .argument('<key>', 'name of the channel, such as team-slack')
      .option('--url <url>', 'webhook: the address that receives the POST')
      .option('--title <title>', 'title for people')
      .option('--secret-stdin', 'slack: read its webhook address from stdin')
      .addHelpText(
        'after',
        "\nSlack's webhook address is a secret: set TIDEMARK_SECRET_URL, or use --secret-stdin.",
      ),
    'tidemark channel add webhook ops --url https://example.com/hooks/okr',
    'TIDEMARK_SECRET_URL_FILE=./slack.url tidemark channel add slack team-slack',
  ).action((kind: string, key: string, options: ChannelAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/notify.ts')).channelAddCommand(context, kind, key, options),
    ),
  );
  example(channel.command('list').description('list the channels'), 'tidemark channel list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/notify.ts')).channelListCommand(context)),
  );
  example(
    channel.command('test').description('send one test message').argument('<key>', 'key or id of a channel'),
    'tidemark channel test ops',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/notify.ts')).channelTestCommand(context, key)),
  );

  for (const [verb, enabled] of switches) {
    example(
      channel
        .command(verb)
        .description(enabled ? 'send to it again' : 'send nothing to it any more')
        .argument('<key>', 'key or id of a channel'),
      `tidemark channel ${verb} ops`,
    ).action((key: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/notify-switch.ts')).channelSwitchCommand(context, key, enabled),
      ),
    );
  }

  const rule = program.command('rule').description('when an alert is raised');
  example(
    rule
      .command('add')
      .alias('create')
      .description('raise an alert when a Key Result is off track')
      .option('--key-result <key>', 'only this Key Result (default: every one)')
      .option('--objective <key>', 'only the Key Results of this objective')
      .option('--for <number>', 'days that it must hold before it fires (default 3)')
      .option('--keep <number>', 'days that it must be gone before it resolves (default 5)'),
    'tidemark rule add --key-result growth.mrr --for 2',
  ).action((options: RuleAddOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/notify.ts')).ruleAddCommand(context, options)),
  );
  example(rule.command('list').description('list the rules'), 'tidemark rule list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/notify-lists.ts')).ruleListCommand(context)),
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
        (await import('../commands/notify-switch.ts')).ruleSwitchCommand(context, id, enabled),
      ),
    );
  }

  const alert = program.command('alert').description('what is or was wrong');
  example(
    alert
      .command('list')
      .description('list the alerts')
      .option('--key-result <key>', 'only of this Key Result'),
    'tidemark alert list',
  ).action((options: { keyResult?: string }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/notify-lists.ts')).alertListCommand(context, options),
    ),
  );
  const delivery = program.command('delivery').description('what was sent, and what became of it');
  example(delivery.command('list').description('list the deliveries'), 'tidemark delivery list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/notify-lists.ts')).deliveryListCommand(context),
      ),
  );
}
