// `--only web`: the board in Chromium. `--runs N`: how often it is loaded; `--key-results N`: rows of the long board.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from '../build.js';

const browsers = [
  process.env.TIDEMARK_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export async function benchWeb({ option }) {
  const runs = wholeNumber(option('--runs') ?? '7', '--runs', 1, 100);
  const rows = wholeNumber(option('--key-results') ?? '2000', '--key-results', 10, 5_000);
  const browser = browsers.find((path) => path !== undefined && path !== '' && existsSync(path));
  const say = (line) => process.stderr.write(`  … ${line}\n`);
  if (browser === undefined) {
    say('web did not run: no Chromium found; set TIDEMARK_CHROMIUM to its path');
    return [];
  }
  build();
  const { runWeb } = await import(join(root, 'dist/bench/web/run.js'));
  return runWeb({ root, browser, runs, rows, say });
}

function wholeNumber(text, name, least, most) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} is "${text}". Give a whole number from ${least} to ${most}.`);
}
