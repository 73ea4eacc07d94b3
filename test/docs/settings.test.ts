import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Names like DATABASE_URL, as they stand in code, in a table or in YAML. */
const NAME = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*/;

/** What `src/wiring/config.ts` reads: the keys of its schema. */
function settingsOfCode(): string[] {
  const schema =
    /^const schema = z\.object\(\{\n([\s\S]*?)^\}\);/m.exec(read('src/wiring/config.ts'))?.[1] ?? '';
  return [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)].map((match) => match[1] ?? '').toSorted();
}

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

/** The variables that the services of ours get in docker-compose.yml: those of `api`, `worker` and what both share. */
function settingsOfCompose(): string[] {
  const text = read('docker-compose.yml');
  const ours = text.slice(text.indexOf('x-settings:'), text.indexOf('\n  postgres:'));
  return [...ours.matchAll(/^ {2,6}([A-Z][A-Z0-9_]*):/gm)].map((match) => match[1] ?? '');
}

it('docker-compose.yml sets only variables that are read', () => {
  const code = settingsOfCode();
  const set = settingsOfCompose();
  expect(set).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'TIDEMARK_MASTER_KEY', 'HOST']));
  expect(set.filter((name) => !code.includes(name))).toEqual([]);
});

it('docker-compose.yml holds no secret: each is asked for by name', () => {
  const values = [...read('docker-compose.yml').matchAll(/^ +\w*(?:PASSWORD|_KEY|AUTH): (.+)$/gm)].map(
    (match) => match[1] ?? '',
  );
  expect(values.length).toBeGreaterThan(3);
  expect(values.filter((value) => !/^\$\{[A-Z_]+:\?/.test(value))).toEqual([]);
});

it('docker-compose.yml gives API and workers the same database, queue and master key', () => {
  const text = read('docker-compose.yml');
  for (const service of ['api', 'worker']) {
    const start = text.indexOf(`\n  ${service}:\n`);
    expect(text.slice(start, start + 400)).toContain('<<: *settings');
  }
});
