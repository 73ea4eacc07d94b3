import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audited, plantAlert, plantGoals } from './support/alerts.ts';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('127.0.0.1:2525');
  await plantGoals(server);
  await asked(
    'POST',
    '/api/v1/channels',
    { key: 'ops', kind: 'webhook', url: 'https://hooks.example.com/in' },
    201,
  );
  const slack = 'https://hooks.slack.com/services/T000/B000/planted';
  await asked('POST', '/api/v1/channels', { key: 'team', kind: 'slack', url: slack }, 201);
});
afterAll(() => server?.close());

async function asked(method: string, path: string, body: unknown, status: number) {
  const answer = await server.ask(method, path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}
const channelRows = async (): Promise<number> =>
  (await server.services.database.pool.query('SELECT 1 FROM channel')).rowCount ?? 0;

describe('a new channel', () => {
  const email = {
    key: 'leads',
    kind: 'email',
    config: {
      to: ['mei@example.com'],
      from: 'okr@example.com',
      smtp: 'smtps://mail.example.com',
      user: 'okr',
    },
    secrets: { password: 'pa55-planted' },
  };

  it('for mail says where it goes, keeps its password sealed for the server, and shows it to nobody', async () => {
    const made = await asked('POST', '/api/v1/channels', email, 201);
    expect(made).toMatchObject({ kind: 'email', address: 'mei@example.com (mail.example.com:465)' });
    expect(JSON.stringify(made)).not.toContain('pa55-planted');
    const secrets = await server.services.deps.sources.secretsOf('channel', String(made['id']));
    expect(secrets).toMatchObject({ password: { allowedHosts: ['mail.example.com:465'] } });
    const { pool } = server.services.database;
    const clear = await pool.query(`SELECT 1 FROM channel t WHERE t::text LIKE '%pa55-planted%'`);
    expect(clear.rowCount).toBe(0);
  });

  it('for a bot of Slack needs its token and where it posts', async () => {
    const bot = { key: 'bot', kind: 'slack', config: { channelId: 'C0123456789' } };
    const token = 'xoxb-1234567890-planted';
    const made = await asked('POST', '/api/v1/channels', { ...bot, secrets: { token } }, 201);
    expect(made).toMatchObject({ kind: 'slack', address: 'Slack C0123456789' });
    expect(JSON.stringify(made)).not.toContain('planted');
    const without = await asked('POST', '/api/v1/channels', { ...bot, key: 'bot2' }, 422);
    expect(without).toMatchObject({ code: 'channel_invalid' });
  });

  it('may use a mail server that the operator has opened, on that port only', async () => {
    const local = (port: number) => ({
      ...email,
      key: `local-${port}`,
      config: { to: ['mei@example.com'], from: 'okr@example.com', smtp: `smtp://127.0.0.1:${port}` },
      secrets: {},
    });
    await asked('POST', '/api/v1/channels', local(2525), 201);
    const problem = await asked('POST', '/api/v1/channels', local(587), 422);
    expect(problem).toMatchObject({ code: 'blocked_destination' });
  });

  it.each([
    { smtp: 'smtp://mail.example.com:25', code: 'blocked_destination', says: '25' },
    { smtp: 'smtp://localhost:587', code: 'blocked_destination', says: 'localhost' },
    { smtp: 'https://mail.example.com', code: 'channel_invalid', says: 'smtp' },
    { smtp: 'smtps://okr:pa55-planted@mail.example.com', code: 'channel_invalid', says: 'smtp' },
  ])('is not made for $smtp, and its password is not repeated', async ({ code, says, smtp }) => {
    const before = await channelRows();
    const body = { ...email, key: 'never', config: { ...email.config, smtp } };
    const problem = await asked('POST', '/api/v1/channels', body, 422);
    expect(problem).toMatchObject({ code });
    expect(problem['detail']).toContain(says);
    expect(JSON.stringify(problem)).not.toContain('pa55-planted');
    expect(await channelRows()).toBe(before);
  });

  it.each([
    { key: 'x', kind: 'pager', url: 'https://example.com' },
    { key: 'x', kind: 'webhook' },
    { key: 'x', kind: 'webhook', url: 'https://example.com', secrets: { token: 'x' } },
    { ...email, key: 'x', config: { ...email.config, password: 'pa55-planted' } },
    { ...email, key: 'x', config: { ...email.config, to: [] } },
    { ...email, key: 'x', config: { ...email.config, to: Array(21).fill('mei@example.com') } },
  ])('takes what its kind asks for and nothing else', async (body) => {
    const problem = await asked('POST', '/api/v1/channels', body, 422);
    expect(JSON.stringify(problem)).not.toContain('pa55-planted');
  });

  it('cannot have a key that is taken', async () => {
    const again = { key: 'ops', kind: 'webhook', url: 'https://hooks.example.com/in' };
    expect(await asked('POST', '/api/v1/channels', again, 409)).toMatchObject({ code: 'already_exists' });
  });
});

describe('the settings of a channel', () => {
  const path = '/api/v1/channels/team';

  it('are those for people at first, and for a webhook those for programs', async () => {
    expect(await asked('GET', path, undefined, 200)).toMatchObject({
      settings: {
        quietHours: { from: '20:00', to: '07:00' },
        workingDays: [1, 2, 3, 4, 5],
        immediatePerDay: 5,
      },
    });
    expect(await asked('GET', '/api/v1/channels/ops', undefined, 200)).toMatchObject({
      settings: { quietHours: null, digest: null, groupWaitMinutes: 0 },
    });
    expect(await asked('GET', '/api/v1/channels/nowhere', undefined, 404)).toMatchObject({
      code: 'not_found',
    });
  });

  it('change one by one, and the others stay', async () => {
    const settings = {
      timeZone: 'Asia/Shanghai',
      digest: { period: 'weekly', at: '09:00', weekday: 5 },
      owners: ['Mei'],
    };
    await asked('PATCH', path, { settings }, 200);
    await asked('PATCH', path, { settings: { quietHours: null, immediatePerDay: null } }, 200);
    const read = await asked('GET', path, undefined, 200);
    expect(read['settings']).toEqual({
      ...settings,
      quietHours: null,
      immediatePerDay: null,
      workingDays: [1, 2, 3, 4, 5],
      warnings: 'at_once',
      groupWaitMinutes: 10,
      groupIntervalMinutes: 240,
      topics: ['key_results', 'sources', 'check_ins'],
    });
    const updates = (await audited(server, 'channel')).filter(({ action }) => action === 'update');
    expect(updates.map(({ details }) => details)).toEqual([
      { settings },
      { settings: { quietHours: null, immediatePerDay: null } },
    ]);
  });

  it.each([
    { settings: { timeZone: 'Mars/Olympus' }, field: 'timeZone', says: '"Mars/Olympus"' },
    { settings: { timeZone: '+02:00' }, field: 'timeZone', says: '"+02:00"' },
    { settings: { quietHours: { from: '08:00', to: '08:00' } }, field: 'quietHours', says: '08:00' },
    { settings: { workingDays: [1, 1] }, field: 'workingDays', says: '"1"' },
    { settings: { owners: ['Mei', 'Mei'] }, field: 'owners', says: '"Mei"' },
    { settings: { topics: ['sources', 'sources'] }, field: 'topics', says: '"sources"' },
    { settings: { warnings: 'digest', digest: null }, field: 'warnings', says: 'digest' },
  ])('are refused with field, value and next step, and stay as they were: $settings', async (refused) => {
    const before = await asked('GET', path, undefined, 200);
    const problem = await asked('PATCH', path, { settings: refused.settings, enabled: false }, 422);
    expect(problem['errors']).toMatchObject([{ pointer: `/settings/${refused.field}` }]);
    expect(problem['detail']).toContain(refused.says);
    expect(await asked('GET', path, undefined, 200)).toEqual(before);
  });

  it.each([
    { quietHours: { from: '8', to: '20:00' } },
    { quietHours: { from: '24:00', to: '07:00' } },
    { workingDays: [] },
    { workingDays: [0] },
    { digest: { period: 'hourly', at: '08:00' } },
    { topics: [] },
    { owners: Array.from({ length: 51 }, (_, index) => `p${index}`) },
    { owners: [] },
    { immediatePerDay: 0 },
    { groupWaitMinutes: -1 },
    { colour: 'red' },
  ])('take nothing that cannot be meant: %j', async (settings) => {
    expect(await asked('PATCH', path, { settings }, 422)).toMatchObject({ code: 'validation' });
  });

  it('are not changed by saying nothing', async () => {
    expect(await asked('PATCH', path, {}, 422)).toMatchObject({ code: 'validation' });
    const elsewhere = await asked(
      'PATCH',
      '/api/v1/channels/nowhere',
      { settings: { quietHours: null } },
      404,
    );
    expect(elsewhere['detail']).toContain('"nowhere"');
  });

  it('and the switch change together', async () => {
    const off = await asked('PATCH', path, { enabled: false, settings: { groupWaitMinutes: 0 } }, 200);
    expect(off).toMatchObject({ enabled: false, settings: { groupWaitMinutes: 0 } });
    expect(off['disabledReason']).toContain('switched off by');
    expect(await asked('PATCH', path, { enabled: true }, 200)).toMatchObject({
      enabled: true,
      disabledReason: null,
    });
  });
});

describe('rules', () => {
  it.each([
    { sensitivity: 'quiet', fireBelow: 0.2, clearAbove: 0.4 },
    { sensitivity: 'normal', fireBelow: 0.25, clearAbove: 0.45 },
    { sensitivity: 'early', fireBelow: 0.3, clearAbove: 0.5 },
  ])(
    'that are $sensitivity fire below $fireBelow and end above $clearAbove',
    async ({ sensitivity, ...borders }) => {
      const made = await asked('POST', '/api/v1/alert-rules', { sensitivity, repeatDays: null }, 201);
      expect(made).toMatchObject({ ...borders, repeatDays: null });
      const { data } = await asked('GET', '/api/v1/alert-rules', undefined, 200);
      expect(data).toContainEqual(made);
    },
  );

  it('are refused for a rhythm or a sensitivity that there is not', async () => {
    const rhythm = await asked('POST', '/api/v1/alert-rules', { repeatDays: 0 }, 422);
    expect(rhythm['errors']).toMatchObject([{ pointer: '/repeatDays' }]);
    const panic = await asked('POST', '/api/v1/alert-rules', { sensitivity: 'panic' }, 422);
    expect(panic['errors']).toMatchObject([{ pointer: '/sensitivity' }]);
  });

  it('can be tried: nothing is stored, and what nothing measures is named', async () => {
    const before = await asked('GET', '/api/v1/alert-rules', undefined, 200);
    const trial = await asked('POST', '/api/v1/alert-rules/simulations', { sensitivity: 'early' }, 200);
    expect(trial).toMatchObject({
      // A metric without a single value has nothing that could be behind.
      keyResults: 1,
      alerts: [],
      rightly: 0,
      wrongly: 0,
      open: 0,
      missedWithout: 0,
      skipped: [{ key: 'people.talks', why: 'not_measured' }],
    });
    expect(await asked('GET', '/api/v1/alert-rules', undefined, 200)).toEqual(before);
    const stored = await server.services.database.pool.query('SELECT 1 FROM alert');
    expect(stored.rowCount).toBe(0);
  });

  it('are tried from a day of the last year, for what exists', async () => {
    const path = '/api/v1/alert-rules/simulations';
    const early = await asked('POST', path, { fromDay: '2001-01-01' }, 422);
    expect(early['errors']).toMatchObject([{ pointer: '/fromDay' }]);
    await asked('POST', path, { keyResult: 'nowhere' }, 404);
    await asked('POST', path, { repeatDays: 7 }, 422);
  });
});

describe('a digest on request', () => {
  const path = '/api/v1/channels/ops/digest-previews';

  it('is refused for a channel without one, with the command that gives it one', async () => {
    const problem = await asked('POST', path, {}, 409);
    expect(problem).toMatchObject({
      code: 'no_digest',
      fix: expect.stringContaining('channel set ops --digest'),
    });
    await asked('POST', '/api/v1/channels/nowhere/digest-previews', {}, 404);
  });

  it('that would be empty is null, as an empty one is not sent', async () => {
    const digest = { period: 'weekly', at: '08:00', weekday: 1 };
    await asked('PATCH', '/api/v1/channels/ops', { settings: { digest } }, 200);
    expect(await asked('POST', path, {}, 200)).toMatchObject({ channelKey: 'ops', period: null, text: null });
  });

  it('says what still burns in the language that is asked for, and leaves no trace', async () => {
    await plantAlert(server, { id: 'alr_digest', keyResult: 'growth.signups' });
    const { pool } = server.services.database;
    await pool.query(
      `INSERT INTO alert_told (alert_id, channel_id, state, severity, last_at, said)
       SELECT 'alr_digest', id, 'firing', 'warning', app_now(), 1 FROM channel WHERE key = 'ops'`,
    );
    const inEnglish = await asked('POST', path, {}, 200);
    const today = new Date().toISOString().slice(0, 10);
    expect(inEnglish).toMatchObject({ channelKey: 'ops', period: 'weekly' });
    expect(String(inEnglish['throughDay']) < today).toBe(true);
    expect(inEnglish['text']).toContain('Grow');
    const inChinese = await asked('POST', path, { lang: 'zh-CN' }, 200);
    expect(inChinese['text']).toContain('Grow');
    expect(inChinese['text']).not.toBe(inEnglish['text']);
    const kept = await pool.query(
      `SELECT (SELECT count(*) FROM outbox WHERE kind = 'digest')::int AS messages,
         (SELECT count(digest_at) FROM channel)::int AS digests`,
    );
    expect(kept.rows).toEqual([{ messages: 0, digests: 0 }]);
  });
});

describe('deliveries', () => {
  it('are found by their number and by the id that receivers see, with every attempt', async () => {
    const sent = await asked('POST', '/api/v1/channels/ops/test-messages', undefined, 202);
    const { pool } = server.services.database;
    await pool.query(
      `INSERT INTO delivery_try (outbox_id, at, ok, error_class, http_status, duration_ms) VALUES
        ($1, '2026-08-16T10:00:00Z', false, 'transient', 503, 12), ($1, '2026-08-16T10:00:05Z', true, NULL, 200, 9)`,
      [sent['id']],
    );
    await pool.query(`UPDATE outbox SET attempts = 2, next_at = '2026-08-16T10:05:00Z' WHERE id = $1`, [
      sent['id'],
    ]);
    for (const id of [sent['id'], sent['deliveryId']]) {
      expect(await asked('GET', `/api/v1/deliveries/${String(id)}`, undefined, 200)).toMatchObject({
        deliveryId: sent['deliveryId'],
        channelKey: 'ops',
        nextAt: '2026-08-16T10:05:00.000Z',
        tries: [
          { at: '2026-08-16T10:00:05.000Z', ok: true, errorClass: null, httpStatus: 200, durationMs: 9 },
          {
            at: '2026-08-16T10:00:00.000Z',
            ok: false,
            errorClass: 'transient',
            httpStatus: 503,
            durationMs: 12,
          },
        ],
      });
    }
    const problem = await asked('GET', '/api/v1/deliveries/msg_0', undefined, 404);
    expect(problem['detail']).toContain('"msg_0"');
  });
});
