// `npm run bench [-- --rounds N] [-- --json FILE]`: how long the first minutes take. Medians over several rounds; each
// figure beside its floor, measured in the same run, because the machine is never the same twice.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : process.argv[at + 1];
};
const rounds = Number(option('--rounds', '5'));
const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const bin = join(root, 'src/cli/bin.js');

function seconds(command, args, cwd = root) {
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
function emptyCommand() {
  const folder = join(dataDir, 'empty');
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","type":"module"}');
  writeFileSync(join(folder, 'nothing.js'), '#!/usr/bin/env node\n', { mode: 0o755 });
  symlinkSync('../../nothing.js', join(folder, 'node_modules/.bin/nothing'));
  return folder;
}

seconds(process.execPath, [bin, '--version']); // whatever has to be built is built now
const empty = emptyCommand();
const node = median(rounds, () => seconds(process.execPath, ['-e', '0']));
const npx = median(rounds, () => seconds('npx', ['nothing'], empty));
const rows = [
  ['tidemark --help', median(rounds, () => seconds(process.execPath, [bin, '--help'])), node, 'node -e 0'],
  [
    'npx tidemark --help',
    median(rounds, () => seconds('npx', ['tidemark', '--help'])),
    npx,
    'npx of an empty command',
  ],
  [
    'demo --once --fresh',
    median(3, () => seconds(process.execPath, [bin, 'demo', '--once', '--fresh'])),
    node,
    'node -e 0',
  ],
  [
    'demo --once, second run',
    median(3, () => seconds(process.execPath, [bin, 'demo', '--once'])),
    node,
    'node -e 0',
  ],
];
rmSync(dataDir, { recursive: true, force: true });

const table = rows.map(([name, took, floor, of]) => ({
  name,
  seconds: took,
  floor,
  floorOf: of,
  ratio: took / floor,
}));
for (const row of table) {
  console.log(
    `${row.name.padEnd(26)} ${row.seconds.toFixed(3)} s   floor ${row.floor.toFixed(3)} s (${row.floorOf})   ratio ${row.ratio.toFixed(1)}`,
  );
}
const file = option('--json', null);
if (file !== null) writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
