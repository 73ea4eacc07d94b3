import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { removeCluster, startPostgres } from '../../src/embedded/postgres.ts';

type Started = { url: string; signIn: string };

/** A server with a board of so many Key Results in a real PostgreSQL, for as long as `work` takes. */
export async function withBoard<Result>(
  { keyResults, root, say }: { root: string; keyResults: number; say(line: string): void },
  work: (started: Started) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-web-'));
  const postgres = await startPostgres({ dataDir, say, durable: false });
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, DATABASE_URL: postgres.url, TIDEMARK_DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  const server = join(root, 'dist/bench/web/server.js');
  const child = spawn(process.execPath, [server, String(keyResults)], {
    env: { ...env, TIDEMARK_TIME_ZONE: 'UTC', TIDEMARK_REQUESTS_PER_MINUTE: '100000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    say(`${keyResults} Key Results with a year of days each are made and judged`);
    return await work(await firstLine(child.stdout, child));
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await postgres.stop();
    removeCluster(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function firstLine(output: NodeJS.ReadableStream, child: NodeJS.EventEmitter): Promise<Started> {
  return new Promise((resolve, reject) => {
    createInterface({ input: output }).once('line', (line) => resolve(JSON.parse(line) as Started)); // our own process
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
}
