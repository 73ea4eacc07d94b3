import { resolve } from 'node:path';
import { projectRoot } from '../../project.ts';
import { CliError } from '../cli-error.ts';
import { type Context, hint, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { registryLines } from './register.ts';
import { type ScaffoldProblem, scaffold } from './scaffold.ts';
import { kitWords } from './words.ts';

export type NewOptions = { title?: string; dir?: string };

/** `tidemark connector new NAME`: a small whole connector in this checkout. Needs no server. */
export async function connectorNewCommand(
  context: Context,
  name: string,
  options: NewOptions,
): Promise<number> {
  const words = kitWords(context.settings.lang);
  const root = options.dir === undefined ? projectRoot() : resolve(options.dir);
  const made = await scaffold(root, name, options.title);
  if ('code' in made) {
    const { message, next } = words.problem(made);
    throw new CliError(message, { exitCode: exitCodeOf(made), next });
  }
  const { importLine, entryLine } = registryLines(made.names);
  if (context.settings.json) {
    const { files, isFormatted, isRegistered, names } = made;
    printJson(context, {
      name: names.folder,
      id: names.id,
      title: names.title,
      files,
      isRegistered,
      isFormatted,
    });
    return exitCodes.done;
  }
  for (const line of words.made(made)) print(context, line);
  if (!made.isRegistered) for (const line of words.registerBy(importLine, entryLine)) print(context, line);
  if (!made.isFormatted) hint(context, words.format(made.names));
  return exitCodes.done;
}

function exitCodeOf({ code }: ScaffoldProblem): number {
  if (code === 'exists' || code === 'in_the_way') return exitCodes.conflict;
  return code === 'no_checkout' ? exitCodes.failed : exitCodes.usage;
}
