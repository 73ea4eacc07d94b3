// `--only api`: a board of 2,000 Key Results, or as many as `--key-results` says, for `--seconds` of load a measurement.
import { join } from 'node:path';
import { build, root } from '../build.js';

export async function benchApi({ option }) {
  const keyResults = wholeNumber(option('--key-results') ?? '2000', '--key-results', 10, 5_000);
  const seconds = wholeNumber(option('--seconds') ?? '10', '--seconds', 1, 600);
  build();
  const { runApi } = await import(join(root, 'dist/bench/api/run.js'));
  return runApi({ root, keyResults, seconds, say: (line) => process.stderr.write(`  … ${line}\n`) });
}

function wholeNumber(text, name, least, most) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} is "${text}". Give a whole number from ${least} to ${most}.`);
}
