import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isThere, publishedEvents, publishedFolder, publishedNames, publishedNote } from './published.ts';

const shared = join(publishedFolder, '..', '..');
const ours = join(import.meta.dirname, '..', 'fixtures');
const folders = ['ga4', 'mixpanel', 'stripe'].flatMap((provider) =>
  ['made', 'recorded'].map((kind) => join(provider, kind)),
);
const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).toSorted() : []);
const suite = namesIn(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe.runIf(isThere)(`the recordings that may be copied${publishedNote}`, () => {
  it.each(folders)('%s has the same files here, byte for byte', (folder) => {
    expect(namesIn(join(ours, folder))).toEqual(namesIn(join(shared, folder)));
    const differing = namesIn(join(ours, folder)).filter(
      (name) => !readFileSync(join(ours, folder, name)).equals(readFileSync(join(shared, folder, name))),
    );
    expect(differing).toEqual([]);
  });
});

describe.runIf(isThere)(`the recordings that may not be copied${publishedNote}`, () => {
  it.each(['ga4', 'mixpanel'])('of %s are each named by a test of this suite', (provider) => {
    const names = namesIn(join(shared, provider, 'published'));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !suite.includes(name))).toEqual([]);
  });

  // Their tests go by the name of the object, and by the kind of object that an event is about.
  it('of Stripe are each named by a test of this suite', () => {
    const kinds = publishedEvents().map(({ object }) => String(object['object']));
    const named = (kind: string) => suite.includes(`'${kind}'`) || suite.includes(`  ${kind}: `);
    expect([...publishedNames(), ...kinds].filter((kind) => !named(kind))).toEqual([]);
    const { length } = [
      ...namesIn(join(publishedFolder, 'objects')),
      ...namesIn(join(publishedFolder, 'events')),
    ];
    expect(publishedNames().length + kinds.length).toBe(length);
  });
});
