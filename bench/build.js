import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The product as its own command builds it, then the benches beside it in the same folder. */
export function build() {
  run([join(root, 'src/cli/bin.js'), '--version']);
  run([join(root, 'node_modules/@typescript/native/bin/tsc'), '-p', join(root, 'bench/tsconfig.json')]);
}

function run(args) {
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${String(stdout)}`);
}
