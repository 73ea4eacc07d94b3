// `tidemark worker` in a process of its own, loaded ahead and started by a line on its standard input, so that a test
// that kills many of them need not wait for each to load.
import { once } from 'node:events';
import { root } from '../../../src/bootstrap.js';

const { main } = await import(`${root}/dist/src/cli/main.js`);
await import(`${root}/dist/src/wiring/stack.js`);
process.stdout.write('loaded\n');
await once(process.stdin, 'data');
process.stdin.pause();
process.exitCode = await main(['worker']);
