// `--only billing`: 10,000 subscriptions, 100,000 with `--full`, or as many as `--subscriptions` says.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export async function benchBilling({ option, has }) {
  const subscriptions = Number(option('--subscriptions') ?? (has('--full') ? '100000' : '10000'));
  if (!Number.isInteger(subscriptions) || subscriptions < 1_000)
    throw new Error(
      '--subscriptions wants a whole number, 1000 or more: fewer cannot change 500 times in an hour',
    );
  build();
  const { runBilling } = await import(join(root, 'dist/bench/billing/run.js'));
  return runBilling({ root, subscriptions, say: (line) => process.stderr.write(`  … ${line}\n`) });
}

/** The product as its own command builds it, then the bench beside it in the same folder. */
function build() {
  run([join(root, 'src/cli/bin.js'), '--version']);
  run([join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'bench/tsconfig.json')]);
}

function run(args) {
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${String(stdout)}`);
}
