import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../src/project.ts';

export type TempCheckout = {
  root: string;
  /** Runs a script as somebody would type it there; `npx tidemark` and `dist/` are the sources of this copy. */
  run(script: string): Promise<{ code: number | null; out: string; err: string }>;
  remove(): void;
};

const COPIED = [
  'package.json',
  'tsconfig.json',
  'biome.json',
  '.oxlintrc.json',
  'vitest.config.ts',
  'src',
  'connectors',
  'sandbox',
  'test/support',
  'test/cli/support',
  'test/connectors/support',
  'test/connectors/template',
];
/** Nothing of a connector needs the page or the database's client. */
const LEFT_OUT = /\/src\/(web|db\/generated)(\/|$)/;

/** A copy of this checkout in which a test may make and change files. Packages are shared. */
export function tempCheckout(): TempCheckout {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tidemark-checkout-')));
  const project = projectRoot();
  for (const path of COPIED) {
    const filter = (source: string) => !LEFT_OUT.test(source.slice(project.length));
    cpSync(join(project, path), join(root, path), { recursive: true, filter });
  }
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  const commands = join(root, 'commands');
  mkdirSync(commands);
  const node = `"${process.execPath}"`;
  // Node 20 reads no types; the hooks of the tests of the command line strip them, and report on descriptor 3.
  const sources = `exec ${node} --import "file://${root}/test/cli/support/register-typescript.mjs"`;
  const write = (name: string, lines: string[]) => {
    writeFileSync(join(commands, name), ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(join(commands, name), 0o755);
  };
  write('node', [
    'case "$1" in',
    `dist/*.js) file="${root}/\${1#dist/}"; shift; ${sources} "\${file%.js}.ts" "$@" 3>/dev/null ;;`,
    `*) exec ${node} "$@" ;;`,
    'esac',
  ]);
  write('npx', [
    'tool="$1"; shift',
    `[ "$tool" = tidemark ] && ${sources} "${root}/test/cli/support/entry.mjs" "$@" 3>/dev/null`,
    `exec "${root}/node_modules/.bin/$tool" "$@"`,
  ]);
  write('npm', ['[ "$*" = "run build" ]']); // sources are run as they are
  return {
    root,
    run: (script) => runIn(root, script, commands),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function runIn(root: string, script: string, commands: string) {
  const env = {
    PATH: `${commands}:${process.env['PATH'] ?? ''}`,
    LANG: 'en_US.UTF-8',
    NO_COLOR: '1',
    CI: '1',
  };
  const child = spawn('sh', ['-e', '-c', script], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk) => (texts.err += String(chunk)));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...texts }));
  });
}
