import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFolder } from '../../src/conformance/run-folder.ts';
import { projectRoot } from '../../src/project.ts';

/**
 * The worked examples of every metric and of progress: published by other tools or worked out by hand, each with its
 * source and its arithmetic in words. They run here through what `npm run conformance` runs them through.
 */
const folder = join(projectRoot(), 'test', 'vectors');
const reports = await runFolder(folder);

it('reads every file that is there', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(0);
  expect(reports.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

describe.each(reports)('$file', ({ file, outcomes, problem }) => {
  it('is read whole', () => {
    expect(problem).toBeNull();
    const { vectors } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { vectors: unknown[] };
    expect(vectors.length).toBeGreaterThan(0);
    expect(outcomes).toHaveLength(vectors.length);
  });

  it.each(outcomes)('$id: $description', ({ expected, got, note, passed }) => {
    expect(passed, `expected ${expected}, got ${got}`).toBe(true);
    expect(note).toBeNull();
  });
});
