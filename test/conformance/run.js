// `npm run conformance [-- DIR]`: makes a fresh clone ready, then runs every vector file of the folder (the project's
// own, `test/vectors`, when none is named) through the functions that the workers call.
import { join } from 'path';
import { checkNode, prepare, root } from '../../src/bootstrap.js';

checkNode();
void prepare()
  .then(() => import(root + '/dist/src/conformance/main.js'))
  .then((conformance) => conformance.main(process.argv.slice(2), join(root, 'test', 'vectors')))
  .then((code) => {
    process.exitCode = code;
  });
