#!/usr/bin/env node
// The command as it was built: for an image, which has nothing to install or build with and must not try.
import { main } from '../../dist/src/cli/main.js';

process.exitCode = await main(process.argv.slice(2));
