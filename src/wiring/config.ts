import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type EgressRule, parseEgressAllow } from '../egress/index.ts';

/** What a process needs to know before it starts. Secrets stay in here and in `process.env`. */
export type Config = {
  dataDir: string;
  /** Raw events, as files that all workers share. */
  eventsDir: string;
  /** The folder whose CSV and Parquet files connections may query; null: none. */
  sqlFiles: string | null;
  /** Null: the embedded PostgreSQL in the data folder. */
  databaseUrl: string | null;
  /** Null: the queue lives in PostgreSQL. */
  redisUrl: string | null;
  host: string;
  /** Null: 4400, or the next free port. */
  port: number | null;
  /** The port is published on this machine only, whatever address it listens on: inside of a container. */
  privatePort: boolean;
  /** Where people open the web app, for the links in messages; null: the address listened on. */
  publicUrl: string | null;
  masterKey: string | null;
  /** Where it was read from, if it was: looked at again when the key is rotated. */
  masterKeyFile: string | null;
  /** Where this process tells, besides, what it counts and how it does; null: on the API's port alone. */
  metricsPort: number | null;
  /** Whoever reads the counters of a server that others reach has to know it; null: nobody may. */
  metricsToken: string | null;
  egressAllow: EgressRule[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Runs that one worker works on at once. */
  concurrency: number;
  /** What one caller may ask of the API: requests a minute by token and by address, syncs an hour by connection. */
  limits: { perToken: number; perAddress: number; syncsPerHour: number };
  workspaceName: string;
  timeZone: string;
};

export type ConfigFlags = {
  dataDir?: string | undefined;
  port?: string | undefined;
  host?: string | undefined;
};

/** One sentence for each setting that cannot be used; all of them at once. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `expected an address like ${example}`,
  });

const schema = z.object({
  TIDEMARK_DATA_DIR: z.string().min(1).default('.tidemark'),
  TIDEMARK_EVENTS_DIR: z.string().min(1).optional(),
  TIDEMARK_SQL_FILES: z.string().min(1).optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/tidemark').optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://:password@host:6379/0').optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'expected a port from 1 to 65535' }).int().min(1).max(65_535).optional(),
  TIDEMARK_PRIVATE_PORT: z.enum(['true', 'false'], { error: 'expected true or false' }).default('false'),
  TIDEMARK_PUBLIC_URL: url(['http:', 'https:'], 'https://tidemark.example.com').optional(),
  TIDEMARK_MASTER_KEY: z.string().min(1).optional(),
  TIDEMARK_METRICS_PORT: z.coerce
    .number({ error: 'expected a port from 1 to 65535' })
    .int()
    .min(1)
    .max(65_535)
    .optional(),
  TIDEMARK_METRICS_TOKEN: z.string().min(16, 'expected at least 16 characters').optional(),
  TIDEMARK_EGRESS_ALLOW: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  TIDEMARK_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(8),
  TIDEMARK_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  TIDEMARK_WORKSPACE: z.string().min(1).max(200).default('My workspace'),
  TIDEMARK_TIME_ZONE: z
    .string()
    .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC')
    .refine(isZone, { message: 'expected an IANA time zone like Europe/Berlin' }),
});

const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'TIDEMARK_MASTER_KEY', 'TIDEMARK_METRICS_TOKEN'];

/**
 * Reads the settings: flags before the environment before the defaults. A secret may also be a file (`NAME_FILE`).
 *
 * @throws ConfigError that names every setting that cannot be used; never its value when it is a secret
 */
export function loadConfig(env: NodeJS.ProcessEnv, flags: ConfigFlags = {}): Config {
  const problems: string[] = [];
  const raw: Record<string, string | undefined> = {};
  for (const name of Object.keys(schema.shape)) {
    raw[name] = blankToNone(env[name]) ?? fromFile(name, env, problems);
  }
  if (flags.dataDir !== undefined) raw.TIDEMARK_DATA_DIR = flags.dataDir;
  if (flags.port !== undefined) raw.PORT = flags.port;
  if (flags.host !== undefined) raw.HOST = flags.host;
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      const value = SECRETS.includes(name) ? '' : ` is "${raw[name] ?? ''}"`;
      const flag = name === 'PORT' && flags.port !== undefined ? '--port' : name;
      problems.push(`${flag}${value}: ${issue.message}. Correct it, then start again.`);
    }
  }
  const allow = parseEgressAllow(raw.TIDEMARK_EGRESS_ALLOW ?? '');
  if (!allow.ok) problems.push(...allow.problems.map((problem) => `TIDEMARK_EGRESS_ALLOW: ${problem}`));
  if (!parsed.success || !allow.ok || problems.length > 0) throw new ConfigError(problems);
  const { data } = parsed;
  const dataDir = resolve(data.TIDEMARK_DATA_DIR);
  return {
    dataDir,
    eventsDir: resolve(data.TIDEMARK_EVENTS_DIR ?? join(dataDir, 'events')),
    sqlFiles: data.TIDEMARK_SQL_FILES === undefined ? null : resolve(data.TIDEMARK_SQL_FILES),
    databaseUrl: data.DATABASE_URL ?? null,
    redisUrl: data.REDIS_URL ?? null,
    host: data.HOST,
    port: data.PORT ?? null,
    privatePort: data.TIDEMARK_PRIVATE_PORT === 'true',
    publicUrl: data.TIDEMARK_PUBLIC_URL?.replace(/\/$/, '') ?? null,
    masterKey: data.TIDEMARK_MASTER_KEY ?? null,
    masterKeyFile: masterKeyFile(env),
    metricsPort: data.TIDEMARK_METRICS_PORT ?? null,
    metricsToken: data.TIDEMARK_METRICS_TOKEN ?? null,
    egressAllow: allow.rules,
    logLevel: data.LOG_LEVEL,
    concurrency: data.TIDEMARK_CONCURRENCY,
    limits: { perToken: data.TIDEMARK_REQUESTS_PER_MINUTE, perAddress: 120, syncsPerHour: 6 },
    workspaceName: data.TIDEMARK_WORKSPACE,
    timeZone: data.TIDEMARK_TIME_ZONE,
  };
}

function fromFile(name: string, env: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const file = blankToNone(env[`${name}_FILE`]);
  if (file === undefined) return undefined;
  try {
    return blankToNone(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push(
      `${name}_FILE is "${file}", which cannot be read (${(error as NodeJS.ErrnoException).code}). Correct the path.`,
    );
    return undefined;
  }
}

/** The text of the variable itself goes before the file. */
function masterKeyFile(env: NodeJS.ProcessEnv): string | null {
  const file = blankToNone(env['TIDEMARK_MASTER_KEY_FILE']);
  return file === undefined || blankToNone(env['TIDEMARK_MASTER_KEY']) !== undefined ? null : resolve(file);
}

function blankToNone(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
