import { openForOperator } from '../wiring/operator.ts';
import type { Services } from '../wiring/services.ts';
import { NothingToStartFrom } from './cli-error.ts';
import { configOrUsage } from './config-or-usage.ts';
import type { Context } from './context.ts';

/**
 * Runs `use` on the database itself, for commands of whoever operates this machine.
 *
 * @throws CliError when there is no database yet
 */
export async function withOperator<T>(context: Context, use: (services: Services) => Promise<T>): Promise<T> {
  const { io, settings } = context;
  const config = configOrUsage(io.env, { dataDir: settings.dataDir });
  const opened = await openForOperator(config, (line) => io.stderr.write(`${line}\n`));
  if (opened === null) {
    throw new NothingToStartFrom(`There is no database in ${config.dataDir} yet`, {
      next: 'Start with `npm start`, or name another folder with --data-dir.',
    });
  }
  try {
    return await use(opened.services);
  } finally {
    await opened.close();
  }
}
