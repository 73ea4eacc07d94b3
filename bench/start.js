// How long the first minutes take. Medians over several rounds; each figure beside its floor, measured in the same run,
// because the machine is never the same twice.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { besideFloor } from './table.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'src/cli/bin.js');

/** `--rounds N`: how often each command is run. */
export function benchStart({ option }) {
  const rounds = Number(option('--rounds') ?? '5');
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  try {
    return measure(rounds, dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function measure(rounds, dataDir) {
  const seconds = (command, args, cwd = root) => secondsOf(command, args, cwd, dataDir);
  const command = (...args) => seconds(process.execPath, [bin, ...args]);
  command('--version'); // whatever has to be built is built now
  const empty = emptyCommand(dataDir);
  const node = median(rounds, () => seconds(process.execPath, ['-e', '0']));
  const npx = median(rounds, () => seconds('npx', ['nothing'], empty));
  const help = median(rounds, () => command('--help'));
  const npxHelp = median(rounds, () => seconds('npx', ['tidemark', '--help']));
  const fresh = median(3, () => command('demo', '--once', '--fresh'));
  const second = median(3, () => command('demo', '--once'));
  return [
    besideFloor('tidemark --help', help, node, 'node -e 0'),
    besideFloor('npx tidemark --help', npxHelp, npx, 'npx of an empty command'),
    besideFloor('demo --once --fresh', fresh, node, 'node -e 0'),
    besideFloor('demo --once, second run', second, node, 'node -e 0'),
  ];
}

function secondsOf(command, args, cwd, dataDir) {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, TIDEMARK_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}: ${String(stderr)}`);
  return (performance.now() - began) / 1000;
}

function median(times, run) {
  const all = Array.from({ length: times }, run).toSorted((a, b) => a - b);
  return all[Math.floor(all.length / 2)];
}

/** What npx costs for a command that does nothing. */
function emptyCommand(dataDir) {
  const folder = join(dataDir, 'empty');
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","type":"module"}');
  writeFileSync(join(folder, 'nothing.js'), '#!/usr/bin/env node\n', { mode: 0o755 });
  symlinkSync('../../nothing.js', join(folder, 'node_modules/.bin/nothing'));
  return folder;
}
