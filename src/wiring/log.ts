import pino from 'pino';
import { createScrubber } from '../secrets/index.ts';
import type { Config } from './config.ts';

export type Log = pino.Logger;

/** One a process, as there is one log: whatever was a secret anywhere in it is replaced in every line. */
const scrubber = createScrubber();

/**
 * A run may hold a secret that was opened for it for about as long, and says what went wrong at its end. The scrubber
 * gives nothing out again, and forgets what nobody has opened since.
 */
const HIDDEN_MS = 10 * 60_000;

/** Keeps these out of every line from now on: keys and passwords that the process lives with. */
export function hideForever(...secrets: (string | null | undefined)[]): void {
  for (const secret of secrets) if (typeof secret === 'string') scrubber.add(secret);
}

/** Keeps a secret out of every line for as long as somebody may work with it. */
export function hideInUse(secret: string): void {
  const stop = scrubber.add(secret);
  setTimeout(stop, HIDDEN_MS).unref();
}

/** The password in an address, as it stands there and as it is meant. */
export function passwordsOf(url: string | null): string[] {
  if (url === null || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password]; // a % that escapes nothing stands for itself
  }
}

/**
 * What a line may say besides time, level, `event` and its sentence. Anything else is left out, whoever hands it in: a
 * header, a body or a setting is never logged because somebody logged an object that happened to hold it.
 */
const FIELDS = new Set(
  `event requestId runId durationMs err
  method route status code outcome detail kind name
  connection connectionId connector delivery channel queue job loop role worker
  attempt failures metrics failed news messages runs compacted swept skewMs deleted count bytes reason
  address host port version ids dataKeysMoved secretsMoved dataKeysRetired`.split(/\s+/),
);

/**
 * JSON lines on standard error, in UTC: standard output belongs to the answer. Values are JSON, so a line break in one
 * begins no second line.
 */
export function createLog(config: Pick<Config, 'logLevel'>, to?: pino.DestinationStream): Log {
  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => allowed(fields),
      },
      serializers: { err: (error: unknown) => error }, // made plain below, before pino sees it
      hooks: { streamWrite: (line) => scrubber.scrub(line) },
    },
    to ?? pino.destination({ fd: 2, sync: true }),
  );
}

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!FIELDS.has(name) || value === undefined) continue;
    kept[name] = name === 'err' ? plainError(value, 0) : plainValue(value);
  }
  return kept;
}

/** Numbers, words and short lists of them; an object may hold anything. */
function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 100).map((each) => plainValue(each));
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? '[object]' : value;
}

const CAUSES = 3;

/** What an error says and where it was made; what hangs on it besides (requests, settings, rows) stays out. */
function plainError(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined || depth >= CAUSES ? {} : { cause: plainError(error.cause, depth + 1) }),
  };
}
