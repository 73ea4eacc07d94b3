// `--only events`: 10 million events, or as many as `--events` says.
import { join } from 'node:path';
import { build, root } from '../build.js';

export async function benchEvents({ option }) {
  const events = Number(option('--events') ?? '10000000');
  if (!Number.isInteger(events) || events < 100_000)
    throw new Error('--events wants a whole number, 100000 or more');
  build();
  const { runEvents } = await import(join(root, 'dist/bench/events/run.js'));
  return runEvents({ events, say: (line) => process.stderr.write(`  … ${line}\n`) });
}
