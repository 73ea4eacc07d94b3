import { ConfigError, loadConfig } from '../wiring/config.ts';
import { usageError } from './cli-error.ts';

/** Settings for a process, or a CliError that lists what cannot be used. */
export function configOrUsage(env: NodeJS.ProcessEnv, flags: Parameters<typeof loadConfig>[1]) {
  try {
    return loadConfig(env, flags);
  } catch (error) {
    if (error instanceof ConfigError) throw usageError(error.message, 'The README lists every setting.');
    throw error;
  }
}
