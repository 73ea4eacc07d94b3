import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { usageError } from './cli-error.ts';
import type { Io } from './io.ts';

export type LocalApi = {
  url: string;
  token: string;
  /** Who answers: the address from the environment, the data folder's own API, or its demo workspace. */
  from: 'environment' | 'data' | 'demo';
};

/**
 * The API that this command should talk to, or null when none runs. `TIDEMARK_URL` with `TIDEMARK_TOKEN` (or the file that
 * `TIDEMARK_TOKEN_FILE` names) wins,
 * then `<dataDir>/api.json`, then `<dataDir>/demo/api.json`.
 *
 * @throws CliError (exit code 2) when only one of the two variables is set
 */
export async function findLocalApi(dataDir: string, env: Io['env']): Promise<LocalApi | null> {
  const url = env['TIDEMARK_URL'] ?? '';
  const token = await tokenOf(env);
  if (url !== '' && token !== '') return { url, token, from: 'environment' };
  if (url !== '')
    throw usageError(
      'TIDEMARK_URL is set, but TIDEMARK_TOKEN is not',
      'Set both, or neither; TIDEMARK_TOKEN_FILE may name a file.',
    );

  const own = await readRunning(join(dataDir, 'api.json'));
  if (own !== null) return { ...own, from: 'data' };
  const demo = await readRunning(join(dataDir, 'demo', 'api.json'));
  return demo === null ? null : { ...demo, from: 'demo' };
}

/** The variable itself goes before the file. @throws CliError (exit code 2) when the file cannot be read */
async function tokenOf(env: Io['env']): Promise<string> {
  const token = env['TIDEMARK_TOKEN'] ?? '';
  const file = env['TIDEMARK_TOKEN_FILE'] ?? '';
  if (token !== '' || file === '') return token;
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw usageError(
      `The file that TIDEMARK_TOKEN_FILE names cannot be read: ${file}`,
      'Check its path and its permissions.',
    );
  }
}

/** Null when the file is missing or was left behind by an API that no longer runs. */
async function readRunning(path: string): Promise<{ url: string; token: string } | null> {
  const file = await readApiFile(path);
  if (file === null || !processRuns(file.pid) || !(await accepts(file.url))) return null;
  return { url: file.url, token: file.token };
}

async function readApiFile(path: string): Promise<{ url: string; token: string; pid: number } | null> {
  try {
    const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    const { url, token, pid } = file;
    if (typeof url !== 'string' || typeof token !== 'string' || typeof pid !== 'number') return null;
    return URL.canParse(url) ? { url, token, pid } : null;
  } catch {
    return null; // absent, unreadable for us, or cut off while it was being written
  }
}

/** Signal 0 asks without disturbing; EPERM means that it runs as somebody else. */
function processRuns(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process number may have been given to another program since, so the port has to answer as well. */
function accepts(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port),
      timeout: 2_000,
    });
    const settle = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
