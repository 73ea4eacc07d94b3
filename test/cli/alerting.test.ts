import { afterEach, describe, expect, it } from 'vitest';
import type { RuleTrialView } from '../../src/api/contracts/alerting.ts';
import { main } from '../../src/cli/main.ts';
import { alert, channel, rule, snooze } from './support/alerting-fixture.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { type FakeIo, fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

async function tidemark(
  script: Parameters<typeof fakeApi>[0],
  line: string[],
  env: Record<string, string> = {},
): Promise<{ io: FakeIo; code: number }> {
  api = await fakeApi(script);
  const io = fakeIo({ env: { ...api.env, ...env } });
  return { io, code: await main(line, io) };
}
const sent = () => api.asked.at(-1)?.body;

describe('events of a webhook', () => {
  const feed = { ...channel(), key: 'feed', kind: 'webhook' as const, signingSecret: 'whsec_abc' };

  it('are named when it is added, and changed later', async () => {
    const add = ['channel', 'add', 'webhook', 'feed', '--url', 'https://example.com/feed'];
    await tidemark({ createChannel: () => feed }, [...add, '--events', 'run.finished,source.failed']);
    expect(sent()).toEqual({
      key: 'feed',
      kind: 'webhook',
      url: 'https://example.com/feed',
      events: ['run.finished', 'source.failed'],
    });
    await api.close();
    const changed = channel({ key: 'feed', kind: 'webhook', events: ['alert.fired'] });
    const set = ['channel', 'set', 'feed', '--events', 'alert.fired'];
    const { io } = await tidemark({ changeChannel: () => changed, getChannel: () => changed }, set);
    expect(sent()).toEqual({ events: ['alert.fired'] });
    expect(io.out()).toMatch(/Events +alert\.fired/);
    await api.close();
    await tidemark({ changeChannel: () => channel(), getChannel: () => channel() }, [
      'channel',
      'set',
      'feed',
      '--events',
      'none',
    ]);
    expect(sent()).toEqual({ events: [] });
  });

  it('have names that there are, and no other kind of channel takes them', async () => {
    const add = ['channel', 'add', 'webhook', 'feed', '--url', 'https://example.com/feed', '--events'];
    const { code, io } = await tidemark({}, [...add, 'kr.exploded']);
    expect(code).toBe(2);
    expect(io.err()).toContain('kr.exploded');
    expect(io.err()).toContain('key_result.status_changed');
    await api.close();
    const slack = await tidemark({}, ['channel', 'add', 'slack', 'team', '--events', 'alert.fired']);
    expect(slack.code).toBe(2);
    expect(slack.io.err()).toContain('--events');
    expect(api.asked).toEqual([]);
  });

  it('are signed with a new secret from now on, which is shown once beside until when both sign', async () => {
    const rotation = {
      channelKey: 'feed',
      signingSecret: 'whsec_new',
      previousValidUntil: '2026-08-17T12:00:00.000Z',
    };
    const { io } = await tidemark({ rotateChannelSecret: () => rotation }, [
      'channel',
      'rotate-secret',
      'feed',
    ]);
    expect(io.out()).toBe('New signing secret: whsec_new\n');
    expect(io.err()).toContain('shown this once');
    expect(io.err()).toContain('2026-08-17');
  });

  it('and messages are sent again under their id', async () => {
    const again = { ...delivery, status: 'pending' as const };
    const { io } = await tidemark({ redeliver: () => again }, ['delivery', 'redeliver', 'msg_1']);
    expect(io.out()).toContain('msg_1 is sent to ops once more, under the same id.');
    await api.close();
    const zh = await tidemark({ redeliver: () => again }, [
      'delivery',
      'redeliver',
      'msg_1',
      '--lang',
      'zh-CN',
    ]);
    expect(zh.io.out()).toContain('重新发送');
  });
});

const delivery = {
  id: '7',
  deliveryId: 'msg_1',
  channelKey: 'ops',
  kind: 'test',
  status: 'dead' as const,
  attempts: 0,
  createdAt: '2026-08-16T10:00:00.000Z',
  deliveredAt: null,
  lastError: null,
  nextAt: null,
  tries: [],
};

describe('alerts', () => {
  it('are listed with what they are about, and filtered by the API', async () => {
    const failing = alert({
      id: 'alr_2',
      keyResultId: null,
      keyResultKey: null,
      connectionId: 'con_1',
      connectionKey: 'stripe',
      kind: 'error',
      severity: 'critical',
    });
    const script = { listAlerts: () => list(alert(), failing) };
    const { io } = await tidemark(script, ['alert', 'list', '--open', '--connection', 'stripe']);
    expect(Object.fromEntries(api.asked[0]?.query ?? [])).toEqual({ open: 'true', connection: 'stripe' });
    // Two days before the noon that the terminal shows.
    expect(io.out()).toMatch(/growth\.mrr +Off track +warning +Firing +2d +alr_1/);
    expect(io.out()).toMatch(/stripe +Source fails +critical +Firing +2d +alr_2/);
  });

  it('are shown with what each channel was told and the messages that it was said in', async () => {
    const acknowledged = {
      severity: 'warning' as const,
      by: 'Mei',
      at: '2026-08-16T10:00:00.000Z',
      note: 'new form on Monday',
    };
    const { io } = await tidemark({ getAlert: () => alert({ acknowledged }) }, ['alert', 'show', 'alr_1']);
    expect(io.out()).toContain('Lift MRR growth.mrr\n');
    expect(io.out()).toMatch(/Because +Data through 2026-08-15\./);
    expect(io.out()).toMatch(/Acknowledged +by Mei, 2h ago: new form on Monday/);
    expect(io.out()).toMatch(/team +told that it fired +1 +2d/);
    expect(io.out()).toMatch(/team +key_result\.off_track +delivered +2d +msg_1/);
  });

  it('say in Chinese what was told, too', async () => {
    const { io } = await tidemark({ getAlert: () => alert() }, ['alert', 'show', 'alr_1', '--lang', 'zh-CN']);
    expect(io.out()).toMatch(/原因 +数据截至/);
    expect(io.out()).toContain('已告知触发');
  });

  it('say when nobody was told', async () => {
    const { io } = await tidemark({ getAlert: () => alert({ told: [], messages: [] }) }, [
      'alert',
      'show',
      'alr_1',
    ]);
    expect(io.out()).toContain('Nobody was told of it.');
  });

  it('are acknowledged with a note, and the note is optional', async () => {
    const script = { acknowledgeAlert: () => alert() };
    const { io } = await tidemark(script, ['alert', 'acknowledge', 'alr_1', '--note', 'Mei does it']);
    expect(sent()).toEqual({ note: 'Mei does it' });
    expect(io.out()).toContain('growth.mrr: acknowledged.');
    await api.close();
    await tidemark(script, ['alert', 'ack', 'alr_1']);
    expect(sent()).toEqual({ note: '' });
  });

  it('lose their acknowledgement with --undo', async () => {
    const { io } = await tidemark({ withdrawAcknowledgement: () => alert() }, [
      'alert',
      'ack',
      'alr_1',
      '--undo',
    ]);
    expect(api.asked.map(({ name }) => name)).toEqual(['withdrawAcknowledgement']);
    expect(io.out()).toContain('repeated as before');
  });

  it('name the refusal of the API and the next step', async () => {
    const problem = {
      status: 409,
      detail: 'The alert is over.',
      fix: 'List what burns.',
      code: 'alert_over',
    };
    const { io, code } = await tidemark({ acknowledgeAlert: () => ({ problem }) }, ['alert', 'ack', 'alr_1']);
    expect(code).toBe(6);
    expect(io.err()).toContain('The alert is over.\nList what burns.\n');
  });
});

describe('silences', () => {
  const script = { createSnooze: () => snooze() };
  const reason = ['--reason', 'price test'];
  const nothing = { keyResult: null, objective: null, connection: null, owner: null, kind: null };

  it('cover a Key Result for three days: 4,320 minutes', async () => {
    const { io } = await tidemark(script, [
      'alert',
      'snooze',
      '--key-result',
      'growth.mrr',
      '--for',
      '3d',
      ...reason,
    ]);
    expect(sent()).toEqual({
      ...nothing,
      keyResult: 'growth.mrr',
      everything: false,
      forMinutes: 4_320,
      reason: 'price test',
    });
    expect(io.out()).toContain('growth.mrr');
    expect(io.out()).toContain('tidemark alert unsnooze snz_1');
  });

  it('cover a kind through a last day, or everything until an instant', async () => {
    await tidemark(script, ['alert', 'snooze', '--kind', 'check-in-due', '--until', '2026-08-20', ...reason]);
    expect(sent()).toMatchObject({ kind: 'check_in_due', untilDay: '2026-08-20' });
    await api.close();
    await tidemark(script, ['alert', 'snooze', '--everything', '--until', '2026-08-20T08:00:00Z', ...reason]);
    expect(sent()).toMatchObject({ ...nothing, everything: true, until: '2026-08-20T08:00:00Z' });
  });

  it.each([
    { line: ['--for', '3d', ...reason], says: '--everything' },
    { line: ['--everything', '--for', '3d'], says: '--reason' },
    { line: ['--everything', ...reason], says: '--for 3d' },
    { line: ['--everything', '--for', '3d', '--until', '2026-08-20', ...reason], says: 'exclude each other' },
    { line: ['--everything', '--for', 'long', ...reason], says: '--for "long"' },
    { line: ['--everything', '--until', 'friday', ...reason], says: '--until "friday"' },
    { line: ['--kind', 'boredom', '--for', '1d', ...reason], says: '--kind "boredom"' },
  ])('ask for what is missing before anything is sent: $says', async ({ line, says }) => {
    const { io, code } = await tidemark({}, ['alert', 'snooze', ...line]);
    expect(code).toBe(2);
    expect(io.err()).toContain(says);
    expect(api.asked).toEqual([]);
  });

  it('are listed with what they cover, why and by whom', async () => {
    const both = snooze({ keyResultKey: null, objectiveKey: 'growth', kind: 'off_track', owner: 'Mei' });
    const { io } = await tidemark({ listSnoozes: () => list(both) }, ['alert', 'snoozes']);
    expect(io.out()).toMatch(
      /objective growth, owned by Mei, Off track +2026-08-19 .* price test +command line +snz_1/,
    );
  });

  it('say that there are none', async () => {
    const { io } = await tidemark({ listSnoozes: () => list() }, ['alert', 'snoozes']);
    expect(io.out()).toBe('Nothing is silenced.\n');
  });

  it('end by their id', async () => {
    const { io } = await tidemark({ endSnooze: () => snooze() }, ['alert', 'unsnooze', 'snz_1']);
    expect(api.asked[0]?.params).toEqual({ id: 'snz_1' });
    expect(io.out()).toBe('No longer silent: growth.mrr.\n');
  });
});

describe('channels', () => {
  it('are told what to hear with the flags that were given, and nothing else', async () => {
    const { io } = await tidemark({ changeChannel: () => channel() }, [
      'channel',
      'set',
      'team',
      '--quiet-hours',
      '20:00-07:00',
      '--digest',
      'weekly:mon@08:00',
    ]);
    expect(sent()).toEqual({
      settings: {
        quietHours: { from: '20:00', to: '07:00' },
        digest: { period: 'weekly', at: '08:00', weekday: 1 },
      },
    });
    expect(io.out()).toContain('The channel team is changed.');
  });

  it('refuse a change that changes nothing', async () => {
    const { code, io } = await tidemark({}, ['channel', 'set', 'team']);
    expect(code).toBe(2);
    expect(io.err()).toContain('--quiet-hours');
  });

  it('show their settings as the flags take them', async () => {
    const { io } = await tidemark({ getChannel: () => channel() }, ['channel', 'show', 'team']);
    for (const written of ['20:00-07:00', 'mon-fri', 'Europe/Berlin', 'weekly:mon@08:00', 'at-once', '4h'])
      expect(io.out()).toContain(written);
  });

  it('that take progress back have nothing to show', async () => {
    const mixpanel = channel({ kind: 'mixpanel', settings: null });
    const { code, io } = await tidemark({ getChannel: () => mixpanel }, ['channel', 'show', 'team']);
    expect(code).toBe(0);
    expect(io.err()).toContain('nothing to set');
  });

  it('list when they may be spoken to', async () => {
    const { io } = await tidemark({ listChannels: () => list(channel()) }, ['channel', 'list']);
    expect(io.out()).toMatch(/team +slack .*mon-fri +20:00-07:00 +weekly:mon@08:00 +all +active/);
  });

  it('send mail with a password that no flag takes', async () => {
    const made = { ...channel({ kind: 'email' }), signingSecret: null };
    const { code } = await tidemark(
      { createChannel: () => made },
      [
        'channel',
        'add',
        'email',
        'leads',
        '--to',
        'mei@example.com, ana@example.com',
        '--from',
        'okr@example.com',
        '--smtp',
        'smtps://mail.example.com:465',
        '--user',
        'okr',
        '--language',
        'zh-CN',
      ],
      { TIDEMARK_SECRET_PASSWORD: 'planted' },
    );
    expect(code).toBe(0);
    expect(sent()).toEqual({
      key: 'leads',
      kind: 'email',
      config: {
        to: ['mei@example.com', 'ana@example.com'],
        from: 'okr@example.com',
        smtp: 'smtps://mail.example.com:465',
        user: 'okr',
        lang: 'zh-CN',
      },
      secrets: { password: 'planted' },
    });
  });

  it('that need a password say where it is looked for', async () => {
    const { code, io } = await tidemark({}, [
      'channel',
      'add',
      'email',
      'leads',
      '--to',
      'mei@example.com',
      '--from',
      'okr@example.com',
      '--smtp',
      'smtps://mail.example.com:465',
      '--user',
      'okr',
    ]);
    expect(code).toBe(2);
    expect(io.err()).toContain('TIDEMARK_SECRET_PASSWORD');
  });

  it('of mail name every flag that is missing', async () => {
    const { code, io } = await tidemark({}, ['channel', 'add', 'email', 'leads', '--to', 'mei@example.com']);
    expect(code).toBe(2);
    expect(io.err()).toContain('--from, --smtp');
  });

  it('take no flag of another kind', async () => {
    const line = ['channel', 'add', 'webhook', 'ops', '--url', 'https://example.com', '--channel-id', 'C1'];
    const { code, io } = await tidemark({}, line);
    expect(code).toBe(2);
    expect(io.err()).toContain('A webhook channel takes no --channel-id');
    expect(api.asked).toEqual([]);
  });

  it('of Slack may be a bot with its token', async () => {
    const made = { ...channel(), signingSecret: null };
    const line = ['channel', 'add', 'slack', 'team', '--channel-id', 'C0123456789'];
    const { io } = await tidemark({ createChannel: () => made }, line, {
      TIDEMARK_SECRET_TOKEN: 'xoxb-planted',
    });
    expect(sent()).toMatchObject({
      config: { channelId: 'C0123456789' },
      secrets: { token: 'xoxb-planted' },
    });
    expect(io.out() + io.err()).not.toContain('xoxb-planted');
  });

  it('preview their digest in the language of the reader, or say that there is nothing to say', async () => {
    const answer = { channelKey: 'team', period: null, fromDay: null, throughDay: null, text: null };
    const { io } = await tidemark({ previewDigest: () => answer }, [
      'digest',
      'preview',
      'team',
      '--lang',
      'zh-CN',
    ]);
    expect(sent()).toEqual({ lang: 'zh-CN' });
    expect(io.out()).toContain('空摘要不会发送');
    await api.close();
    const daily = {
      channelKey: 'team',
      period: 'daily' as const,
      fromDay: '2026-08-15',
      throughDay: '2026-08-15',
    };
    const full = await tidemark({ previewDigest: () => ({ ...daily, text: '1 off track' }) }, [
      'digest',
      'preview',
      'team',
    ]);
    expect(full.io.out()).toBe('1 off track\n');
  });
});

describe('rules', () => {
  it('are added with how early they speak and how often they repeat', async () => {
    const script = { createAlertRule: () => rule() };
    await tidemark(script, ['rule', 'add', '--sensitivity', 'early', '--repeat', '14d']);
    expect(sent()).toMatchObject({ sensitivity: 'early', repeatDays: 14 });
    await api.close();
    await tidemark(script, ['rule', 'add', '--repeat', 'never']);
    expect(sent()).toMatchObject({ sensitivity: 'normal', repeatDays: null });
  });

  it('refuse a rhythm that is no whole number of days', async () => {
    const { code, io } = await tidemark({}, ['rule', 'add', '--repeat', '36h']);
    expect(code).toBe(2);
    expect(io.err()).toContain('--repeat "36h"');
  });

  it('list their borders', async () => {
    const rules = list(rule(), rule({ id: 'rul_2', fireBelow: 0.3, clearAbove: 0.5, repeatDays: null }));
    const { io } = await tidemark({ listAlertRules: () => rules }, ['rule', 'list']);
    expect(io.out()).toMatch(/rul_1 .*25 % \/ 45 % +7 days +active/);
    expect(io.out()).toMatch(/rul_2 .*30 % \/ 50 % +never +active/);
  });
});

describe('a rule that is tried', () => {
  const fired = (keyResultKey: string, rightly: boolean | null, daysAhead: number) => ({
    keyResultKey,
    firedDay: '2026-07-20',
    resolvedDay: rightly === false ? '2026-07-28' : null,
    rightly,
    daysAhead,
  });
  const trial: RuleTrialView = {
    fromDay: '2026-07-01',
    throughDay: '2026-08-16',
    keyResults: 4,
    skipped: [{ key: 'people.interviews', why: 'not_measured' }],
    // The middle of 12 and 26 days is 19.
    alerts: [fired('a', true, 12), fired('b', true, 26), fired('c', false, 30)],
    rightly: 2,
    wrongly: 1,
    open: 0,
    missedWithout: 1,
  };

  it('says in one sentence how it would have done, and lists what it would have said', async () => {
    const { io } = await tidemark({ simulateAlertRule: () => trial }, [
      'rule',
      'try',
      '--objective',
      'growth',
      '--sensitivity',
      'early',
      '--from',
      '2026-07-01',
    ]);
    expect(sent()).toEqual({
      keyResult: null,
      objective: 'growth',
      forEvaluations: 3,
      keepFiringEvaluations: 5,
      sensitivity: 'early',
      fromDay: '2026-07-01',
    });
    expect(io.out()).toContain(
      'Would have alerted 3 times since 1 July: twice rightly, 19 days ahead in the middle; once in vain.\n',
    );
    expect(io.out()).toContain('1 Key Result was missed without a word.');
    expect(io.out()).toMatch(/a +2026-07-20 +still on +rightly +12/);
    expect(io.out()).toMatch(/c +2026-07-20 +2026-07-28 +in vain +30/);
    expect(io.err()).toContain('Left out: people.interviews (no metric measures it).');
  });

  it('says the same in Chinese', async () => {
    const { io } = await tidemark({ simulateAlertRule: () => trial }, ['rule', 'try', '--lang', 'zh-CN']);
    expect(io.out()).toContain('自7月1日以来会告警 3 次：2 次正确，中位数提前 19 天；1 次虚惊。');
  });

  it('says that it would have said nothing, and names the year where it is another one', async () => {
    const quiet = { ...trial, fromDay: '2025-12-20', alerts: [], rightly: 0, wrongly: 0, missedWithout: 0 };
    const { io } = await tidemark({ simulateAlertRule: () => quiet }, ['rule', 'try']);
    expect(io.out()).toBe('Would not have alerted since 20 December 2025.\n');
  });

  it('keeps those apart whose end is open', async () => {
    const open = {
      ...trial,
      alerts: [fired('a', null, 40)],
      rightly: 0,
      wrongly: 0,
      open: 1,
      missedWithout: 0,
    };
    const { io } = await tidemark({ simulateAlertRule: () => open }, ['rule', 'try']);
    expect(io.out()).toContain('Would have alerted once since 1 July: once with the end still open.');
  });
});

describe('deliveries', () => {
  const delivery = {
    id: '7',
    deliveryId: 'msg_7',
    channelKey: 'team',
    kind: 'news',
    status: 'pending' as const,
    attempts: 35,
    createdAt: '2026-08-16T10:00:00.000Z',
    deliveredAt: null,
    lastError: 'transient (503)',
    nextAt: '2026-08-16T12:45:00.000Z',
    tries: [
      {
        at: '2026-08-16T11:45:00.000Z',
        ok: false,
        errorClass: 'transient',
        httpStatus: 503,
        durationMs: 1_200,
      },
      { at: '2026-08-16T10:45:00.000Z', ok: false, errorClass: 'blocked', httpStatus: null, durationMs: 7 },
    ],
  };

  it('show each attempt with its result, answer and duration', async () => {
    const { io } = await tidemark({ getDelivery: () => ({ ...delivery, content: null }) }, [
      'delivery',
      'show',
      'msg_7',
      '--verbose',
    ]);
    expect(io.out()).toMatch(/Next attempt +2026-08-16T12:45:00\.000Z/);
    expect(io.out()).toMatch(/2026-08-16T11:45:00\.000Z +transient +503 +1\.2 s/);
    expect(io.out()).toMatch(/2026-08-16T10:45:00\.000Z +blocked +7 ms/);
    expect(io.err()).toContain('The newest 2 of 35 attempts.');
  });

  it('list when the next attempt comes', async () => {
    const { io } = await tidemark({ listDeliveries: () => list(delivery) }, ['delivery', 'list']);
    expect(io.out()).toMatch(/msg_7 +team +news +pending +35 +2h +45m +transient \(503\)/);
  });
});

describe('reminders to check in', () => {
  const cadence = {
    keyResultId: 'kr_1',
    keyResultKey: 'people.interviews',
    everyDays: 7,
    remindsAfterDays: 7,
  };

  it.each([
    { every: '7d', everyDays: 7 },
    { every: 'usual', everyDays: null },
  ])('come by a cadence: $every', async ({ every, everyDays }) => {
    const { io } = await tidemark({ setCadence: () => cadence }, [
      'kr',
      'cadence',
      'people.interviews',
      every,
    ]);
    expect(sent()).toEqual({ everyDays });
    expect(io.out()).toContain('people.interviews: after 7 days without a check-in somebody is asked.');
  });

  it('are shown without one', async () => {
    const usual = { ...cadence, everyDays: null, remindsAfterDays: 14 };
    const { io } = await tidemark({ getCadence: () => usual }, ['kr', 'cadence', 'people.interviews']);
    expect(io.out()).toContain('after 14 days without a check-in somebody is asked, as usual.');
  });

  it.each(['often', '12h', '93d', '0d'])('refuse %s', async (every) => {
    const { code, io } = await tidemark({}, ['kr', 'cadence', 'people.interviews', every]);
    expect(code).toBe(2);
    expect(io.err()).toContain(`"${every}"`);
  });
});
