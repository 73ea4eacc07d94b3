#!/usr/bin/env node
// The command itself. In a checkout it first installs and builds what is missing, which takes no time when nothing is.
import { checkNode, prepare, root } from '../bootstrap.js';

checkNode();
void prepare()
  .then(() => import(root + '/dist/src/cli/main.js'))
  .then((cli) => cli.main(process.argv.slice(2)))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
