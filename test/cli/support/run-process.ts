import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type ProcessResult = {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
  loaded: string[];
};

const register = new URL('./register-typescript.mjs', import.meta.url).href;
const entry = fileURLToPath(new URL('./entry.mjs', import.meta.url));

/** `tidemark` in a Node process of its own, which also reports every module that it loaded. */
export function startProcess(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', register, entry, ...args], {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '', loaded: '' };
  child.stdout?.on('data', (chunk) => (texts.out += String(chunk)));
  child.stderr?.on('data', (chunk) => (texts.err += String(chunk)));
  child.stdio[3]?.on('data', (chunk) => (texts.loaded += String(chunk)));
  const done = new Promise<ProcessResult>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({
        code,
        signal,
        out: texts.out,
        err: texts.err,
        loaded: texts.loaded.split('\n').filter(Boolean),
      });
    });
  });
  return { child, done };
}
