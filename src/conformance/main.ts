import { resolve } from 'node:path';
import { type FileReport, runFolder } from './run-folder.ts';

/**
 * Runs every vector file of a folder through the product and prints what came of it.
 *
 * @param defaultFolder where the project keeps its own vectors
 * @returns the exit code: 0 when every vector passed and there was one
 */
export async function main(args: readonly string[], defaultFolder: string): Promise<number> {
  const folder = args[0] === undefined ? defaultFolder : resolve(args[0]);
  let reports: FileReport[];
  try {
    reports = await runFolder(folder);
  } catch (error) {
    return fail(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (reports.length === 0) return fail(`${folder} holds no vector file; name a folder with *.json files.`);
  for (const report of reports) console.log(lines(report).join('\n'));
  const outcomes = reports.flatMap((report) => report.outcomes);
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  // A file that could not be read hides any number of failures, and counts as one.
  const failed = outcomes.length - passed + reports.filter(({ problem }) => problem !== null).length;
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function fail(problem: string): number {
  console.log(`error: ${problem}\n0 passed, 1 failed`);
  return 1;
}

function lines({ file, outcomes, problem }: FileReport): string[] {
  if (problem !== null) return [`${file}  FAILED: it ${problem}`];
  const failures = outcomes.filter((outcome) => !outcome.passed);
  const notes = outcomes.filter((outcome) => outcome.note !== null);
  return [
    `${file}  ${outcomes.length - failures.length} passed, ${failures.length} failed`,
    ...failures.flatMap(({ description, expected, got, id }) => [
      `  FAILED ${id}: ${description}`,
      `    expected  ${expected}`,
      `    got       ${got}`,
    ]),
    ...notes.map(({ id, note }) => `  note ${id}: ${note ?? ''}`),
  ];
}
