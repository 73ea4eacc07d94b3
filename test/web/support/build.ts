import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = ['src/web', 'src/chart', 'src/i18n', 'src/domain', 'vite.config.ts'];

/**
 * A folder with the built page: `dist/web` when it is newer than its sources, otherwise a build of its own in the
 * temporary folder, because test files run side by side and must not empty each other's build.
 */
export function builtPage(): string {
  const dist = join(root, 'dist/web');
  if (existsSync(join(dist, 'index.html')) && newest(join(dist, 'index.html')) > newestOf(sources))
    return dist;
  const outDir = mkdtempSync(join(tmpdir(), 'tidemark-web-'));
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', outDir, '--logLevel', 'warn'],
    // The runner sets NODE_ENV to "test", with which React would be built for development.
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  );
  return outDir;
}

function newestOf(paths: readonly string[]): number {
  return Math.max(...paths.map((path) => newest(join(root, path))));
}

/** The time of the last change under a path, in milliseconds. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return files.reduce((latest, file) => Math.max(latest, statSync(join(path, file)).mtimeMs), 0);
}

/**
 * The scripts that a reader of one language loads before the board is shown: those that index.html names, the words of the
 * language, which the first script asks for, and whatever these import.
 */
export function firstScripts(folder: string, lang: 'en' | 'zh-cn'): string[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  const words = readdirSync(join(folder, 'assets')).filter(
    (name) => name.startsWith(`first-${lang}-`) && name.endsWith('.js'),
  );
  const found = new Set<string>();
  const add = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(folder, path), 'utf8');
    for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      add(`assets/${match[1]}`);
  };
  for (const path of [...named, ...words.map((name) => `assets/${name}`)]) add(path);
  return [...found];
}
