// `npm run offtrack`: the product's own forecasts and alerts on the development fold of the off-track benchmark, beside
// the reference numbers. README.md says what else it can do. Without the benchmark it says so, and ends well.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, root } from '../build.js';

const folder = join(resolve(root, process.env.TIDEMARK_SHARED ?? '../shared'), 'fixtures', 'offtrack');
const has = (flag) => process.argv.includes(flag);
const load = (name) => import(join(root, 'dist/bench/offtrack', name));

if (existsSync(join(folder, 'score.mjs'))) {
  build();
  const { loadBenchmark } = await load('data.js');
  await measure(await loadBenchmark(folder));
} else {
  process.stdout.write(
    'The off-track benchmark is not there; TIDEMARK_SHARED names the folder that holds it.\n',
  );
}

async function measure(benchmark) {
  if (has('--fit')) {
    const { fitReport } = await load('fit-report.js');
    process.stdout.write(`${fitReport(root, folder, benchmark, has('--write'))}\n`);
  } else if (has('--policy')) {
    const { policyReport } = await load('policy.js');
    for (const line of policyReport(folder, benchmark)) process.stdout.write(`${line}\n`);
  } else if (has('--severity')) {
    const { severityReport } = await load('severity.js');
    for (const line of severityReport(folder, benchmark)) process.stdout.write(`${line}\n`);
  } else {
    await scoreBoth(benchmark);
  }
}

async function scoreBoth(benchmark) {
  const { besideReference } = await load('reference.js');
  const command = `"${process.execPath}" "${join(root, 'src/cli/bin.js')}" offtrack`;
  // The predict track has a development fold. Alerts are compared over all Key Results, as the references were.
  for (const [track, fold] of [
    ['predict', 'dev'],
    ['replay', 'all'],
  ]) {
    const args = [join(folder, 'score.mjs'), 'run', '--cmd', command, '--track', track, '--fold', fold];
    const report = JSON.parse(await outputOf(process.execPath, [...args, '--lockstep', '--json']));
    process.stdout.write(`${besideReference(track, fold, report)}\n`);
  }
  const { comparison } = await load('comparison.js');
  process.stdout.write(`${comparison(folder, benchmark)}\n`);
}

function outputOf(command, args) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0 ? done(output) : failed(new Error(`the scorer ended with ${String(code)}`)),
    );
  });
}
