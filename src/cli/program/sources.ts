import { Argument, type Command, Option } from 'commander';
import type { ConnectionAddOptions, ConnectionSetOptions, SetKeyOptions } from '../commands/connection.ts';
import type { MetricAddOptions, PreviewOptions } from '../commands/metric.ts';
import { registerConnectorKit } from './connector-kit.ts';
import { collect, example, type Registrar } from './registrar.ts';

const secretHelp = `
Secrets are never flags. They are read from TIDEMARK_SECRET_<FIELD> (for apiKey: TIDEMARK_SECRET_API_KEY), from a
file that TIDEMARK_SECRET_<FIELD>_FILE names, from stdin with --secret-stdin, or asked for on a terminal.`;

/** connector, connection, metric: where numbers come from. */
export function registerSources(program: Command, registrar: Registrar): void {
  const { act } = registrar;
  const connector = program.command('connector').description('the providers that can be read');
  example(
    connector.command('list').description('list the connectors and what each needs'),
    'tidemark connector list',
  ).action((_options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/connector.ts')).connectorListCommand(context)),
  );
  registerConnectorKit(connector, registrar);
  registerConnection(program, registrar);
  registerMetric(program, registrar);
}

function registerConnection(program: Command, { act }: Registrar): void {
  const connection = program.command('connection').description("an owner's credentials for a provider");
  example(
    connection
      .command('add')
      .description('connect a provider')
      .argument('<connector>', 'which provider: see "tidemark connector list"')
      .requiredOption('--key <key>', 'name of the connection, such as stripe-eu')
      .option('--title <title>', 'title for people')
      .option('--endpoint <url>', "another address than the provider's own")
      .addOption(
        new Option('--environment <name>', 'what the account holds').choices(['live', 'test', 'sandbox']),
      )
      .option('--every <time>', 'how often it is read (default 60m)')
      .option('--owner <name>', 'who hears of it when it fails')
      .option('--config <name=value>', 'a setting that is not secret; may be repeated', collect)
      .option('--secret-stdin', 'read the secret from stdin')
      .addHelpText('after', secretHelp),
    'TIDEMARK_SECRET_API_KEY_FILE=./stripe.key tidemark connection add stripe --key stripe',
  ).action((id: string, options: ConnectionAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/connection.ts')).connectionAddCommand(context, id, options),
    ),
  );

  example(connection.command('list').description('list the connections'), 'tidemark connection list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/connection-view.ts')).connectionListCommand(context),
      ),
  );

  example(
    connection
      .command('set')
      .description('change who hears of it when it fails, its title, or how often it is read')
      .argument('<key>', 'key or id of a connection')
      .option('--owner <name>', 'who hears of it when it fails; none: nobody in particular')
      .option('--title <title>', 'title for people')
      .option('--every <time>', 'how often it is read'),
    'tidemark connection set stripe --owner Mei',
  ).action((key: string, options: ConnectionSetOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/connection.ts')).connectionSetCommand(context, key, options),
    ),
  );

  const named = (name: string, description: string) =>
    example(
      connection.command(name).description(description).argument('<key>', 'key or id of a connection'),
      `tidemark connection ${name} stripe`,
    );
  named('show', 'show its settings; of a secret only that it is set').action(
    (key: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/connection-view.ts')).connectionShowCommand(context, key),
      ),
  );
  named('metrics', 'list what it can measure').action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/connection-view.ts')).connectionMetricsCommand(context, key),
    ),
  );
  named('check', 'try the stored key with one cheap request').action(
    (key: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/connection.ts')).connectionCheckCommand(context, key),
      ),
  );
  for (const verb of ['pause', 'resume'] as const) {
    named(verb, verb === 'pause' ? 'stop reading it until it is resumed' : 'read it again').action(
      (key: string, _options: unknown, command: Command) =>
        act(command, async (context) =>
          (await import('../commands/connection.ts')).connectionPauseCommand(context, key, verb === 'pause'),
        ),
    );
  }
  example(
    connection
      .command('write-back')
      .description('send every evaluated day back as an event (Mixpanel only); off until turned on')
      .argument('<key>', 'key or id of a connection')
      .addArgument(new Argument('<on|off>', 'whether to send').choices(['on', 'off'])),
    'tidemark connection write-back mixpanel on',
  ).action((key: string, choice: 'on' | 'off', _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/connection.ts')).connectionWriteBackCommand(context, key, choice === 'on'),
    ),
  );
  named(
    'webhook',
    'show where its provider can send events to, so that changes are here within a minute',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/connection-webhook.ts')).connectionWebhookCommand(context, key),
    ),
  );
  named('set-key', 'replace its secrets')
    .option('--field <name>', 'only this one of them, such as webhookSecret')
    .option('--secret-stdin', 'read the secret from stdin')
    .addHelpText('after', secretHelp)
    .action((key: string, options: SetKeyOptions, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/connection.ts')).connectionSetKeyCommand(context, key, options),
      ),
    );
}

function registerMetric(program: Command, { act }: Registrar): void {
  const metric = program.command('metric').description('a named, reusable number over time');
  example(
    metric
      .command('preview')
      .description('read a metric once and show it; nothing is stored')
      .argument('<connection>', 'key or id of a connection')
      .argument('<metric>', 'what to read: see "tidemark connection metrics"')
      .option('--param <name=value>', 'a parameter of the metric; may be repeated', collect)
      .option('--days <number>', 'how many days back', '30')
      .option('--time-zone <zone>', 'zone of the days, such as Europe/Berlin'),
    'tidemark metric preview stripe paid_charges --days 14',
  ).action((connection: string, name: string, options: PreviewOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/metric.ts')).metricPreviewCommand(context, connection, name, options),
    ),
  );

  example(
    metric
      .command('add')
      .alias('create')
      .description('keep a metric: its history first, then on schedule')
      .argument('<key>', 'name of the metric, such as revenue.mrr')
      .option('--connection <key>', 'key or id of a connection')
      .option('--metric <name>', 'what to read: see "tidemark connection metrics"')
      .option('--values', 'instead of both: its values are pushed or uploaded; needs --kind and --unit')
      .option('--kind <kind>', 'with --values: flow, stock, ratio, distribution or distinct')
      .option('--currency <code>', 'with --values and --unit money: three letters, such as EUR')
      .option('--stale-after <days>', 'days without a new value after which the last one is too old')
      .option('--formula <text>', 'instead of both: combine other metrics, such as "tickets / active_users"')
      .option('--unit <unit>', 'with --values: what it counts in; with --formula: what its result is called')
      .option('--param <name=value>', 'a parameter of the metric; may be repeated', collect)
      .option('--title <title>', 'title for people')
      .option('--time-zone <zone>', 'zone of the days, such as Europe/Berlin')
      .option('--history-days <number>', 'days to read back at first (default 180)'),
    'tidemark metric add revenue.paid-charges --connection stripe --metric paid_charges',
    'tidemark metric add tickets-per-user --formula "tickets / `active-users`" --unit "custom:tickets per user"',
    'tidemark metric add signups --values --kind flow --unit count',
  ).action((key: string, options: MetricAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/metric.ts')).metricAddCommand(context, key, options),
    ),
  );

  example(metric.command('list').description('list the metrics'), 'tidemark metric list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/metric.ts')).metricListCommand(context)),
  );
}
