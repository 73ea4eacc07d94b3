import type { Command } from 'commander';
import type { CatalogOptions } from '../commands/catalog.ts';
import type { ImportTextOptions } from '../commands/import-text.ts';
import type { MeasureOptions } from '../commands/kr-measure.ts';
import { collect, example, type Registrar } from './registrar.ts';

/** catalog, import: what a Key Result can be measured by, and Key Results from text. */
export function registerImport(program: Command, registrar: Registrar): void {
  const { act } = registrar;
  example(
    program
      .command('catalog')
      .description('list the metrics that Key Results can use, or show one of them')
      .argument('[key]', 'one metric, such as nps')
      .option('--stage <stage>', 'only this stage, such as retention')
      .option('--source <source>', 'only what this source can feed, such as stripe'),
    'tidemark catalog --stage retention',
    'tidemark catalog nps',
  ).action((key: string | undefined, options: CatalogOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/catalog.ts')).catalogCommand(context, key, options),
    ),
  );
  registerText(program, registrar);
  registerMeasure(program, registrar);
}

const linesHelp = `
LINE is the line of the text that a Key Result begins on, as shown; 12.2 is the second one on line 12.
On a terminal, --save asks what is open, and which connection measures each Key Result.`;

function registerText(program: Command, { act }: Registrar): void {
  const imported = program.command('import').description('take over what was written elsewhere');
  example(
    imported
      .command('text')
      .description('read objectives and Key Results out of text, in Chinese or English')
      .argument('<file>', 'a text file in UTF-8; "-" is stdin')
      .option('--save', 'store what was read, all of it or nothing')
      .option('--cycle <key>', 'the cycle that it is for (default without --save: the current one)')
      .option('--objective <key>', 'where Key Results go that stand outside of any objective')
      .option('--answer <line=option>', 'answer the question on a line (repeatable)', collect)
      .option('--metric <line=key>', 'another metric of the catalogue for a line (repeatable)', collect)
      .option('--only <line>', 'only this line (repeatable)', collect)
      .option('--bind <line=connection>', 'measure it: LINE=CONNECTION[:param=value,…] (repeatable)', collect)
      .option('--no-input', 'ask nothing')
      .addHelpText('after', linesHelp),
    'tidemark import text okrs.txt',
    'tidemark import text okrs.txt --save --cycle 2026-q4 --answer 12=per_month --bind 14=stripe:currency=usd',
  ).action((file: string, options: ImportTextOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/import-text.ts')).importTextCommand(context, file, options),
    ),
  );
}

function registerMeasure(program: Command, { act }: Registrar): void {
  const kr = program.commands.find((command) => command.name() === 'kr');
  if (kr === undefined) throw new Error('the command "kr" has to be there before its verbs');
  example(
    kr
      .command('measure')
      .description('measure it on a connection, by the metric of the catalogue that it means')
      .argument('<key>', 'key or id of a Key Result')
      .requiredOption('--connection <key>', 'key or id of a connection')
      .option('--metric <name>', 'the name at the connector, where it has several that mean the same')
      .option('--param <name=value>', 'a parameter of it (repeatable)', collect),
    'tidemark kr measure revenue.mrr --connection stripe --param currency=usd',
  ).action((key: string, options: MeasureOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/kr-measure.ts')).krMeasureCommand(context, key, options),
    ),
  );
}
