import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, type Outcome } from './judge.ts';
import { openStoredEvents, type StoredEvents } from './stored-events.ts';
import { FORMAT, fileSchema } from './vector-file.ts';

/** One file's vectors, or why it could not be read as any. */
export type FileReport = { file: string; outcomes: Outcome[]; problem: string | null };

/** Every JSON file of a folder, in the order of their names. @throws when the folder cannot be read */
export async function runFolder(folder: string): Promise<FileReport[]> {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => entry.name)
    .toSorted();
  const stored = openStoredEvents();
  try {
    const reports: FileReport[] = [];
    for (const file of files) reports.push(await runFile(folder, file, stored));
    return reports;
  } finally {
    await stored.close();
  }
}

async function runFile(folder: string, file: string, stored: StoredEvents): Promise<FileReport> {
  const broken = (problem: string): FileReport => ({ file, outcomes: [], problem });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    return broken(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) return broken('is no vector file: it needs "format" and a list of "vectors"');
  const { format, vectors } = parsed.data;
  if (format !== FORMAT) return broken(`has the format "${format}", and only "${FORMAT}" is known`);
  if (vectors.length === 0) return broken('holds no vector');
  const outcomes: Outcome[] = [];
  for (const [index, vector] of vectors.entries()) outcomes.push(await judge(vector, index, stored));
  return { file, outcomes, problem: null };
}
