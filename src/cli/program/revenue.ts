import type { Command } from 'commander';
import type { MovementsOptions } from '../commands/movements.ts';
import type { RatesOptions } from '../commands/rates.ts';
import { example, type Registrar } from './registrar.ts';

/** metric explain, rates: why revenue moved, and what currencies are worth. */
export function registerRevenue(program: Command, { act }: Registrar): void {
  const metric = program.commands.find((command) => command.name() === 'metric');
  if (metric === undefined) throw new Error('metric is registered first');
  example(
    metric
      .command('explain')
      .description('name the customers and movements behind a change of a revenue metric')
      .argument(
        '<key>',
        'key or id of a metric over subscriptions or payments, such as mrr, nrr or net_revenue',
      )
      .option('--from <day>', 'the day to start from, YYYY-MM-DD (default: the one before)')
      .option('--to <day>', 'the day to end at, YYYY-MM-DD (default: the newest one with a value)')
      .option('--limit <number>', 'how many customers are named (default 20)'),
    'tidemark metric explain revenue.mrr --from 2026-06-30 --to 2026-07-07',
  ).action((key: string, options: MovementsOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/movements.ts')).metricExplainCommand(context, key, options),
    ),
  );

  const rates = program.command('rates').description('exchange rates of your own');
  example(
    rates
      .command('upload')
      .description('say what other currencies are worth; the same day again replaces it')
      .argument('<file>', 'a CSV file or JSON lines with day, currency and rate; "-" is stdin')
      .requiredOption('--into <currency>', 'the currency that the rates lead into, such as EUR')
      .option('--format <format>', 'csv or jsonl (default: by the name of the file)'),
    'tidemark rates upload rates.csv --into EUR',
  ).action((file: string, options: RatesOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/rates.ts')).ratesUploadCommand(context, file, options),
    ),
  );
  example(
    rates
      .command('list')
      .description('list the rates into a currency')
      .requiredOption('--into <currency>', 'the currency that the rates lead into, such as EUR'),
    'tidemark rates list --into EUR',
  ).action((options: RatesOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/rates.ts')).ratesListCommand(context, options),
    ),
  );
}
