import type { Command } from 'commander';
import type { CheckInOptions } from '../commands/checkin.ts';
import type { EventsUploadOptions } from '../commands/events.ts';
import type { PushOptions } from '../commands/push.ts';
import type { RecordsPushOptions } from '../commands/records.ts';
import type { StepOptions } from '../commands/step.ts';
import type { UploadOptions } from '../commands/upload.ts';
import { example, type Registrar } from './registrar.ts';

const keyFlag = '--idempotency-key <key>';
const keyHelp = 'a name of this delivery: the same one again is taken once';

/** push, upload, checkin, kr step, records: what people and programs bring themselves. */
export function registerIngest(program: Command, registrar: Registrar): void {
  const { act } = registrar;
  example(
    program
      .command('push')
      .description('give a metric the value of one day; the same day again replaces it')
      .argument('<metric>', 'key or id of a metric made with "metric add --values"')
      .option('--day <day>', 'YYYY-MM-DD (default: yesterday, and today for a stock)')
      .option('--value <number>', 'the value, such as 42, 35% or "1100.50 USD"')
      .option('--numerator <number>', 'of a ratio, with --denominator instead of --value')
      .option('--denominator <number>', 'of a ratio')
      .option('--unit <unit>', 'refuse it unless the metric counts in this')
      .option('--note <text>', 'where it comes from')
      .option(keyFlag, keyHelp),
    'tidemark push signups --day 2026-10-05 --value 42',
  ).action((metric: string, options: PushOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/push.ts')).pushCommand(context, metric, options),
    ),
  );

  example(
    program
      .command('upload')
      .description('give a metric the values of many days')
      .argument('<metric>', 'key or id of a metric made with "metric add --values"')
      .argument('<file>', 'a CSV file or JSON lines with day and value; "-" is stdin')
      .option('--format <format>', 'csv or jsonl (default: by the name of the file)')
      .option('--note <text>', 'where it comes from')
      .option(keyFlag, keyHelp),
    'tidemark upload signups signups.csv',
  ).action((metric: string, file: string, options: UploadOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/upload.ts')).uploadCommand(context, metric, file, options),
    ),
  );

  example(
    program
      .command('checkin')
      .alias('check-in')
      .description('say how a Key Result stands that no system knows')
      .argument('<key-result>', 'key or id of a Key Result')
      .option(
        '--value <number>',
        'the value as of that day; where something is counted up, what that day came to',
      )
      .option('--add <number>', 'where something is counted up: on top of what the day has')
      .option('--total <number>', 'where something is counted up: what the cycle has come to with that day')
      .option('--day <day>', 'YYYY-MM-DD (default: today)')
      .option('--note <text>', 'what happened')
      .option('--confidence <percent>', 'how sure you are that it will be met, such as 70%')
      .option('--list', 'show the check-ins so far instead')
      .option(keyFlag, keyHelp),
    'tidemark checkin people.interviews --add 2 --note "two churned customers" --confidence 70%',
    'tidemark checkin people.interviews --list',
  ).action((key: string, options: CheckInOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/checkin.ts')).checkInCommand(context, key, options),
    ),
  );
  registerStep(program, registrar);
  registerRecords(program, registrar);
  registerEvents(program, registrar);
}

function registerStep(program: Command, { act }: Registrar): void {
  const kr = program.commands.find((command) => command.name() === 'kr');
  if (kr === undefined) throw new Error('the command "kr" has to be there before its steps');
  example(
    kr
      .command('step')
      .description('tick a step of a milestone goal')
      .argument('<key>', 'key or id of a Key Result')
      .argument('<step>', 'name of the step, or its number')
      .option('--done [day]', 'done on that day, YYYY-MM-DD (default: today)')
      .option('--undone', 'not done after all'),
    'tidemark kr step product.launch "Beta is out"',
    'tidemark kr step product.launch 2 --done 2026-10-05',
  ).action((key: string, step: string, options: StepOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/step.ts')).stepCommand(context, key, step, options),
    ),
  );
}

function registerRecords(program: Command, { act }: Registrar): void {
  const records = program.command('records').description('records of your own, such as survey answers');
  example(
    records
      .command('push')
      .description('send records; the same id again replaces the record')
      .argument('<connection>', 'key or id of a connection made with "connection add records"')
      .argument('<kind>', 'what they are, such as responses')
      .argument('<file>', 'a CSV file or JSON lines; "-" is stdin')
      .option('--format <format>', 'csv or jsonl (default: by the name of the file)')
      .option('--through <day>', 'everything up to that day is told (default: up to the newest record)')
      .option('--note <text>', 'where they come from')
      .option(keyFlag, keyHelp),
    'tidemark connection add records --key surveys',
    'tidemark records push surveys responses answers.csv --through 2026-10-05',
  ).action((connection: string, kind: string, file: string, options: RecordsPushOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/records.ts')).recordsPushCommand(context, connection, kind, file, options),
    ),
  );
  example(
    records
      .command('list')
      .description('show which records were sent, and up to which day they tell everything')
      .argument('<connection>', 'key or id of a connection made with "connection add records"'),
    'tidemark records list surveys',
  ).action((connection: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/records.ts')).recordsListCommand(context, connection),
    ),
  );
}

function registerEvents(program: Command, { act }: Registrar): void {
  const events = program.command('events').description('raw events: what people did in a product');
  example(
    events
      .command('upload')
      .description('send a file of events of any size; the same id again replaces the event')
      .argument('<connection>', 'key or id of a connection made with "connection add records"')
      .argument('<file>', 'a CSV file, JSON lines or Parquet')
      .option('--format <format>', 'csv, jsonl or parquet (default: by the name of the file)')
      .option('--user <column>', 'column with the person (default: userId)')
      .option('--event <column>', 'column with the name of the event (default: event)')
      .option('--time <column>', 'column with the time (default: at)')
      .option('--id <column>', 'column that names an event (default: what it says names it)')
      .option(
        '--properties <column>',
        'column with a JSON object (default: every other column is a property)',
      )
      .option('--through <day>', 'everything up to that day is told (default: up to the newest event)')
      .option('--note <text>', 'where they come from')
      .option(keyFlag, keyHelp),
    'tidemark connection add records --key app',
    'tidemark events upload app events.parquet --user user_id --time occurred_at --id event_id',
  ).action((connection: string, file: string, options: EventsUploadOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/events.ts')).eventsUploadCommand(context, connection, file, options),
    ),
  );
  example(
    events
      .command('list')
      .description('show which events there are, the most frequent first')
      .argument('<connection>', 'key or id of a connection')
      .option('--days <number>', 'how many days up to now are counted (default: 30)'),
    'tidemark events list app --days 7',
  ).action((connection: string, options: { days?: string }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/events.ts')).eventsListCommand(context, connection, options),
    ),
  );
}
