// `npm test`: makes a fresh clone ready, then runs everything that can run here.
import { spawn } from 'child_process';
import { join } from 'path';
import { checkNode, prepare, root } from '../src/bootstrap.js';

checkNode();
void prepare().then(() => {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run'].concat(process.argv.slice(2)), {
    cwd: root,
    stdio: 'inherit',
  });
  child.once('close', (code) => {
    process.exitCode = code === null ? 1 : code;
  });
});
