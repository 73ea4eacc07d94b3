import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { removeCluster, startPostgres } from '../../src/embedded/postgres.ts';
import { type Load, load } from './load.ts';

export type Row = {
  name: string;
  value: number;
  unit: string;
  beside: { name: string; value: number; unit: string } | null;
  ratio: number | null;
};
type Options = { root: string; keyResults: number; seconds: number; say(line: string): void };
type Started = { api: string; bare: string; tokens: string[]; keyResult: string };

const AT_ONCE = 4;

/** Requests a second and the slowest hundredth, of the product and of the bare framework, in turns. */
export async function runApi({ root, keyResults, seconds, say }: Options): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-api-'));
  const postgres = await startPostgres({ dataDir, say, durable: false });
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, DATABASE_URL: postgres.url, TIDEMARK_DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  const server = join(root, 'dist/bench/api/server.js');
  const child = spawn(process.execPath, [server, String(keyResults)], {
    env: { ...env, TIDEMARK_TIME_ZONE: 'UTC' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    say(`${keyResults} Key Results with a year of days each are made and judged`);
    const started = await firstLine(child.stdout, child);
    const headersOf = (count: number) => ({
      authorization: `Bearer ${started.tokens[count % started.tokens.length]}`,
    });
    const measure = async (path: string, barePath: string): Promise<[Load, Load]> => {
      const time = { atOnce: AT_ONCE, seconds };
      const warm = { atOnce: AT_ONCE, seconds: 2 };
      await load(`${started.bare}${barePath}`, () => ({}), warm);
      await load(`${started.api}${path}`, headersOf, warm);
      const bare = await load(`${started.bare}${barePath}`, () => ({}), time);
      return [await load(`${started.api}${path}`, headersOf, time), bare];
    };
    say('the board');
    const board = rowsOf(`board of ${keyResults}`, await measure('/api/v1/board', '/board'));
    say('one Key Result');
    const path = `key-results/${started.keyResult}`;
    const one = rowsOf('one Key Result', await measure(`/api/v1/${path}`, `/${path}`));
    return [...board, ...one];
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

async function firstLine(output: NodeJS.ReadableStream, child: NodeJS.EventEmitter): Promise<Started> {
  return new Promise((resolve, reject) => {
    createInterface({ input: output }).once('line', (line) => resolve(JSON.parse(line) as Started)); // our own process
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
}

function rowsOf(name: string, [ours, bare]: [Load, Load]): Row[] {
  const row = (what: string, unit: string, value: number, other: number): Row => ({
    name: `${name}: ${what}`,
    value,
    unit,
    beside: { name: 'bare framework, one query', value: other, unit },
    ratio: value / other,
  });
  return [
    row('requests', '/s', ours.perSecond, bare.perSecond),
    row('p99', 'ms', ours.p99Ms, bare.p99Ms),
    row('answer', 'kB', ours.bytes / 1_000, bare.bytes / 1_000),
  ];
}
