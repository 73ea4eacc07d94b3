import { readFile } from 'node:fs/promises';
import { CliError, usageError } from './cli-error.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { type Io, mayPrompt } from './io.ts';

export type SecretField = { name: string; required: boolean; description: string | null };

/**
 * Secrets come from `TIDEMARK_SECRET_<FIELD>`, a file named by `TIDEMARK_SECRET_<FIELD>_FILE`, stdin, or a prompt
 * on a terminal. Never from a flag: the process list and the shell history would keep it.
 *
 * @throws CliError (exit code 2) naming the variable of every required secret that is missing
 */
export async function readSecrets(
  context: Context,
  fields: readonly SecretField[],
  options: { stdin: boolean },
): Promise<Record<string, string>> {
  const { io } = context;
  const found: Record<string, string> = {};
  for (const field of fields) {
    const value = await fromEnvironment(field, io.env);
    if (value !== null) found[field.name] = value;
  }
  const missing = fields.filter((field) => found[field.name] === undefined);
  if (options.stdin) return { ...found, ...(await fromStdin(io, missing)) };

  const needed = missing.filter((field) => field.required);
  if (needed.length > 0 && !mayPrompt(io)) throw secretsMissing(needed);
  for (const field of needed) {
    const about = field.description === null ? '' : ` (${field.description})`;
    const answer = await io.askSecret(`${field.name}${about}`);
    if (answer === null) throw new CliError('Nothing was saved', { exitCode: exitCodes.declined });
    if (answer.trim() === '') throw usageError(`${field.name} is empty`);
    found[field.name] = answer.trim();
  }
  return found;
}

/** `apiKey` is read from `TIDEMARK_SECRET_API_KEY`. */
export function secretVariable(field: string): string {
  const words = field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
  return `TIDEMARK_SECRET_${words.toUpperCase()}`;
}

async function fromEnvironment(field: SecretField, env: Io['env']): Promise<string | null> {
  const variable = secretVariable(field.name);
  const direct = env[variable] ?? '';
  if (direct !== '') return direct;
  const path = env[`${variable}_FILE`] ?? '';
  if (path === '') return null;
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new CliError(`The file that ${variable}_FILE names cannot be read: ${path}`, {
      exitCode: exitCodes.usage,
      next: 'Check its path and its permissions.',
      cause,
    });
  }
}

/** One missing secret is the whole of stdin; several are one JSON object by field name. */
async function fromStdin(io: Io, missing: readonly SecretField[]): Promise<Record<string, string>> {
  const [only, ...others] = missing.length > 1 ? missing.filter((field) => field.required) : missing;
  if (only === undefined) return {};
  if (io.stdinIsTty) throw usageError('--secret-stdin reads a pipe, and stdin is a terminal');
  let text = '';
  for await (const chunk of io.stdin)
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
  text = text.trim();
  if (text === '') throw usageError('--secret-stdin was given, but stdin is empty');
  if (others.length === 0) return { [only.name]: text };
  return severalFrom(text, [only, ...others]);
}

function severalFrom(text: string, fields: readonly SecretField[]): Record<string, string> {
  const names = fields.map((field) => field.name).join(', ');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw usageError(`Several secrets are needed (${names}), and stdin is not JSON`, 'Pipe one JSON object.');
  }
  const values = new Map(Object.entries((parsed ?? {}) as Record<string, unknown>));
  const found = fields.map(({ name }): [string, string] => {
    const value = values.get(name);
    if (typeof value !== 'string' || value === '')
      throw usageError(`stdin has no text for the secret ${name}`);
    return [name, value];
  });
  return Object.fromEntries(found);
}

function secretsMissing(fields: readonly SecretField[]): CliError {
  const variables = fields.map((field) => secretVariable(field.name)).join(', ');
  const names = fields.map((field) => field.name).join(', ');
  return usageError(
    `${names} is needed, and there is no terminal to ask on`,
    `Set ${variables} (or the same name with _FILE), or pipe it in with --secret-stdin.`,
  );
}
