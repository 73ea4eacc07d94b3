import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { removeCluster } from '../../../src/embedded/postgres.ts';
import { projectRoot } from '../../../src/project.ts';

export type Ended = { code: number | null; signal: string | null; out: string; err: string };
export type Running = {
  pid: number;
  /** Everything said on standard error so far. */
  said(): string;
  /** Waits until standard error matches, or the process ends. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
  /** To the process; `group` reaches everything in its process group, as Ctrl-C on a terminal does. */
  signal(name: NodeJS.Signals, to?: 'process' | 'group'): void;
};

const bin = join(projectRoot(), 'src', 'cli', 'bin.js');
const started = new Set<ChildProcess>();
const folders = new Set<string>();

/** The real command in a process of its own, with an environment of its own. */
export function tidemark(args: string[], env: Record<string, string> = {}, node: string[] = []): Running {
  const child = spawn(process.execPath, [...node, bin, ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LANG: 'en_US.UTF-8', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  started.add(child);
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  let over = false;
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code, signal) => {
      over = true;
      started.delete(child);
      done({ code, signal, ...texts });
    });
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    ended,
    said: () => texts.err,
    says: (pattern) =>
      vi.waitFor(
        () => {
          const found = pattern.exec(texts.err);
          if (found !== null) return found;
          if (over) throw new Error(`it ended without saying ${pattern}:\n${texts.err}`);
          throw new Error(`it has not said ${pattern} yet:\n${texts.err}`);
        },
        { timeout: 60_000, interval: 20 },
      ),
    signal: (name, to = 'process') => {
      process.kill(to === 'group' ? -pid : pid, name);
    },
  };
}

/** A data folder's place, not made yet, in a folder that every user may pass. */
export function newDataDir(): string {
  const parent = mkdtempSync(join(tmpdir(), 'tidemark-start-'));
  chmodSync(parent, 0o711);
  folders.add(parent);
  return join(parent, 'data');
}

/** Ends what is still running and removes what was made. */
export async function cleanUp(): Promise<void> {
  for (const child of started) child.kill('SIGKILL');
  for (const parent of folders) {
    for (const pid of postgresOn(join(parent, 'data'))) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => {
      if (postgresOn(join(parent, 'data')).length > 0) throw new Error('PostgreSQL has not ended yet');
    });
    if (existsSync(join(parent, 'data', 'postgres.password'))) removeCluster(join(parent, 'data'));
    rmSync(parent, { recursive: true, force: true });
  }
  folders.clear();
}

/** The PostgreSQL servers that run on a data folder. */
export function postgresOn(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = existsSync(`/proc/${pid}/cmdline`) ? commandLine(pid) : '';
      return words.includes(`${dataDir}/postgres/cluster`) && words.includes('listen_addresses');
    })
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}

/** Takes a port of this machine, any unless one is named; null when somebody else has it already. */
export async function occupy(port = 0): Promise<(Server & { port: number }) | null> {
  const server = createServer();
  const taken = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => done(true));
  });
  if (!taken) return null;
  const address = server.address();
  return Object.assign(server, { port: typeof address === 'object' ? (address?.port ?? 0) : 0 });
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = await occupy();
  if (server === null) throw new Error('no port is free');
  await new Promise((done) => server.close(done));
  return server.port;
}
