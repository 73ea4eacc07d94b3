import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

export type PublishedObject = Record<string, unknown>;

const root = join(import.meta.dirname, '..', '..');
const shared = resolve(root, process.env['TIDEMARK_SHARED'] ?? '../shared');

/** Stripe's own fixtures, which may be read but not copied here: see README.md beside this file. */
export const publishedFolder = join(shared, 'fixtures', 'stripe', 'published');
export const isThere = existsSync(publishedFolder);
/** The words in a test's name that tell a reader why it did not run. */
export const publishedNote = isThere
  ? ''
  : ` (did not run: there is no folder ${publishedFolder}; TIDEMARK_SHARED names another one)`;

if (!isThere) process.stderr.write(`\nThe tests against published objects${publishedNote}\n`);

/** One object as Stripe publishes it, by the name of its file: `subscription_item`. */
export function publishedObject(name: string): PublishedObject {
  return parse(join(publishedFolder, 'objects', `${name}.json`));
}

export function publishedNames(): string[] {
  if (!isThere) return [];
  return jsonFiles(join(publishedFolder, 'objects')).map((file) => basename(file, '.json'));
}

/** Bodies of webhooks in the API version 2020-03-02. */
export function publishedEvents(): { name: string; type: string; object: PublishedObject }[] {
  if (!isThere) return [];
  const folder = join(publishedFolder, 'events');
  return jsonFiles(folder).map((file) => {
    const { type, data } = parse(join(folder, file)) as { type: string; data: { object: PublishedObject } };
    return { name: basename(file, '.json'), type, object: data.object };
  });
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted();
}

function parse(file: string): PublishedObject {
  return JSON.parse(readFileSync(file, 'utf8')) as PublishedObject;
}
