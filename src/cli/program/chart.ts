import { type Command, Option } from 'commander';
import type { ChartOptions } from '../commands/chart.ts';
import { example, type Registrar } from './registrar.ts';

/** chart: a Key Result as a picture, for a document, a slide or somebody else's page. */
export function registerChart(program: Command, { act }: Registrar): void {
  example(
    program
      .command('chart')
      .description('write the chart of a Key Result as SVG or PNG, or its badge')
      .argument('<key>', 'key or id of a Key Result')
      .requiredOption('--out <file>', 'where to write it; .svg or .png, with --badge also .json')
      .addOption(new Option('--theme <theme>', 'colours of the chart').choices(['light', 'dark']))
      .option('--width <pixels>', 'width of the chart, 320 to 2400 (default 800); a PNG has twice the pixels')
      .option('--as-of <day>', 'as it was believed at the close of a past day, or at an instant')
      .option('--badge', 'a line of 20 px that says how it stands'),
    'tidemark chart growth.wau --out wau.png',
    'tidemark chart growth.wau --out wau.svg --theme dark --lang zh-CN --as-of 2026-08-31',
    'tidemark chart growth.wau --badge --out wau-badge.svg',
  ).action((key: string, options: ChartOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/chart.ts')).chartCommand(context, key, options),
    ),
  );
}
