import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CompanyFile,
  newState,
  readCompanyFile,
  readState,
  type SandboxState,
} from '../../../sandbox/index.ts';
import { usageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import { sandboxState } from './run-demo.ts';

/** The sandbox that a command line is about: the demo's own, or one of another company, seed or moment. */
export type ChosenSandbox = {
  statePath: string;
  isDemo: boolean;
  /** What is there, brought in line with the options; made anew when nothing is. Writes nothing. */
  wanted(realNow: Date): SandboxState;
};

export type SandboxArgs = { words: string[]; option(name: OptionName): string | null };
type OptionName = 'company' | 'seed' | 'now' | 'port' | 'out' | 'data-dir';

const text = { type: 'string' } as const;
const OPTIONS = { company: text, seed: text, now: text, port: text, out: text, 'data-dir': text };

/** Options of the whole program, such as --quiet, may stand between the sandbox's own and are let pass. */
export function parseSandboxArgs(args: string[]): SandboxArgs {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, strict: false });
  return {
    words: positionals,
    option(name) {
      const value = values[name];
      if (value === undefined) return null;
      if (typeof value !== 'string' || value === '') {
        throw usageError(`--${name} needs a value`, 'See `npx tidemark sandbox help`.');
      }
      return value;
    },
  };
}

/** Where the demo and the other companies lie. Another company never touches the demo's state. */
export function chooseSandbox({ option }: SandboxArgs, io: Io): ChosenSandbox {
  const dataDir = option('data-dir') ?? (io.env['TIDEMARK_DATA_DIR'] || './.tidemark');
  const [file, seedText, nowText] = [option('company'), option('seed'), option('now')];
  if (file === null && seedText === null && nowText === null) {
    const statePath = sandboxState(dataDir);
    return { statePath, isDemo: true, wanted: (realNow) => readState(statePath) ?? newState(realNow) };
  }
  const about: About = {
    given: file === null ? null : companyOf(file),
    seed: seedText === null ? 42 : seedOf(seedText),
    startsAt: nowText === null ? null : instantOf(nowText),
  };
  const name = about.given?.company.name ?? 'Acme';
  const folder = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${about.seed}`;
  const statePath = join(dataDir, 'sandbox', folder, 'sandbox.json');
  return { statePath, isDemo: false, wanted: (realNow) => bring(readState(statePath), about, realNow) };
}

type About = { given: CompanyFile | null; seed: number; startsAt: Date | null };

/** Keeps keys and port, so that connections go on working; late facts stay with the history they belong to. */
function bring(found: SandboxState | null, { given, seed, startsAt }: About, realNow: Date): SandboxState {
  const clock =
    found !== null && startsAt === null
      ? { anchorDay: found.anchorDay, clockOffsetMs: found.clockOffsetMs }
      : { clockOffsetMs: startsAt === null ? 0 : startsAt.getTime() - realNow.getTime() };
  const company = given === null ? {} : { company: given.company, timeZone: given.timeZone };
  const fresh = newState(startsAt ?? realNow, { seed, ...company, ...clock });
  if (found === null) return fresh;
  const { apiKey, ga4, mixpanel, restrictedKeys, preferredPort, faults } = found;
  const kept = { ...fresh, apiKey, ga4, mixpanel, restrictedKeys, preferredPort, faults };
  const { restatements, extraFacts } = found;
  return history(found) === history(fresh) ? { ...kept, restatements, extraFacts } : kept;
}

const history = ({ seed, anchorDay, timeZone, company }: SandboxState): string =>
  JSON.stringify([seed, anchorDay, timeZone, company]);

function companyOf(file: string): CompanyFile {
  try {
    return readCompanyFile(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError(error.message, 'sandbox/companies/northwind.json is an example.');
  }
}

function seedOf(given: string): number {
  const seed = Number(given);
  if (!/^\d+$/.test(given) || seed > 0xffff_ffff) {
    throw usageError(`"${given}" is not a seed`, 'Give a whole number from 0 to 4294967295.');
  }
  return seed;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/;

function instantOf(given: string): Date {
  const day = INSTANT.exec(given)?.[1];
  const instant = new Date(given); // a day alone is its first second in UTC
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A day that no month has rolls over in silence.
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === day;
  const year = instant.getUTCFullYear();
  if (!exists || !(year >= 2000 && year < 2100)) {
    throw usageError(
      `"${given}" is not a moment the sandbox can start at`,
      'Write a day like 2026-03-31 or an instant like 2026-03-31T09:00:00Z, from 2000 to 2099.',
    );
  }
  return instant;
}
