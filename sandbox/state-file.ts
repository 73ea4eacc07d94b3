import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { type SandboxState, withDefaults } from './state.ts';

/**
 * Writes the state whole: to a new file beside it, then renamed over it, so that a reader never sees half of it.
 * It holds the API key, so only its owner may read it.
 */
export function writeState(path: string, state: SandboxState): void {
  const temporary = `${path}.${process.pid}.${writes}.tmp`;
  writes += 1;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(state, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

let writes = 0;

/** @returns null when there is no such file @throws Error when it is no sandbox state */
export function readState(path: string): SandboxState | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const state = JSON.parse(text) as Partial<SandboxState>;
  if (state.v !== 1 || typeof state.seed !== 'number' || typeof state.anchorDay !== 'string') {
    throw new Error(`${path} is not a sandbox state of version 1`);
  }
  return withDefaults({ ...state, v: 1, seed: state.seed, anchorDay: state.anchorDay });
}

/** Reads the file again only when it has changed; somebody else writes it while the server runs. */
export function stateReader(path: string): () => SandboxState {
  let seen = '';
  let state: SandboxState | null = null;
  return () => {
    const { mtimeMs, size, ino } = statSync(path);
    const mark = `${mtimeMs} ${size} ${ino}`;
    if (state === null || mark !== seen) {
      state = readState(path);
      seen = mark;
    }
    if (state === null) throw new Error(`the sandbox state ${path} is gone`);
    return state;
  };
}
