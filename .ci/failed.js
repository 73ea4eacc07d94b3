// Names what failed in a test report, with the beginning of what was said about it: enough to play it again.
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const lines = 12;

for (const report of process.argv.slice(2)) {
  if (!existsSync(report)) continue;
  for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    const name = file.name.replace(/^.*\/(test\/)/, '$1');
    if (file.status === 'failed' && file.assertionResults.length === 0)
      console.log(`failed: ${name}\n${file.message}`);
    for (const test of file.assertionResults) {
      if (test.status !== 'failed') continue;
      // Colours are for terminals, and this is read in a log.
      const said = stripVTControlCharacters(test.failureMessages.join('\n')).split('\n').slice(0, lines);
      console.log([`failed: ${name} › ${test.fullName}`, ...said].join('\n    '));
    }
  }
}
