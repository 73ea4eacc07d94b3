import { afterEach, expect, it } from 'vitest';
import { cleanUp, newDataDir, tidemark } from './support/command.ts';

afterEach(cleanUp);

type Bootstrap = { nodeProblem(version: string, range: string): string | null };
// Plain JavaScript without types, because old versions of Node have to read it.
const bootstrap = (await import(new URL('../../src/bootstrap.js', import.meta.url).href)) as Bootstrap;

it.each([
  { version: 'v20.19.0', enough: true },
  { version: 'v20.20.1', enough: true },
  { version: 'v22.0.0', enough: true },
  { version: 'v20.18.3', enough: false },
  { version: 'v18.20.4', enough: false },
  { version: 'v9.99.0', enough: false },
])('for >=20.19, Node $version is enough: $enough', ({ version, enough }) => {
  const problem = bootstrap.nodeProblem(version, '>=20.19');
  if (enough) expect(problem).toBeNull();
  else
    expect(problem).toMatch(
      new RegExp(`needs Node\\.js 20\\.19 or newer, and this is ${version}\\. Install`),
    );
});

it.each([['start'], ['--version'], ['demo']])(
  '%s on an old Node says what is needed and does nothing',
  async (verb) => {
    const old = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v18.20.4"})';
    const dataDir = newDataDir();
    const ended = await tidemark([verb], { TIDEMARK_DATA_DIR: dataDir }, ['--import', old]).ended;
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(
      /^error: Tidemark needs Node\.js [\d.]+ or newer, and this is v18\.20\.4\. Install [^\n]+\n$/,
    );
  },
);
