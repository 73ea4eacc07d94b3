import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { EpochSeconds } from '../model/time.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** One thing that somebody sent and the project took. */
export type Ingested =
  | {
      kind: 'event';
      receivedAtMs: number; // by the sandbox's clock
      event: string;
      distinctId: string;
      at: EpochSeconds; // with a fraction when it was sent in milliseconds
      insertId: string | null;
      properties: Properties;
    }
  | { kind: 'profile' | 'group'; receivedAtMs: number; update: Properties };

export type IngestedEvent = Extract<Ingested, { kind: 'event' }>;

/** What was sent to the project: one JSON line each, in a file beside the sandbox's state. */
export type IngestedFile = {
  read(statePath: string): readonly Ingested[];
  append(statePath: string, taken: readonly Ingested[]): void;
};

/** Reads the file again only when it has changed; another process may write it too. */
export function ingestedFile(): IngestedFile {
  let seen = '';
  let lines: readonly Ingested[] = [];
  return {
    read(statePath) {
      const path = pathBeside(statePath);
      const stat = statSync(path, { throwIfNoEntry: false });
      const mark = stat === undefined ? '' : `${path} ${stat.mtimeMs} ${stat.size} ${stat.ino}`;
      if (mark !== seen) {
        lines = mark === '' ? [] : parseLines(readFileSync(path, 'utf8'));
        seen = mark;
      }
      return lines;
    },
    append(statePath, taken) {
      if (taken.length === 0) return;
      const file = openSync(pathBeside(statePath), 'a+', 0o600);
      try {
        const text = taken.map((one) => `${JSON.stringify(one)}\n`).join('');
        writeSync(file, endsMidLine(file) ? `\n${text}` : text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
}

function pathBeside(statePath: string): string {
  return join(dirname(statePath), 'ingested.jsonl');
}

/** A crash may have cut the last line short; the next one must not be glued to it. */
function endsMidLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() !== '\n';
}

function parseLines(text: string): Ingested[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Ingested];
    } catch {
      return []; // a line that a crash cut short
    }
  });
}
