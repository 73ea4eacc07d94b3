import { type Command, Option } from 'commander';
import type { SettingsFlags } from '../channel-settings.ts';
import type { ChannelAddOptions } from '../commands/channel-add.ts';
import { example, type Registrar } from './registrar.ts';

export const switches = [
  ['off', false],
  ['on', true],
] as const;

const secretHelp = `
What is secret is never a flag: Slack's webhook address (TIDEMARK_SECRET_URL), the token of its bot
(TIDEMARK_SECRET_TOKEN), the password of a mail server (TIDEMARK_SECRET_PASSWORD). Each may come from a file that the
same name with _FILE names, from stdin with --secret-stdin, or is asked for on a terminal.`;

const eventsHelp =
  'webhook: changes it is told of besides alerts, such as key_result.status_changed,run.finished; all, or none';

const settingsHelp = `
What is not given stays as it is. "channel show" writes the settings as these flags take them. A digest sums up what is
new and what still burns; an empty one is not sent. Of what somebody owns (--owners), a channel of their own hears,
and of a source that fails only that one.`;

/** channel, digest, delivery: where messages go, and what became of them. */
export function registerNotify(program: Command, registrar: Registrar): void {
  const channel = program.command('channel').description('where alerts are sent, when, and of what');
  registerChannels(channel, registrar);
  registerChannelSettings(channel, registrar);
  registerDeliveries(program, registrar);
}

function registerChannels(channel: Command, { act }: Registrar): void {
  example(
    channel
      .command('add')
      .alias('create')
      .description('add a channel')
      .argument('<kind>', 'webhook, slack or email')
      .argument('<key>', 'name of the channel, such as team-slack')
      .option('--url <url>', 'webhook: the address that receives the POST')
      .option('--events <names>', eventsHelp)
      .option(
        '--channel-id <id>',
        'slack: where a bot posts, such as C0123456789; charts come as images then',
      )
      .option('--to <addresses>', 'email: who gets it, apart by commas')
      .option('--from <address>', 'email: the sender')
      .option('--smtp <address>', 'email: the server, smtps://host:465 or smtp://host:587')
      .option('--user <name>', 'email: the user at the server; its password is a secret')
      .addOption(new Option('--language <lang>', 'slack, email: of its messages').choices(['en', 'zh-CN']))
      .option('--title <title>', 'title for people')
      .option('--secret-stdin', 'read the secret from stdin')
      .addHelpText('after', secretHelp),
    'tidemark channel add webhook ops --url https://example.com/hooks/okr',
    'tidemark channel add webhook feed --url https://example.com/hooks/feed --events key_result.status_changed,source.failed',
    'TIDEMARK_SECRET_URL_FILE=./slack.url tidemark channel add slack team-slack',
    'tidemark channel add email leads --to mei@example.com --from okr@example.com --smtp smtps://mail.example.com:465 --user okr',
  ).action((kind: string, key: string, options: ChannelAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/channel-add.ts')).channelAddCommand(context, kind, key, options),
    ),
  );
  example(channel.command('list').description('list the channels'), 'tidemark channel list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/channel.ts')).channelListCommand(context)),
  );
  const key = ['<key>', 'key or id of a channel'] as const;
  example(
    channel
      .command('test')
      .description('send one test message')
      .argument(...key),
    'tidemark channel test ops',
  ).action((name: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/channel.ts')).channelTestCommand(context, name),
    ),
  );
  example(
    channel
      .command('rotate-secret')
      .description('give a webhook a new signing secret; for a day both sign')
      .argument(...key),
    'tidemark channel rotate-secret ops',
  ).action((name: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/channel.ts')).channelRotateSecretCommand(context, name),
    ),
  );
  for (const [verb, enabled] of switches) {
    example(
      channel
        .command(verb)
        .description(enabled ? 'send to it again' : 'send nothing to it any more')
        .argument(...key),
      `tidemark channel ${verb} ops`,
    ).action((name: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/channel.ts')).channelSwitchCommand(context, name, enabled),
      ),
    );
  }
}

function registerChannelSettings(channel: Command, { act }: Registrar): void {
  example(
    channel
      .command('show')
      .description('show when and of what it hears')
      .argument('<key>', 'key or id of a channel'),
    'tidemark channel show team-slack',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/channel.ts')).channelShowCommand(context, key),
    ),
  );
  example(
    channel
      .command('set')
      .description('change when and of what it hears')
      .argument('<key>', 'key or id of a channel')
      .option(
        '--quiet-hours <from-to>',
        'nothing is sent from the one time until the other; none: at any time',
      )
      .option('--days <days>', 'days on which something may be sent: mon-fri, mon,wed,fri or all')
      .option('--zone <zone>', 'the time zone of its readers, such as Europe/Berlin; workspace: as there')
      .option('--digest <when>', 'daily@08:00, weekly:mon@08:00 or off')
      .option('--warnings <when>', 'what is no emergency: at-once, or in the digest')
      .option('--topics <names>', 'key-results, sources, check-ins, apart by commas, or all')
      .option('--owners <names>', 'only what these people own, apart by commas; all: everything')
      .option('--per-day <number>', 'messages a day beyond which the rest waits for the digest, or none')
      .option('--wait <time>', 'how long first news waits for others to travel with, such as 10m')
      .option('--events <names>', eventsHelp)
      .option('--interval <time>', 'the least time between two messages about one objective, such as 4h')
      .addHelpText('after', settingsHelp),
    'tidemark channel set team-slack --quiet-hours 20:00-07:00 --days mon-fri --zone Europe/Berlin',
    'tidemark channel set leads --digest weekly:mon@08:00 --warnings digest',
  ).action((key: string, flags: SettingsFlags & { events?: string }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/channel.ts')).channelSetCommand(context, key, flags),
    ),
  );
}

function registerDeliveries(program: Command, { act }: Registrar): void {
  const digest = program.command('digest').description('the summary that a channel gets daily or weekly');
  example(
    digest
      .command('preview')
      .description('print what the digest of a channel would say now; nothing is stored or sent')
      .argument('<channel>', 'key or id of a channel'),
    'tidemark digest preview team-slack',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/channel.ts')).digestPreviewCommand(context, key),
    ),
  );
  const delivery = program.command('delivery').description('what was sent, and what became of it');
  example(delivery.command('list').description('list the deliveries'), 'tidemark delivery list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/delivery.ts')).deliveryListCommand(context)),
  );
  example(
    delivery
      .command('show')
      .description('show every attempt of a delivery')
      .argument('<id>', 'id of a delivery, as the list shows it'),
    'tidemark delivery show msg_3fQ0…',
  ).action((id: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/delivery.ts')).deliveryShowCommand(context, id),
    ),
  );
  example(
    delivery
      .command('redeliver')
      .description('send what arrived or was given up once more, under the same id')
      .argument('<id>', 'id of a delivery, as the list shows it'),
    'tidemark delivery redeliver msg_3fQ0…',
  ).action((id: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/delivery.ts')).deliveryRedeliverCommand(context, id),
    ),
  );
}
