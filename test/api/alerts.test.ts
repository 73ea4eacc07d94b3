import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audited, plantAlert, plantGoals, plantTold } from './support/alerts.ts';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('', { timeZone: 'Europe/Berlin' });
  await plantGoals(server);
  await plantAlert(server, { id: 'alr_behind', keyResult: 'growth.signups' });
  await plantAlert(server, { id: 'alr_near', keyResult: 'people.talks', state: 'pending' });
  await plantAlert(server, { id: 'alr_past', keyResult: 'growth.signups', state: 'resolved' });
  await plantAlert(server, { id: 'alr_down', connection: 'surveys', kind: 'error', severity: 'critical' });
});
afterAll(() => server?.close());

async function asked(method: string, path: string, body: unknown, status: number) {
  const answer = await server.ask(method, path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}
const ids = (answer: Record<string, unknown>): unknown[] =>
  (answer['data'] as { id: string }[]).map(({ id }) => id).toSorted();

describe('alerts', () => {
  it.each([
    { query: '', found: ['alr_behind', 'alr_down', 'alr_near', 'alr_past'] },
    { query: '?open=true', found: ['alr_behind', 'alr_down', 'alr_near'] },
    { query: '?open=false', found: ['alr_behind', 'alr_down', 'alr_near', 'alr_past'] },
    { query: '?keyResult=growth.signups', found: ['alr_behind', 'alr_past'] },
    { query: '?connection=surveys', found: ['alr_down'] },
    { query: '?keyResult=growth.signups&open=true', found: ['alr_behind'] },
  ])('are listed by what is asked for: "$query"', async ({ query, found }) => {
    expect(ids(await asked('GET', `/api/v1/alerts${query}`, undefined, 200))).toEqual(found);
  });

  it('are not listed for what does not exist, and the error names it', async () => {
    const problem = await asked('GET', '/api/v1/alerts?connection=nowhere', undefined, 404);
    expect(problem['detail']).toContain('"nowhere"');
    await asked('GET', '/api/v1/alerts?keyResult=nowhere', undefined, 404);
    await asked('GET', '/api/v1/alerts?open=perhaps', undefined, 422);
  });

  it('are shown with their reason as a sentence', async () => {
    expect(await asked('GET', '/api/v1/alerts/alr_behind', undefined, 200)).toMatchObject({
      keyResultKey: 'growth.signups',
      title: 'Grow',
      severity: 'warning',
      firedDay: '2026-08-13',
      unit: 'count',
      because: 'Data through 2026-08-12.',
    });
    const problem = await asked('GET', '/api/v1/alerts/alr_0', undefined, 404);
    expect(problem).toMatchObject({ code: 'not_found', fix: expect.stringContaining('tidemark alert list') });
  });

  it('are shown with what each channel was told and in which messages', async () => {
    const at = '2026-08-13T08:00:00.000Z';
    await asked(
      'POST',
      '/api/v1/channels',
      { key: 'ops', kind: 'webhook', url: 'https://example.com/in' },
      201,
    );
    await plantTold(server, { alert: 'alr_behind', channel: 'ops', at });
    const answer = await asked('GET', '/api/v1/alerts/alr_behind', undefined, 200);
    expect(answer['told']).toEqual([
      { channelKey: 'ops', state: 'firing', severity: 'warning', lastAt: at, said: 1 },
    ]);
    const about = { channelKey: 'ops', event: 'key_result.off_track', severity: 'warning' };
    const when = { createdAt: at, dueAt: at };
    const delivery = { deliveryId: 'msg_story', status: 'delivered', deliveredAt: at };
    expect(answer['messages']).toEqual([
      { ...about, ...when, lane: 'digest', state: 'waiting', delivery: null },
      { ...about, ...when, lane: 'now', state: 'composed', delivery },
    ]);
    const down = await asked('GET', '/api/v1/alerts/alr_down', undefined, 200);
    expect(down).toMatchObject({ told: [], messages: [] });
  });
});

describe('an acknowledgement', () => {
  const path = '/api/v1/alerts/alr_behind/acknowledgements';

  it('keeps who, when, what they said and at which severity, until it is taken back', async () => {
    const made = await asked('POST', path, { note: '  Mei mends the form ' }, 201);
    const acknowledged = { severity: 'warning', by: 'command line', note: 'Mei mends the form' };
    expect(made['acknowledged']).toMatchObject(acknowledged);
    const read = await asked('GET', '/api/v1/alerts/alr_behind', undefined, 200);
    expect(read['acknowledged']).toEqual(made['acknowledged']);
    expect(read['state']).toBe('firing');
    expect(await asked('DELETE', path, undefined, 200)).toMatchObject({ acknowledged: null });
    expect(await asked('GET', '/api/v1/alerts/alr_behind', undefined, 200)).toMatchObject({
      acknowledged: null,
    });
    expect(await audited(server, 'alert')).toMatchObject([
      { action: 'acknowledge', objectId: 'alr_behind', details: { note: 'Mei mends the form' } },
      { action: 'withdraw_acknowledgement', objectId: 'alr_behind' },
    ]);
  });

  it('that nobody made cannot be taken back', async () => {
    expect(await asked('DELETE', path, undefined, 409)).toMatchObject({ code: 'not_acknowledged' });
  });

  it.each([
    { id: 'alr_near', status: 409, code: 'not_fired' },
    { id: 'alr_past', status: 409, code: 'alert_over' },
    { id: 'alr_0', status: 404, code: 'not_found' },
  ])('of $id is refused: $code', async ({ id, status, code }) => {
    const problem = await asked('POST', `/api/v1/alerts/${id}/acknowledgements`, {}, status);
    expect(problem).toMatchObject({ code });
    expect(problem['detail']).toContain(id);
  });

  it('takes no essay and no unknown field', async () => {
    const long = await asked('POST', path, { note: 'x'.repeat(501) }, 422);
    expect(long['errors']).toMatchObject([{ pointer: '/note' }]);
    await asked('POST', path, { notes: 'x' }, 422);
  });
});

describe('a silence', () => {
  const reason = 'the price test runs';

  it.each([
    { scope: { keyResult: 'growth.signups' }, shown: { keyResultKey: 'growth.signups' } },
    {
      scope: { objective: 'growth', kind: 'off_track' },
      shown: { objectiveKey: 'growth', kind: 'off_track' },
    },
    { scope: { connection: 'surveys' }, shown: { connectionKey: 'surveys' } },
    { scope: { owner: 'Mei' }, shown: { owner: 'Mei', keyResultKey: null } },
    { scope: { everything: true }, shown: { keyResultKey: null, owner: null, kind: null } },
  ])('of $scope is in force, and ends when it is told to', async ({ scope, shown }) => {
    const made = await asked('POST', '/api/v1/snoozes', { ...scope, forMinutes: 60, reason }, 201);
    expect(made).toMatchObject({ ...shown, reason, author: 'command line', endedAt: null });
    const lasts = Date.parse(String(made['until'])) - Date.parse(String(made['createdAt']));
    // One hour from the server's now, which may lie a moment before the row was written.
    expect(Math.abs(lasts - 3_600_000)).toBeLessThan(5_000);
    expect(ids(await asked('GET', '/api/v1/snoozes', undefined, 200))).toEqual([made['id']]);
    const ended = await asked('DELETE', `/api/v1/snoozes/${String(made['id'])}`, undefined, 200);
    expect(ended['endedAt']).not.toBeNull();
    expect(ids(await asked('GET', '/api/v1/snoozes', undefined, 200))).toEqual([]);
    await asked('DELETE', `/api/v1/snoozes/${String(made['id'])}`, undefined, 404);
    const lines = await audited(server, 'snooze');
    expect(lines.slice(-2).map(({ action }) => action)).toEqual(['create', 'end']);
  });

  it('until a day lasts through that day in the zone of the workspace', async () => {
    const now = new Date();
    const day = new Date(now.getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    const made = await asked('POST', '/api/v1/snoozes', { owner: 'Mei', untilDay: day, reason }, 201);
    // Berlin is one or two hours ahead of UTC, so its midnight is 22:00 or 23:00 of that day.
    expect([`${day}T22:00:00.000Z`, `${day}T23:00:00.000Z`]).toContain(made['until']);
    await asked('DELETE', `/api/v1/snoozes/${String(made['id'])}`, undefined, 200);
  });

  const minutesOf = (days: number): number => days * 1_440;
  it.each([
    { body: { forMinutes: 60 }, code: 'scope_missing', pointer: '/everything' },
    {
      body: { everything: true, owner: 'Mei', forMinutes: 60 },
      code: 'scope_contradicts',
      pointer: '/everything',
    },
    {
      body: { keyResult: 'growth.signups', connection: 'surveys', forMinutes: 60 },
      code: 'scope_contradicts',
      pointer: '/keyResult',
    },
    {
      body: { connection: 'surveys', kind: 'off_track', forMinutes: 60 },
      code: 'scope_contradicts',
      pointer: '/kind',
    },
    {
      body: { objective: 'growth', kind: 'error', forMinutes: 60 },
      code: 'scope_contradicts',
      pointer: '/kind',
    },
    { body: { owner: 'Mei', forMinutes: minutesOf(32) }, code: 'too_long', pointer: '/forMinutes' },
    { body: { owner: 'Mei', until: '2020-01-01T00:00:00Z' }, code: 'not_in_future', pointer: '/until' },
    { body: { owner: 'Mei', untilDay: '2020-01-01' }, code: 'not_in_future', pointer: '/untilDay' },
    { body: { owner: 'Mei', untilDay: '2026-02-30' }, code: 'no_such_day', pointer: '/untilDay' },
  ])('is refused, and nothing is stored: $code of $body', async ({ body, code, pointer }) => {
    const problem = await asked('POST', '/api/v1/snoozes', { ...body, reason }, 422);
    expect(problem['errors']).toMatchObject([{ pointer, code }]);
    expect(ids(await asked('GET', '/api/v1/snoozes', undefined, 200))).toEqual([]);
  });

  it('of 31 days is the longest', async () => {
    const body = { owner: 'Mei', forMinutes: minutesOf(31), reason };
    const made = await asked('POST', '/api/v1/snoozes', body, 201);
    expect(made).toMatchObject({ owner: 'Mei', endedAt: null });
    await asked('DELETE', `/api/v1/snoozes/${String(made['id'])}`, undefined, 200);
  });

  it.each([{ keyResult: 'nowhere' }, { objective: 'nowhere' }, { connection: 'nowhere' }])(
    'of what does not exist is refused: %j',
    async (scope) => {
      const problem = await asked('POST', '/api/v1/snoozes', { ...scope, forMinutes: 60, reason }, 404);
      expect(problem['detail']).toContain('"nowhere"');
    },
  );

  it.each([
    { owner: 'Mei', forMinutes: 60 },
    { owner: 'Mei', forMinutes: 60, reason: 'x' },
    { owner: 'Mei', reason },
    { owner: 'Mei', forMinutes: 60, untilDay: '2026-09-01', reason },
    { owner: 'Mei', forMinutes: 0, reason },
    { owner: 'Mei', kind: 'boredom', forMinutes: 60, reason },
    { owner: 'Mei', forMinutes: 60, reason, team: 'all' },
  ])('needs a reason and one end, and takes nothing unknown: %j', async (body) => {
    expect(await asked('POST', '/api/v1/snoozes', body, 422)).toMatchObject({ code: 'validation' });
  });
});

describe('the cadence of check-ins', () => {
  const path = '/api/v1/key-results/people.talks/check-in-cadence';

  it('is the usual one until another is chosen, and again after that', async () => {
    const usual = { keyResultKey: 'people.talks', everyDays: null, remindsAfterDays: 14 };
    expect(await asked('GET', path, undefined, 200)).toMatchObject(usual);
    expect(await asked('PUT', path, { everyDays: 7 }, 200)).toMatchObject({ everyDays: 7 });
    expect(await asked('GET', path, undefined, 200)).toMatchObject({ everyDays: 7, remindsAfterDays: 7 });
    expect(await asked('PUT', path, { everyDays: null }, 200)).toMatchObject(usual);
    expect(await asked('GET', path, undefined, 200)).toMatchObject(usual);
    const lines = (await audited(server, 'key_result')).filter(({ action }) => action === 'set_cadence');
    expect(lines.map(({ details }) => details)).toEqual([{ everyDays: 7 }, { everyDays: null }]);
  });

  it.each([0, 93, 1.5, '7'])('is 1 to 92 whole days, so %s is refused', async (everyDays) => {
    const problem = await asked('PUT', path, { everyDays }, 422);
    expect(problem['errors']).toMatchObject([{ pointer: '/everyDays' }]);
  });

  it('is refused for what a metric measures, which the sentence names', async () => {
    const measured = '/api/v1/key-results/growth.signups/check-in-cadence';
    const problem = await asked('PUT', measured, { everyDays: 7 }, 409);
    expect(problem).toMatchObject({ code: 'measured_by_metric' });
    expect(problem['detail']).toContain('"growth.signups" is measured by the metric "signups"');
    await asked('GET', measured, undefined, 409);
    await asked('PUT', '/api/v1/key-results/nowhere/check-in-cadence', { everyDays: 7 }, 404);
  });
});

describe('the owner of a connection', () => {
  it('is read back, replaced and taken away', async () => {
    const path = '/api/v1/connections/surveys';
    expect(await asked('GET', path, undefined, 200)).toMatchObject({ owner: 'Ana' });
    expect(await asked('PATCH', path, { owner: 'José' }, 200)).toMatchObject({ owner: 'José' });
    expect(await asked('PATCH', path, { title: 'Surveys' }, 200)).toMatchObject({ owner: 'José' });
    expect(await asked('PATCH', path, { owner: null }, 200)).toMatchObject({ owner: null });
    await asked('PATCH', path, { owner: '' }, 422);
  });
});
