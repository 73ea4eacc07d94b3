import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./worker-process.mjs', import.meta.url));

export type WorkerProcess = {
  /** Lets the loaded process begin to work. */
  go(): void;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as whoever stops a service does: asked to, and given the time. */
  stop(): Promise<void>;
  /** What it wrote to standard error. */
  errors(): string;
};

/** A real `tidemark worker`, loaded but not started yet. */
export async function loadWorker(env: Record<string, string>): Promise<WorkerProcess> {
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', TIDEMARK_TIME_ZONE: 'UTC', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  child.stdin?.on('error', () => {}); // it was killed before it read
  const gone = once(child, 'exit');
  if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), gone]);
  if (child.exitCode !== null) throw new Error(`the worker did not load: ${errors}`);
  return {
    go: () => void child.stdin?.write('go\n'),
    errors: () => errors,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Builds what is run, unless it is up to date. */
export async function buildOnce(): Promise<void> {
  const bin = fileURLToPath(new URL('../../../src/cli/bin.js', import.meta.url));
  const child = spawn(process.execPath, [bin, '--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the build failed');
}
