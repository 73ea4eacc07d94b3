import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
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
