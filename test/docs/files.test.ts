import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.tidemark', 'test-output', 'generated']);

function pages(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

it('every link from a page to a file of this project leads somewhere', () => {
  const all = pages('.');
  expect(all).toContain('README.md');
  const broken = all.flatMap((page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)];
    return links
      .map((link) => link[1] ?? '')
      .filter((target) => !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page} -> ${target}`);
  });
  expect(broken).toEqual([]);
});

it('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = pages('.').flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(named).toContain('demo');
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

it('what the Dockerfile copies is let in by .dockerignore', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const letIn = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(letIn.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const copied = /^COPY (package\.json .+) \.\/$/m.exec(dockerfile)?.[1]?.split(' ') ?? [];
  expect(copied).toContain('package-lock.json');
  expect(copied.filter((path) => !letIn.includes(path))).toEqual([]);
  // The build reads these: the lists of `src/bootstrap.js`.
  const bootstrap = readFileSync(join(root, 'src/bootstrap.js'), 'utf8');
  const needed = [...bootstrap.matchAll(/^const (?:SOURCES|FILES) = \[(.+)\];$/gm)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/'([^']+)'/g)].map(([, path]) => path ?? ''),
  );
  expect(needed).toContain('prisma');
  expect(needed.filter((path) => !letIn.includes(path))).toEqual([]);
});

const isBuilt = existsSync(join(root, 'dist/src/cli/main.js'));

it.runIf(isBuilt)('the command of the image runs what was built, and prepares nothing', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const entry = /^ENTRYPOINT \["node", "(.+)"\]$/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.[1];
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry ?? '', '--version'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});
