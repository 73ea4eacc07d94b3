import type { Command } from 'commander';
import type {
  AcceptOptions,
  BaselineOptions,
  GuardOptions,
  OverrideOptions,
} from '../commands/kr-definition.ts';
import type { MetricChangeOptions, PointsOptions } from '../commands/metric-versions.ts';
import { collect, example, type Registrar } from './registrar.ts';

const numbersHelp = `
Numbers are in the metric's own unit: 15000, 35% (the ratio 0.35), or "1100.50 USD".`;

/** What a number means and how that may change: baselines, overrides, guards, versions. */
export function registerDefinition(program: Command, registrar: Registrar): void {
  const kr = program.commands.find((command) => command.name() === 'kr');
  const metric = program.commands.find((command) => command.name() === 'metric');
  if (kr === undefined || metric === undefined) throw new Error('kr and metric are registered first');
  registerBaseline(kr, registrar);
  registerGuard(kr, registrar);
  registerChanges(kr, registrar);
  registerVersions(metric, registrar);
}

function registerBaseline(kr: Command, { act }: Registrar): void {
  example(
    kr
      .command('baseline')
      .description('show where the start comes from; state another one, or capture it again')
      .argument('<key>', 'key or id of a Key Result')
      .option('--value <number>', 'state the baseline')
      .option('--recapture', 'forget it and capture it again from the data')
      .option('--rule <rule>', 'with --recapture: last_value:7, mean:28 or as-compared')
      .option('--reason <text>', 'why; needed for every change')
      .addHelpText('after', numbersHelp),
    'tidemark kr baseline growth.churn',
    'tidemark kr baseline growth.churn --value 5% --reason "billing was down in the last week of June"',
  ).action((key: string, options: BaselineOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-definition.ts')).baselineCommand(context, key, options),
    ),
  );
  example(
    kr
      .command('override')
      .description('state a value in the place of the automatic one for some days; the source is read on')
      .argument('<key>', 'key or id of a Key Result')
      .argument('[value]', 'the value that counts')
      .option('--until <day>', 'its last day, YYYY-MM-DD; 31 days at most')
      .option('--from <day>', 'its first day (default: today)')
      .option('--reason <text>', 'why; needed')
      .option('--end', 'end the one in force')
      .addHelpText('after', numbersHelp),
    'tidemark kr override growth.wau 14200 --until 2026-08-20 --reason "tracking broke with release 4.2"',
    'tidemark kr override growth.wau --end',
  ).action((key: string, value: string | undefined, options: OverrideOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-definition.ts')).overrideCommand(context, key, value, options),
    ),
  );
}

function registerGuard(kr: Command, { act }: Registrar): void {
  example(
    kr
      .command('guard')
      .description('pair it with a counter-metric that must not worsen')
      .argument('<key>', 'key or id of a Key Result')
      .argument('[metric]', 'key or id of the counter-metric')
      .option('--at-most <number>', 'it must not rise above this')
      .option('--at-least <number>', 'it must not fall below this')
      .option('--not-above-start', 'it must not rise above what it was when the cycle began')
      .option('--not-below-start', 'it must not fall below what it was when the cycle began')
      .option(
        '--over <span>',
        'look at 28d together, the last full month, the sum or the mean; default latest',
      )
      .option('--remove', 'take the guard away')
      .addHelpText('after', numbersHelp),
    'tidemark kr guard growth.conversion refunds --at-most 2% --over 28d',
    'tidemark kr guard growth.conversion refunds --not-above-start',
  ).action((key: string, metric: string | undefined, options: GuardOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-definition.ts')).guardCommand(context, key, metric, options),
    ),
  );
}

function registerChanges(kr: Command, { act }: Registrar): void {
  example(
    kr
      .command('changes')
      .description('list the Key Results whose metric has a newer definition, with what it would change')
      .argument('[key]', 'only this Key Result'),
    'tidemark kr changes',
  ).action((key: string | undefined, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-definition.ts')).changesCommand(context, key),
    ),
  );
  example(
    kr
      .command('accept')
      .description('judge it by the newest definition of its metric from now on')
      .argument('<key>', 'key or id of a Key Result')
      .option('--if-version <number>', 'only while this is the newest version')
      .option('--recapture', 'capture the baseline again from the new series'),
    'tidemark kr accept growth.wau',
  ).action((key: string, options: AcceptOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-definition.ts')).acceptCommand(context, key, options),
    ),
  );
}

function registerVersions(metric: Command, { act }: Registrar): void {
  example(
    metric
      .command('change')
      .description('give it another definition: a new version, which Key Results accept one by one')
      .argument('<key>', 'key or id of a metric')
      .option('--param <name=value>', 'a parameter that changes; may be repeated', collect)
      .option('--formula <text>', 'of a formula: the new text')
      .option('--unit <unit>', 'of a formula: what its result is called, such as "custom:tickets per user"')
      .option('--time-zone <zone>', 'zone of the days, such as Europe/Berlin')
      .requiredOption('--reason <text>', 'why; shown to everybody who is asked to accept it'),
    'tidemark metric change wau --param days=28 --reason "a week is too short for this product"',
  ).action((key: string, options: MetricChangeOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/metric-versions.ts')).metricChangeCommand(context, key, options),
    ),
  );
  example(
    metric
      .command('withdraw')
      .description('take back the newest definition while nobody has accepted it')
      .argument('<key>', 'key or id of a metric')
      .requiredOption('--reason <text>', 'why'),
    'tidemark metric withdraw wau --reason "counted robots"',
  ).action((key: string, { reason }: { reason: string }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/metric-versions.ts')).metricWithdrawCommand(context, key, reason),
    ),
  );
  example(
    metric
      .command('versions')
      .description('list its definitions, oldest first')
      .argument('<key>', 'key or id of a metric'),
    'tidemark metric versions wau',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/metric-versions.ts')).metricVersionsCommand(context, key),
    ),
  );
  example(
    metric
      .command('points')
      .description('list its days; where there is no value, why')
      .argument('<key>', 'key or id of a metric')
      .option('--from <day>', 'the first day, YYYY-MM-DD')
      .option('--to <day>', 'the day after the last one, YYYY-MM-DD'),
    'tidemark metric points tickets-per-user --from 2026-08-01',
  ).action((key: string, options: PointsOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/metric-versions.ts')).metricPointsCommand(context, key, options),
    ),
  );
}
