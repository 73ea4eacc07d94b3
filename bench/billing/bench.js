// `--only billing`: 10,000 subscriptions, 100,000 with `--full`, or as many as `--subscriptions` says.
import { join } from 'node:path';
import { build, root } from '../build.js';

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
