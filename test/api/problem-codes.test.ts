import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemPage, problemWords } from '../../src/api/problem-codes.ts';
import { projectRoot } from '../../src/project.ts';
import { request, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const sources = readdirSync(join(projectRoot(), 'src'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.includes('generated'),
);

it('every code that is thrown has words, and a line in problems.md', () => {
  const thrown = sources.flatMap((file) =>
    [
      ...readFileSync(join(projectRoot(), 'src', file), 'utf8').matchAll(
        /new AppError\(\s*'\w+',\s*'([a-z_]+)'/g,
      ),
    ].map(([, code = '']) => code),
  );
  expect(new Set(thrown).size).toBeGreaterThan(50);
  expect([...new Set(thrown)].filter((code) => problemWords[code] === undefined)).toEqual([]);
  const page = readFileSync(join(projectRoot(), 'src/api/problems.md'), 'utf8');
  expect(Object.keys(problemWords).filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});

it('the address that a problem names as its type leads to its words', async () => {
  const refused = await server.ask('POST', '/api/v1/cycles', {});
  const page = await request(`${server.api.url}${String(refused.json['type'])}`, 'GET');
  expect(page.status).toBe(200);
  expect(page.text).toContain(problemWords['validation']?.when ?? '-');
  expect((await request(`${server.api.url}${problemPage('nothing_of_the_kind')}`, 'GET')).status).toBe(404);
});

it('the document is served to anybody', async () => {
  const served = await request(`${server.api.url}/api/openapi.json`, 'GET');
  expect(served.json).toEqual(JSON.parse(readFileSync(join(projectRoot(), 'src/api/openapi.json'), 'utf8')));
});
