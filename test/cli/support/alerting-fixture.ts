import type {
  AlertDetailView,
  AlertRuleView,
  ChannelView,
  SnoozeView,
} from '../../../src/api/contracts/alerting.ts';

/** Answers of the API about alerts; instants lie before the noon of 16 August 2026 that the fake terminal shows. */

export function channel(over: Partial<ChannelView> = {}): ChannelView {
  return {
    id: 'chn_1',
    key: 'team',
    title: 'Team',
    kind: 'slack',
    address: 'https://hooks.slack.com/…',
    enabled: true,
    disabledReason: null,
    events: [],
    settings: {
      timeZone: 'Europe/Berlin',
      quietHours: { from: '20:00', to: '07:00' },
      workingDays: [1, 2, 3, 4, 5],
      warnings: 'at_once',
      digest: { period: 'weekly', at: '08:00', weekday: 1 },
      immediatePerDay: 5,
      groupWaitMinutes: 10,
      groupIntervalMinutes: 240,
      topics: ['key_results', 'sources', 'check_ins'],
      owners: null,
    },
    ...over,
  };
}

export function rule(over: Partial<AlertRuleView> = {}): AlertRuleView {
  return {
    id: 'rul_1',
    kind: 'off_track',
    keyResultId: 'kr_mrr',
    objectiveId: null,
    forEvaluations: 2,
    keepFiringEvaluations: 5,
    fireBelow: 0.25,
    clearAbove: 0.45,
    repeatDays: 7,
    enabled: true,
    ...over,
  };
}

export function alert(over: Partial<AlertDetailView> = {}): AlertDetailView {
  return {
    id: 'alr_1',
    keyResultId: 'kr_mrr',
    keyResultKey: 'growth.mrr',
    connectionId: null,
    connectionKey: null,
    title: 'Lift MRR',
    titles: {},
    kind: 'off_track',
    state: 'firing',
    severity: 'warning',
    since: '2026-08-14T10:00:00.000Z',
    firedAt: '2026-08-14T10:00:00.000Z',
    firedDay: '2026-08-13',
    resolvedAt: null,
    reason: { code: 'data_fresh', values: { throughDay: '2026-08-15' } },
    acknowledged: null,
    unit: 'money',
    currency: 'usd',
    because: 'Data through 2026-08-15.',
    owner: 'Ada',
    snoozedUntil: null,
    toldChannels: ['team'],
    ruleId: 'rul_1',
    seenAt: '2026-08-12T10:00:00.000Z',
    told: [
      {
        channelKey: 'team',
        state: 'firing',
        severity: 'warning',
        lastAt: '2026-08-14T10:10:00.000Z',
        said: 1,
      },
    ],
    messages: [
      {
        channelKey: 'team',
        event: 'key_result.off_track',
        severity: 'warning',
        lane: 'now',
        state: 'composed',
        createdAt: '2026-08-14T10:00:00.000Z',
        dueAt: '2026-08-14T10:10:00.000Z',
        delivery: {
          deliveryId: 'msg_1',
          status: 'delivered',
          deliveredAt: '2026-08-14T10:10:01.000Z',
        },
      },
    ],
    ...over,
  };
}

export function snooze(over: Partial<SnoozeView> = {}): SnoozeView {
  return {
    id: 'snz_1',
    keyResultKey: 'growth.mrr',
    objectiveKey: null,
    connectionKey: null,
    owner: null,
    kind: null,
    reason: 'price test',
    author: 'command line',
    createdAt: '2026-08-16T12:00:00.000Z',
    until: '2026-08-19T12:00:00.000Z',
    endedAt: null,
    ...over,
  };
}
