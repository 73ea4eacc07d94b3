import { type Command, Option } from 'commander';
import type { CarryOverOptions, CycleCloseOptions } from '../commands/cycle-end.ts';
import type { KrAddOptions, KrListOptions } from '../commands/kr.ts';
import type { ObjectiveSetOptions } from '../commands/objective.ts';
import type { CycleAddOptions, ObjectiveAddOptions } from '../commands/plan.ts';
import { collect, example, type Registrar } from './registrar.ts';
import { titleInChangeHelp, titleInHelp } from './title-option.ts';

const amountHelp = `
Numbers are in the metric's own unit: 15000, 35% (the ratio 0.35), or "1100.50 USD". A bare number for money counts
its smallest unit, such as cents.`;

const stageHelp =
  'acquisition, activation, retention, referral, revenue, engagement, satisfaction, delivery, people, discovery or community';
const phaseHelp = 'where the product is: discovery, validation, build, launch, growth or maturity';

/** cycle, objective, kr: what is aimed for. */
export function registerGoals(program: Command, registrar: Registrar): void {
  const { act } = registrar;
  const cycle = program.command('cycle').description('the days that Key Results are judged over');
  example(
    cycle
      .command('add')
      .alias('create')
      .description('add a cycle')
      .argument('<key>', 'name of the cycle, such as 2026-q4')
      .requiredOption('--start <day>', 'first day, YYYY-MM-DD')
      .requiredOption('--end <day>', 'the day after the last one, YYYY-MM-DD')
      .option('--title <title>', 'title for people')
      .option('--time-zone <zone>', 'zone of its days, such as Europe/Berlin'),
    'tidemark cycle add 2026-q4 --start 2026-10-01 --end 2027-01-01',
  ).action((key: string, options: CycleAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/plan.ts')).cycleAddCommand(context, key, options),
    ),
  );
  example(cycle.command('list').description('list the cycles'), 'tidemark cycle list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/plan.ts')).cycleListCommand(context)),
  );

  example(
    cycle
      .command('close')
      .description('freeze how a cycle ended; refused while a Key Result has no final verdict')
      .argument('<key>', 'key or id of a cycle that is over')
      .option('--as-is', 'close it although some have none; they are marked provisional')
      .option('--reason <text>', 'why it is closed as it is'),
    'tidemark cycle close 2026-q3',
    'tidemark cycle close 2026-q3 --as-is --reason "the survey tool was shut down"',
  ).action((key: string, options: CycleCloseOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/cycle-end.ts')).cycleCloseCommand(context, key, options),
    ),
  );
  example(
    cycle
      .command('scorecard')
      .description('show how a closed cycle ended')
      .argument('<key>', 'key or id of a closed cycle'),
    'tidemark cycle scorecard 2026-q3',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/cycle-end.ts')).scorecardCommand(context, key),
    ),
  );
  example(
    cycle
      .command('carry-over')
      .description('go on in another cycle with what a closed one left open')
      .argument('<key>', 'key or id of the closed cycle')
      .requiredOption('--to <key>', 'key or id of the cycle that goes on')
      .option('--kr <key>', 'only this Key Result; may be repeated', collect),
    'tidemark cycle carry-over 2026-q3 --to 2026-q4',
  ).action((key: string, options: CarryOverOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/cycle-end.ts')).carryOverCommand(context, key, options),
    ),
  );
  example(
    program
      .command('hints')
      .description('what could make the objectives of a cycle better; nothing is ever refused for a hint')
      .option('--cycle <key>', 'another cycle than the current one'),
    'tidemark hints --cycle 2026-q4',
  ).action((options: { cycle?: string }, command: Command) =>
    act(command, async (context) => (await import('../commands/hints.ts')).hintsCommand(context, options)),
  );

  const objective = program.command('objective').description('an aim that Key Results measure');
  example(
    objective
      .command('add')
      .alias('create')
      .description('add an objective')
      .argument('<key>', 'name of the objective, such as growth')
      .requiredOption('--title <title>', 'the aim in one sentence')
      .option('--title-in <language=title>', titleInHelp, collect)
      .requiredOption('--cycle <key>', 'key or id of a cycle')
      .option('--parent <key>', 'the objective that this one serves')
      .option('--owner <name>', 'who answers for it')
      .option('--stage <stage>', stageHelp)
      .option('--phase <phase>', phaseHelp)
      .option('--weight <number>', 'in the progress of its parent (default 1)')
      .option('--description <text>', 'more about it'),
    'tidemark objective add growth --title "More teams use it every week" --cycle 2026-q4',
  ).action((key: string, options: ObjectiveAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/plan.ts')).objectiveAddCommand(context, key, options),
    ),
  );
  example(objective.command('list').description('list the objectives'), 'tidemark objective list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/plan.ts')).objectiveListCommand(context)),
  );
  example(
    objective
      .command('set')
      .description('change an objective')
      .argument('<key>', 'key or id of an objective')
      .option('--title <title>', 'the aim in one sentence')
      .option('--title-in <language=title>', titleInChangeHelp, collect)
      .option('--parent <key>', 'the objective that this one serves; "none": it stands by itself')
      .option('--owner <name>', 'who answers for it')
      .option('--stage <stage>', stageHelp)
      .option('--phase <phase>', phaseHelp)
      .option('--weight <number>', 'in the progress of its parent')
      .option('--description <text>', 'more about it'),
    'tidemark objective set growth --stage activation --phase growth --parent company',
  ).action((key: string, options: ObjectiveSetOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/objective.ts')).objectiveSetCommand(context, key, options),
    ),
  );
  example(
    objective
      .command('show')
      .description('show an objective with the arithmetic of its progress')
      .argument('<key>', 'key or id of an objective'),
    'tidemark objective show growth',
  ).action((key: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/objective.ts')).objectiveShowCommand(context, key),
    ),
  );
  registerKeyResult(program, registrar);
}

function registerKeyResult(program: Command, { act }: Registrar): void {
  const kr = program.command('kr').alias('key-result').description('one measurable outcome of an objective');
  example(
    kr
      .command('add')
      .alias('create')
      .description('add a Key Result')
      .argument('<key>', 'name of the Key Result, such as growth.wau')
      .requiredOption('--objective <key>', 'key or id of an objective')
      .requiredOption('--title <title>', 'the outcome in one sentence')
      .option('--title-in <language=title>', titleInHelp, collect)
      .addOption(
        new Option('--goal <kind>', 'what it promises')
          .choices(['reach', 'change', 'accumulate', 'guardrail', 'milestone', 'recurring'])
          .makeOptionMandatory(),
      )
      .option('--from <number>', 'reach, change: the start; absent: taken from the data')
      .option('--to <number>', 'reach, accumulate: the target')
      .option('--by <percent>', 'change: by how much, such as 20 or -30')
      .option('--points', 'change: --by counts percentage points of a ratio')
      .option('--at-least <number>', 'guardrail: never below')
      .option('--at-most <number>', 'guardrail: never above')
      .option('--method <name>', 'guardrail: latest, share_of_checks, share_of_planned or distance')
      .option('--checks <number>', 'guardrail: checks that are planned')
      .option('--steps <names>', 'milestone: "Draft, Review=2", apart by commas, with weights if they differ')
      .option('--per-period <number>', 'recurring: how often')
      .option('--period <unit>', 'recurring: day, week, month or quarter')
      .option('--periods <number>', 'recurring: over how many periods')
      .option('--carry-over', 'recurring: what is above in one period counts for the next')
      .option('--metric <key>', 'the metric that it is bound to')
      .option(
        '--over <span>',
        'reach, change: compare 28d together, the last full month, or the mean; default latest',
      )
      .option('--owner <name>', 'who answers for it')
      .option(
        '--baseline <rule>',
        'how a start that is not given is captured: last_value:7, mean:28 or as-compared; default as fits --over',
      )
      .option('--weight <number>', 'in the progress of its objective (default 1)')
      .option('--unit <unit>', 'without a metric: count, ratio, money, rating, score or custom:<text>')
      .option('--description <text>', 'more about it')
      .addHelpText('after', amountHelp),
    'tidemark kr add growth.wau --objective growth --title "15,000 weekly users" --goal reach --to 15000 --metric wau',
  ).action((key: string, options: KrAddOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/kr.ts')).krAddCommand(context, key, options)),
  );
  example(
    kr
      .command('bind')
      .description('take its value from a metric from now on')
      .argument('<key>', 'key or id of a Key Result')
      .argument('<metric>', 'key or id of a metric'),
    'tidemark kr bind growth.wau wau',
  ).action((key: string, metric: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/kr.ts')).krBindCommand(context, key, metric)),
  );
  example(
    kr
      .command('show')
      .description('show one Key Result')
      .argument('<key>', 'key or id of a Key Result')
      .option('--as-of <day>', 'as it was believed at the close of a past day, or at an instant'),
    'tidemark kr show growth.wau',
  ).action((key: string, options: { asOf?: string }, command: Command) =>
    act(command, async (context) => (await import('../commands/kr.ts')).krShowCommand(context, key, options)),
  );
  example(
    kr
      .command('list')
      .description('list the Key Results of a cycle, or of all cycles those that fit')
      .option('--cycle <key>', 'another cycle than the current one')
      .option('--objective <key>', 'of one objective')
      .option('--connection <key>', 'whose metric is read on a connection')
      .option('--owner <name>', 'that somebody answers for')
      .option('--status <names>', 'such as off_track,at_risk')
      .option('--data <names>', 'by the state of their data, such as stale,failing')
      .option('--archived', 'those that were put away'),
    'tidemark kr list',
    'tidemark kr list --owner Mei --status off_track,at_risk',
  ).action((options: KrListOptions, command: Command) =>
    act(command, async (context) => (await import('../commands/kr.ts')).krListCommand(context, options)),
  );
}
