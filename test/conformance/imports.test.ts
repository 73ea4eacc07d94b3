import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../src/project.ts';

/**
 * The vectors prove something about the product only while they run through the product's own functions. This reads
 * the import lines: what the conformance run computes with is what the running stack computes with.
 */
const root = projectRoot();
type Import = { module: string; names: string[] };

/** What a file takes from where at run time: own files by their path, packages by name. Types are gone by then. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.matchAll(/^\s*(?:import|export)\s+(?!type\s)([^;'"]*?)\s*from\s+['"]([^'"]+)['"]/gm);
  const bare = text.matchAll(/(?:^\s*import\s+|\bimport\()['"]([^'"]+)['"]/gm);
  const at = (target: string) => (target.startsWith('.') ? join(dirname(file), target) : target);
  const named = [...lines].map(([, list = '', target = '']) => ({
    module: at(target),
    names: (/\{([^}]*)\}/.exec(list)?.[1] ?? '')
      .split(',')
      .map((name) => name.trim().replace(/\s+as\s.*$/, ''))
      .filter((name) => name !== '' && !name.startsWith('type ')),
  }));
  return [...named, ...[...bare].map(([, target = '']) => ({ module: at(target), names: [] }))];
}

/** Every own file that is loaded when these are. */
function closureOf(entries: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || !existsSync(join(root, file)) || !/\.tsx?$/.test(file)) continue;
    seen.add(file);
    queue.push(...importsOf(file).map(({ module }) => module));
  }
  return seen;
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

const runner = filesIn('src/conformance');
const stack = closureOf(['jobs/worker.ts', ...filesIn('src/wiring')]);
/** They name things and turn dates, and compute no number. */
const describing = new Set(['findMetric', 'unitOf']);
const computing = runner
  .flatMap(importsOf)
  .filter(({ module }) => module.startsWith('src/domain/') && module !== 'src/domain/day.ts')
  .flatMap(({ module, names }) => names.map((name) => ({ module, name })))
  .filter(({ name }) => !describing.has(name));

it('the conformance run loads the domain, the reading of records, the store of events and nothing else of the product', () => {
  const outside = runner
    .flatMap(importsOf)
    .map(({ module }) => module)
    .filter(
      (module) =>
        !/^(src\/(domain|records|conformance)\/|src\/event-(store|sql)\/index\.ts$|node:)/.test(module) &&
        module !== 'zod',
    );
  expect(outside).toEqual([]);
});

it('the conformance run takes metrics from the one entry of the catalogue, and not from a metric’s own file', () => {
  const taken = new Set(runner.flatMap(importsOf).map(({ module }) => module));
  const domain = [...taken].filter((module) => module.startsWith('src/domain/')).toSorted();
  expect(domain).toEqual([
    'src/domain/baseline.ts',
    'src/domain/catalog/index.ts',
    'src/domain/day.ts',
    'src/domain/pace.ts',
    'src/domain/progress.ts',
    'src/domain/roll-up.ts',
  ]);
});

it('finds what the run computes with', () => {
  expect(computing.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['computeMetric', 'progressOf', 'expectedProgress', 'captureBaseline']),
  );
  expect(stack.size).toBeGreaterThan(100);
});

it.each(computing)('the running stack calls $name of $module too', ({ module, name }) => {
  const callers = [...stack].filter(
    (file) =>
      !file.startsWith('src/conformance/') &&
      file !== module &&
      importsOf(file).some((found) => found.module === module && found.names.includes(name)),
  );
  expect(callers, `nothing that the workers load imports ${name} from ${module}`).not.toEqual([]);
});
