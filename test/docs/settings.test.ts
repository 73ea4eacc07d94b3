import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingsOfCode } from './support/read-files.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Names like DATABASE_URL, as they stand in code or in a table. */
const NAME = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*/;

/** The first column of the rows under a heading of the README. */
function settingsOfReadme(heading: string): string[] {
  const section =
    read('README.md')
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([A-Z][A-Z0-9_]*)` \|/gm)].map((match) => match[1] ?? '').toSorted();
}

/** What the command line reads beside the settings of a server, by the places where it reads the environment. */
function namesReadByTheCommandLine(): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(join(root, 'src/cli'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const match of read(join('src/cli', file)).matchAll(/env\['([A-Z_]+)'\]/g))
      names.add(match[1] ?? '');
  }
  return names;
}

it('the README lists every setting that a server reads, and no other', () => {
  const code = settingsOfCode();
  expect(code).toContain('DATABASE_URL');
  expect(settingsOfReadme('Settings')).toEqual(code);
});

it('the README names no variable that nothing reads', () => {
  const known = new Set([...settingsOfCode(), ...namesReadByTheCommandLine()]);
  const named = [...read('README.md').matchAll(new RegExp(`\\b(?:TIDEMARK_${NAME.source})\\b`, 'g'))].map(
    ([name]) => name.replace(/_FILE$/, ''),
  );
  // A secret of a connection is read by the name of its field: TIDEMARK_SECRET_API_KEY for `apiKey`.
  const unread = named.filter((name) => !known.has(name) && !name.startsWith('TIDEMARK_SECRET_'));
  expect(unread).toEqual([]);
});
