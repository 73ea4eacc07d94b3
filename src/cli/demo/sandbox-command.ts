import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  breakProvider,
  FAULT_KINDS,
  type FaultKind,
  heal,
  readState,
  restate,
  type SandboxState,
  sandboxNow,
  startSandbox,
  writeState,
} from '../../../sandbox/index.ts';
import { makeWritable } from '../../wiring/data-folder.ts';
import { CliError, usageError } from '../cli-error.ts';
import { untilStopped } from '../commands/start.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { sandboxState } from './run-demo.ts';

const USAGE = `Usage: tidemark sandbox <command>

The sandbox company of the demo. What is broken here looks to Tidemark as it would at the real provider.

  break PROVIDER [KIND]     let the provider fail (default: server_error)
  heal PROVIDER             let it answer again
  restate PROVIDER [DAY]    change a past day's revenue late (default: the day before yesterday)
  run [--port N]            serve the company alone, without Tidemark
  inbox                     the messages that the sandbox's webhook and Slack inbox has received

  providers: stripe
  kinds: ${FAULT_KINDS.join(', ')}

Example: tidemark sandbox break stripe && tidemark sync now`;

/** Breaks, heals and restates the sandbox: its state is a file, so that it works whether the demo runs or not. */
export async function sandboxCommand(args: string[], io: Io): Promise<number> {
  const words = args.filter((word) => !word.startsWith('-'));
  const [verb, provider, extra] = words;
  const statePath = sandboxState(dataDirOf(args, io));
  switch (verb) {
    case undefined:
    case 'help':
      io.stdout.write(`${USAGE}\n`);
      return exitCodes.done;
    case 'run':
      return run(statePath, args, io);
    case 'inbox':
      return inbox(statePath, io);
    case 'break':
    case 'heal':
    case 'restate':
      return change(verb, statePath, provider, extra, io);
    default:
      throw usageError(`There is no sandbox command "${verb}"`, 'Choose break, heal, restate, run or inbox.');
  }
}

function change(
  verb: 'break' | 'heal' | 'restate',
  statePath: string,
  provider: string | undefined,
  extra: string | undefined,
  io: Io,
): number {
  if (provider !== 'stripe') {
    throw usageError(
      provider === undefined ? 'No provider was named' : `The sandbox has no provider "${provider}"`,
      'Use: stripe.',
    );
  }
  const state = readState(statePath);
  if (state === null) {
    throw new CliError('There is no sandbox yet', {
      exitCode: exitCodes.notFound,
      next: 'Make it with `npm run demo`.',
    });
  }
  const next = changed(verb, state, extra);
  writeState(statePath, next);
  io.stdout.write(`${saidOf(verb, next, extra)}\nSee what it does: npx tidemark sync now\n`);
  return exitCodes.done;
}

function changed(
  verb: 'break' | 'heal' | 'restate',
  state: SandboxState,
  extra: string | undefined,
): SandboxState {
  if (verb === 'heal') return heal(state, 'stripe');
  if (verb === 'break') return breakProvider(state, 'stripe', faultKind(extra));
  try {
    return restate(state, 'stripe', {
      ...(extra === undefined ? {} : { day: extra }),
      now: sandboxNow(state, new Date()),
    });
  } catch (error) {
    if (error instanceof RangeError) throw usageError(error.message, 'Name a past day, YYYY-MM-DD.');
    throw error;
  }
}

function saidOf(verb: 'break' | 'heal' | 'restate', state: SandboxState, extra: string | undefined): string {
  if (verb === 'heal') return 'Stripe answers again.';
  if (verb === 'break')
    return `Stripe is broken now: ${faultKind(extra)}. Mend it with \`npx tidemark sandbox heal stripe\`.`;
  const last = state.restatements.at(-1);
  return last === undefined
    ? 'Nothing was restated.'
    : `${last.note} (${last.day}: ${last.amountMinor} ${last.currency} minor units)`;
}

function faultKind(text: string | undefined): FaultKind {
  const kind = FAULT_KINDS.find((each) => each === (text ?? 'server_error'));
  if (kind === undefined)
    throw usageError(`There is no fault "${text}"`, `Choose one of: ${FAULT_KINDS.join(', ')}.`);
  return kind;
}

async function run(statePath: string, args: string[], io: Io): Promise<number> {
  const port = optionOf(args, '--port');
  if (port !== null && !/^\d{1,5}$/.test(port))
    throw usageError(`"${port}" is not a port`, 'Give a number from 0 to 65535.');
  const folder = dirname(statePath);
  makeWritable(dirname(folder));
  makeWritable(folder);
  const sandbox = await startSandbox({ statePath, ...(port === null ? {} : { port: Number(port) }) });
  io.stderr.write(
    `The sandbox company (invented data) is served at ${sandbox.url}; its Stripe key is in ${statePath}. Stop with Ctrl-C.\n`,
  );
  await untilStopped(io.interrupted);
  await sandbox.close();
  return exitCodes.done;
}

async function inbox(statePath: string, io: Io): Promise<number> {
  const file = join(dirname(statePath), 'inbox.jsonl');
  if (!existsSync(file)) {
    io.stderr.write('The inbox is empty.\n');
    return exitCodes.done;
  }
  io.stdout.write(readFileSync(file, 'utf8'));
  return exitCodes.done;
}

function dataDirOf(args: string[], io: Io): string {
  const given = optionOf(args, '--data-dir') ?? io.env['TIDEMARK_DATA_DIR'] ?? '';
  return given === '' ? './.tidemark' : given;
}

function optionOf(args: string[], name: string): string | null {
  const at = args.indexOf(name);
  return at === -1 ? null : (args[at + 1] ?? '');
}
