import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

/** What the commands that run Tidemark itself are handed: the settings, with their own flags. */
export type StackOptions = Settings & { port?: number; host?: string };
export type DemoOptions = Settings & { port?: number; once: boolean; fresh: boolean };

/** Ties commander to the commands. Commands are imported when they run, so that `--help` stays quick. */
export type Registrar = {
  /** Runs the work with the settings of this command line, and keeps its exit code. */
  act(command: Command, work: (context: Context) => Promise<number>): Promise<void>;
  io: Io;
  /** The command line as it was given. */
  argv: readonly string[];
};

/** Help that starts with a line to paste. */
export function example(command: Command, ...lines: string[]): Command {
  return command.addHelpText('before', `Example:\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
}

/** For a flag that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
