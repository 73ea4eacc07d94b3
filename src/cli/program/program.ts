import { Command } from 'commander';
import type { Io } from '../io.ts';
import { type GlobalFlags, settingsOf } from '../settings.ts';
import { registerAccess } from './access.ts';
import { registerAlerting } from './alerting.ts';
import { registerBackup } from './backup.ts';
import { registerChart } from './chart.ts';
import { registerDefinition } from './definition.ts';
import { registerEveryday } from './everyday.ts';
import { registerGoals } from './goals.ts';
import { registerImport } from './import.ts';
import { registerIngest } from './ingest.ts';
import { registerKeys } from './keys.ts';
import { registerNotify } from './notify.ts';
import { registerOfftrack } from './offtrack.ts';
import type { Registrar } from './registrar.ts';
import { registerResources } from './resources.ts';
import { registerRevenue } from './revenue.ts';
import { registerRun } from './run.ts';
import { registerShare } from './share.ts';
import { registerSources } from './sources.ts';

/**
 * The whole command line. Nothing here may import what a command needs: this is all that `--help` loads.
 *
 * @param finish receives the exit code of the command that ran
 */
export function buildProgram(
  io: Io,
  argv: readonly string[],
  version: string,
  finish: (exitCode: number) => void,
): Command {
  const program = new Command('tidemark')
    .description(
      'Keeps OKR Key Results true: reads metrics on a schedule, computes progress, explains every number.',
    )
    .version(version, '--version', 'print the version')
    .option('--json', 'answer with one JSON document')
    .option('--data-dir <dir>', 'data folder (default: TIDEMARK_DATA_DIR, then ./.tidemark)')
    .option('--lang <lang>', 'en or zh-CN (default: TIDEMARK_LANG, then the locale)')
    .option('--verbose', 'say more: exact values, UTC times, stack traces')
    .option('--quiet', 'no hints beside the answer')
    .option('--no-color', 'no colours');

  // Subcommands copy these settings when they are made, so they come before the first of them.
  program
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help for what it takes.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // A secret that was typed as a flag must not be repeated in a log.
      outputError: (text, write) => write(text.replace(/(unknown option '-[^'=]*=)[^']*'/, "$1…'")),
    });
  program.addHelpText('before', 'Example:\n  tidemark demo\n  tidemark status\n');

  const registrar: Registrar = {
    io,
    argv,
    async act(command, work) {
      finish(await work({ io, settings: settingsOf(command.optsWithGlobals<GlobalFlags>(), io) }));
    },
  };
  registerEveryday(program, registrar);
  registerRun(program, registrar);
  registerSources(program, registrar);
  registerGoals(program, registrar);
  registerDefinition(program, registrar);
  registerImport(program, registrar);
  registerIngest(program, registrar);
  registerRevenue(program, registrar);
  registerNotify(program, registrar);
  registerAlerting(program, registrar);
  registerChart(program, registrar);
  registerShare(program, registrar);
  registerKeys(program, registrar);
  registerBackup(program, registrar);
  registerAccess(program, registrar);
  registerOfftrack(program, registrar);
  registerResources(program, registrar);
  return program;
}
