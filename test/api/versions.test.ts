import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2026-04-01' });
  await server.ask('POST', '/api/v1/objectives', { key: 'growth', title: 'Grow', cycle: 'q' });
});
afterAll(() => server.close());

const at = '/api/v1/objectives/growth';
const etagOf = async (path = at): Promise<string> =>
  (await server.ask('GET', path)).headers.get('etag') ?? expect.fail(`${path} has no version`);
const change = (title: string, match: string) => server.ask('PATCH', at, { title }, { 'if-match': match });
const titleNow = async () => (await server.ask('GET', at)).json['title'];

describe('a single object', () => {
  it('has a strong version, and is not sent again to whoever has it', async () => {
    for (const path of [at, '/api/v1/cycles/q', '/api/v1/board?cycle=q']) {
      const etag = await etagOf(path);
      expect(etag, path).toMatch(/^"[\w-]+\.[\w-]+"$/);
      const again = await server.ask('GET', path, undefined, { 'if-none-match': etag });
      expect([again.status, again.text, again.headers.get('etag')], path).toEqual([304, '', etag]);
      const other = await server.ask('GET', path, undefined, { 'if-none-match': '"other"' });
      expect(other.status).toBe(200);
    }
  });

  it('has another version after a change', async () => {
    const before = await etagOf();
    expect((await change('Grow more', before)).status).toBe(200);
    expect(await etagOf()).not.toBe(before);
  });
});

describe('section 12: a stale If-Match version', () => {
  it('changes nothing, and is told the present one', async () => {
    const stale = await etagOf();
    await change('Grow at once', stale);
    const refused = await change('Grow later', stale);
    expect(refused.json).toMatchObject({ status: 412, code: 'version_stale', current: await etagOf() });
    expect(refused.headers.get('etag')).toBe(await etagOf());
    expect(await titleNow()).toBe('Grow at once');
  });

  it('is needed at all: without one the answer is 428', async () => {
    const refused = await change('Grow blindly', '');
    expect(refused.json).toMatchObject({ status: 428, code: 'version_required' });
    expect(await titleNow()).toBe('Grow at once');
  });

  it('lets one of two through who change the same version at the same moment', async () => {
    const version = await etagOf();
    const answers = await Promise.all(['one', 'two', 'three', 'four'].map((title) => change(title, version)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
  });

  it('may be any of several, or whatever is there; a weak one proves nothing', async () => {
    expect((await change('Star', '*')).status).toBe(200);
    const version = await etagOf();
    expect((await change('Weak', `W/${version}`)).status).toBe(412);
    expect((await change('List', `"other", ${version}`)).status).toBe(200);
  });

  it('is no matter of numbers that moved meanwhile: a new progress leaves the definition as it is', async () => {
    const goal = { kind: 'reach', startValue: 0, targetValue: 10 };
    const made = { key: 'growth.talks', title: 'Talks', objective: 'growth', goal, unit: 'count' };
    expect((await server.ask('POST', '/api/v1/key-results', made)).status).toBe(201);
    const path = '/api/v1/key-results/growth.talks';
    const told = (value: number) => server.ask('POST', `${path}/check-ins`, { day: '2026-02-01', value });
    expect((await told(2)).status).toBe(201); // the first one gives it a metric of its own
    const before = await etagOf(path);
    expect((await told(4)).status).toBe(201);
    const after = await etagOf(path);
    expect(after).not.toBe(before);
    expect(after.split('.')[0]).toBe(before.split('.')[0]);
  });
});
