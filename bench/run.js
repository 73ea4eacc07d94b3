// `npm run bench [-- --only NAME] [-- --json FILE]`: every bench, or one of them. README.md says what each measures.
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { benchApi } from './api/bench.js';
import { benchBilling } from './billing/bench.js';
import { benchEvents } from './events/bench.js';
import { benchStart } from './start.js';
import { printRow } from './table.js';
import { benchWeb } from './web/bench.js';

/** Each takes the options of the command line and gives rows: what was measured, in which unit, and what stands beside it. */
const BENCHES = {
  start: benchStart,
  billing: benchBilling,
  events: benchEvents,
  api: benchApi,
  web: benchWeb,
};

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : (process.argv[at + 1] ?? '');
};
const only = option('--only');
const file = option('--json');
const chosen = only === null ? Object.keys(BENCHES) : only.split(',');
const unknown = chosen.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0 || file === '') {
  process.stderr.write(
    `error: ${unknown.length > 0 ? `there is no bench "${unknown.join('", "')}"` : '--json wants a file'}. Benches: ${Object.keys(BENCHES).join(', ')}.\n`,
  );
  process.exit(2);
}

const rows = [];
for (const name of chosen) {
  const measured = await BENCHES[name]({ option, has: (flag) => process.argv.includes(flag) });
  for (const row of measured) {
    rows.push({ bench: name, ...row });
    printRow(row);
  }
}
if (file !== null) {
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? null,
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  writeFileSync(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}
