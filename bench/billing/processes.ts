import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type Running = { pid: number; stop(): Promise<void> };
export type Provider = Running & { port: number };
export type Product = Running & { url: string; token: string };

const START_TIMEOUT_MS = 120_000;

/** The generated company behind the provider's protocol. */
export async function startProvider(root: string, subscriptions: number): Promise<Provider> {
  const server = join(root, 'dist/bench/billing/server.js');
  const child = spawn(process.execPath, [server, String(subscriptions)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
    child.once('exit', (code) =>
      reject(new Error(`the generated company ended with ${code} before it listened`)),
    );
  });
  return { ...runningOf(child), port };
}

export type ProductOptions = { root: string; dataDir: string; databaseUrl: string; providerPort: number };

/** What a customer starts: `tidemark start`, API and worker in one process, on a database beside it. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { root, dataDir, databaseUrl, providerPort } = options;
  const child = spawn(process.execPath, [join(root, 'src/cli/bin.js'), 'start'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TIDEMARK_DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      TIDEMARK_EGRESS_ALLOW: `127.0.0.1:${providerPort}`,
      TIDEMARK_TIME_ZONE: 'UTC',
      LOG_LEVEL: 'error',
    },
    // What it logs is an error, and shown; its standard error greets the user, and says why it cannot start.
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said = `${said}${text.toString()}`.slice(-2_000);
  });
  const running = runningOf(child);
  const file = join(dataDir, 'api.json');
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!existsSync(file)) {
    const late = performance.now() > deadline;
    if (child.exitCode !== null) throw new Error(`tidemark start ended with ${child.exitCode}: ${said}`);
    if (late) await running.stop();
    if (late) throw new Error(`tidemark start was not ready after ${START_TIMEOUT_MS / 1_000} s`);
    await delay(100);
  }
  const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as { url: string; token: string }; // our own file
  return { ...running, url, token };
}

function runningOf(child: ChildProcess): Running {
  const { pid } = child;
  if (pid === undefined) throw new Error('the process could not be started');
  return {
    pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** From now on the peak is counted anew; only Linux tells it. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak is the one since the start, which is no less.
  }
}

/** Mebibytes that a process held at most; null where the system does not tell. */
export function peakMemory(pid: number): number | null {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) / 1_024;
  } catch {
    return null;
  }
}

/** Seconds of processor time that a process has used by itself; null where the system does not tell. */
export function processorSeconds(pid: number): number | null {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) / 100; // clock ticks, 100 a second on every Linux that Node runs on
  } catch {
    return null;
  }
}
