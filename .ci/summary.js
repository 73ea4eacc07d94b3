// Adds up the checks and the tests. A test counts as run when it ran in one of the rounds: some can only run as root,
// some only as an ordinary user. One that ran in none fails.
import { existsSync, readFileSync } from 'node:fs';

const [passedChecks, failedChecks, ...reports] = process.argv.slice(2);
let passed = Number(passedChecks);
let failed = Number(failedChecks);
const rounds = new Map();

for (const report of reports) {
  if (!existsSync(report)) {
    console.log(`no test report: ${report}`);
    failed += 1;
    continue;
  }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  for (const file of testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') failed += 1;
      // The name of a test that cannot run says so after it; without that it is the same test.
      const name = `${file.name.replace(/^.*\/(test\/)/, '$1')} › ${test.fullName}`.replace(
        / \(did not run: [^)]*\)/g,
        '',
      );
      const ran = test.status === 'passed' || test.status === 'failed';
      rounds.set(name, (rounds.get(name) ?? false) || ran);
    }
  }
}

for (const [name, ran] of rounds) {
  if (ran) continue;
  failed += 1;
  console.log(`did not run anywhere: ${name}`);
}
if (rounds.size === 0) failed += 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
