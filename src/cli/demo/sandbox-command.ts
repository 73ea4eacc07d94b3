import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  breakProvider,
  breakTool,
  FAULT_KINDS,
  type FaultKind,
  heal,
  PROVIDERS,
  type Provider,
  readState,
  restate,
  type SandboxState,
  sandboxNow,
  serviceAccountKey,
  startSandbox,
  TOOL_TITLES,
  TOOLS,
  type Tool,
  writeState,
} from '../../../sandbox/index.ts';
import { makeWritable } from '../../wiring/data-folder.ts';
import { CliError, usageError } from '../cli-error.ts';
import { untilStopped } from '../commands/start.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { type ChosenSandbox, chooseSandbox, parseSandboxArgs, type SandboxArgs } from './chosen-sandbox.ts';
import { dumpSandbox } from './dump-sandbox.ts';

const USAGE = `Usage: tidemark sandbox <command>

The sandbox company of the demo. What is broken here looks to Tidemark as it would at the real provider.

  break PROVIDER [KIND]     let the provider fail (default: server_error)
  heal PROVIDER             let it answer again
  restate PROVIDER [DAY]    let something of a past day come late (default: the day before
                            yesterday, of ga4 five days ago)
  run [--port N]            serve the company alone, without Tidemark
  dump [--out FILE]         all its raw events as JSON lines (default: to standard output)
  inbox                     the messages that the sandbox's webhook and Slack inbox has received

  providers: ${PROVIDERS.join(', ')}; break and heal also ${TOOLS.join(', ')}
  kinds: ${FAULT_KINDS.join(', ')}

Another company than the demo's, with a state of its own, for every command above:
  --company FILE            its name, size and habits, such as sandbox/companies/northwind.json
  --seed N                  the same company with other luck (default: 42)
  --now T                   where its clock starts, 2026-03-31 or 2026-03-31T09:00:00Z

Example: tidemark sandbox break stripe && tidemark sync now`;

const NAMES: Record<Provider, string> = { stripe: 'Stripe', ga4: 'GA4', mixpanel: 'Mixpanel' };

/** Breaks, heals and restates the sandbox: its state is a file, so that it works whether the demo runs or not. */
export async function sandboxCommand(args: string[], io: Io): Promise<number> {
  const parsed = parseSandboxArgs(args);
  const [verb, provider, extra] = parsed.words;
  switch (verb) {
    case undefined:
    case 'help':
      io.stdout.write(`${USAGE}\n`);
      return exitCodes.done;
    case 'run':
      return run(chooseSandbox(parsed, io), parsed, io);
    case 'dump':
      return dump(chooseSandbox(parsed, io), parsed, io);
    case 'inbox':
      return inbox(chooseSandbox(parsed, io).statePath, io);
    case 'break':
    case 'heal':
    case 'restate':
      return change(verb, chooseSandbox(parsed, io), provider, extra, io);
    default:
      throw usageError(
        `There is no sandbox command "${verb}"`,
        'Choose break, heal, restate, run, dump or inbox.',
      );
  }
}

type Verb = 'break' | 'heal' | 'restate';

function change(
  verb: Verb,
  { statePath, isDemo }: ChosenSandbox,
  named: string | undefined,
  extra: string | undefined,
  io: Io,
): number {
  const state = readState(statePath) ?? missing(isDemo);
  const tool = TOOLS.find((each) => each === named);
  if (tool !== undefined) return changeTool(verb, tool, { state, statePath, extra }, io);
  const provider = providerOf(verb, named);
  const next = changed(verb, provider, state, extra);
  writeState(statePath, next);
  io.stdout.write(`${saidOf(verb, provider, next, extra)}\nSee what it does: npx tidemark sync now\n`);
  return exitCodes.done;
}

/** Nothing of a tool is restated: what it tells is as it is. */
function changeTool(
  verb: Verb,
  tool: Tool,
  { extra, state, statePath }: { extra: string | undefined; state: SandboxState; statePath: string },
  io: Io,
): number {
  if (verb === 'restate')
    throw usageError(`${TOOL_TITLES[tool]} restates nothing`, `Use: ${PROVIDERS.join(', ')}.`);
  const kind = verb === 'break' ? faultKind(extra) : null;
  writeState(statePath, breakTool(state, tool, kind));
  const said =
    kind === null
      ? `${TOOL_TITLES[tool]} answers again.`
      : `${TOOL_TITLES[tool]} is broken now: ${kind}. Mend it with \`npx tidemark sandbox heal ${tool}\`.`;
  io.stdout.write(`${said}\nSee what it does: npx tidemark sync now\n`);
  return exitCodes.done;
}

function providerOf(verb: Verb, named: string | undefined): Provider {
  const provider = PROVIDERS.find((each) => each === named);
  if (provider !== undefined) return provider;
  const known = verb === 'restate' ? PROVIDERS : [...PROVIDERS, ...TOOLS];
  throw usageError(
    named === undefined ? 'No provider was named' : `The sandbox has no provider "${named}"`,
    `Use: ${known.join(', ')}.`,
  );
}

function missing(isDemo: boolean): never {
  throw new CliError('There is no sandbox yet', {
    exitCode: exitCodes.notFound,
    next: isDemo
      ? 'Make it with `npm run demo`.'
      : 'Make it with `npx tidemark sandbox run` and the same options.',
  });
}

function changed(
  verb: Verb,
  provider: Provider,
  state: SandboxState,
  extra: string | undefined,
): SandboxState {
  if (verb === 'heal') return heal(state, provider);
  if (verb === 'break') return breakProvider(state, provider, faultKind(extra));
  try {
    const now = sandboxNow(state, new Date());
    const day = extra ?? usualDay(provider, now);
    return restate(state, provider, { ...(day === null ? {} : { day }), now });
  } catch (error) {
    if (error instanceof RangeError) throw usageError(error.message, 'Name a past day, YYYY-MM-DD.');
    throw error;
  }
}

/** GA4 may change a day for three days: an older one has counted already. Null: the day before yesterday. */
function usualDay(provider: Provider, now: Date): string | null {
  return provider === 'ga4' ? new Date(now.getTime() - 5 * 86_400_000).toISOString().slice(0, 10) : null;
}

function saidOf(verb: Verb, provider: Provider, state: SandboxState, extra: string | undefined): string {
  const name = NAMES[provider];
  if (verb === 'heal') return `${name} answers again.`;
  if (verb === 'break')
    return `${name} is broken now: ${faultKind(extra)}. Mend it with \`npx tidemark sandbox heal ${provider}\`.`;
  const last = state.restatements.at(-1);
  if (last === undefined) return 'Nothing was restated.';
  const money = provider === 'stripe' ? `: ${last.amountMinor} ${last.currency} minor units` : '';
  return `${last.note} (${last.day}${money})`;
}

function faultKind(text: string | undefined): FaultKind {
  const kind = FAULT_KINDS.find((each) => each === (text ?? 'server_error'));
  if (kind === undefined)
    throw usageError(`There is no fault "${text}"`, `Choose one of: ${FAULT_KINDS.join(', ')}.`);
  return kind;
}

async function run({ statePath, isDemo, wanted }: ChosenSandbox, args: SandboxArgs, io: Io): Promise<number> {
  const port = portOf(args.option('port'));
  const folder = dirname(statePath);
  makeWritable(folder);
  if (!isDemo) writeState(statePath, wanted(new Date()));
  const sandbox = await startSandbox({ statePath, ...(port === null ? {} : { port }) });
  const keyPath = join(folder, 'ga4-key.json');
  writeFileSync(keyPath, serviceAccountKey(sandbox.state()), { mode: 0o600 });
  io.stderr.write(
    `${[
      `The sandbox company ${sandbox.model().company.name} (invented data) is served at ${sandbox.url}; stop with Ctrl-C.`,
      `  its clock     ${sandbox.now().toISOString()}`,
      `  Stripe key    ${sandbox.apiKey}`,
      `  GA4           property ${sandbox.state().ga4.propertyId}, key JSON in ${keyPath}`,
      `  Mixpanel      project ${sandbox.state().mixpanel.projectId}, service account and secret in ${statePath}`,
      `  other tools   below /${TOOLS.join(', /')}; their key is toolToken in ${statePath}, of Google’s that of GA4`,
    ].join('\n')}\n`,
  );
  try {
    await untilStopped(io.interrupted);
  } finally {
    await sandbox.close();
  }
  return exitCodes.done;
}

function portOf(text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw usageError(`"${text}" is not a port`, 'Give a number from 0 to 65535.');
  return Number(text);
}

async function dump(
  { statePath, isDemo, wanted }: ChosenSandbox,
  args: SandboxArgs,
  io: Io,
): Promise<number> {
  if (isDemo && !existsSync(statePath)) missing(isDemo);
  return dumpSandbox(wanted(io.now()), args.option('out'), io);
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
