import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../src/project.ts';
import type { ImageFacts } from './compose.ts';

export const composeText = (): string => readFileSync(join(projectRoot(), 'docker-compose.yml'), 'utf8');
export const dockerfileText = (): string => readFileSync(join(projectRoot(), 'Dockerfile'), 'utf8');

/** What `src/wiring/config.ts` reads: the keys of its schema. */
export function settingsOfCode(): string[] {
  const text = readFileSync(join(projectRoot(), 'src/wiring/config.ts'), 'utf8');
  const schema = /^const schema = z\.object\(\{\n([\s\S]*?)^\}\);/m.exec(text)?.[1] ?? '';
  return [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)].map((match) => match[1] ?? '').toSorted();
}

export function imageFacts(dockerfile: string): ImageFacts {
  return {
    dataDir: /TIDEMARK_DATA_DIR=(\S+)/.exec(dockerfile)?.[1] ?? '',
    port: /^EXPOSE (\d+)$/m.exec(dockerfile)?.[1] ?? '',
    writable: /install -d -o node -g node -m \d+ (.+)$/m.exec(dockerfile)?.[1]?.split(' ') ?? [],
  };
}

/** Whether the recipe can be run here: it takes `openssl`. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
export const opensslNote = hasOpenssl ? '' : ' (did not run: openssl is not installed)';

/** Runs the shell lines that stand at the top of the file, in a folder of their own. */
export function madeByRecipe(text: string): { env: Record<string, string>; mode: number } {
  const lines = text.split('\n').filter((line) => line.startsWith('#   '));
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-env-'));
  try {
    execFileSync('sh', ['-eu', '-c', lines.map((line) => line.slice(1)).join('\n')], { cwd: folder });
    const file = join(folder, '.env');
    const pairs = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      });
    return { env: Object.fromEntries(pairs), mode: statSync(file).mode & 0o777 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
