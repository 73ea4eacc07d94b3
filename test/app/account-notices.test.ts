import { expect, it } from 'vitest';
import { connectionNotices, metricNotices } from '../../src/app/account-notices.ts';

const berlin = { timeZone: 'Europe/Berlin' };
const money = { unit: 'money' as const, currency: 'eur', timeZone: 'America/Los_Angeles' };
const account = (change: object = {}) => ({
  timeZone: 'America/Los_Angeles',
  currency: 'USD',
  checkedAt: new Date('2026-06-01T00:00:00Z'),
  zoneChanged: null,
  ...change,
});
const codes = (notices: { code: string }[]) => notices.map(({ code }) => code);

it('names both zones where the account cuts its days elsewhere than the workspace', () => {
  expect(connectionNotices({ account: account() }, berlin, new Date())).toEqual([
    {
      code: 'days_differ',
      values: { accountZone: 'America/Los_Angeles', workspaceZone: 'Europe/Berlin' },
    },
  ]);
});

it.each([
  { why: 'nobody has asked', of: null },
  { why: 'the provider does not name its zone', of: account({ timeZone: null }) },
  { why: 'the zone is the same', of: account({ timeZone: 'Europe/Berlin' }) },
])('says nothing about zones while $why', ({ of }) => {
  expect(connectionNotices({ account: of }, berlin, new Date())).toEqual([]);
});

it('knows that one zone may have two names', () => {
  const kolkata = { account: account({ timeZone: 'Asia/Calcutta' }) };
  expect(connectionNotices(kolkata, { timeZone: 'Asia/Kolkata' }, new Date())).toEqual([]);
});

it.each([
  { now: '2026-06-30T09:59:59Z', shown: true, why: 'for thirty days' },
  { now: '2026-06-30T10:00:00Z', shown: false, why: 'no longer than that' },
])('warns of a zone that the provider has changed $why', ({ now, shown }) => {
  const changed = account({
    timeZone: 'Europe/Berlin',
    zoneChanged: { from: 'Europe/London', at: new Date('2026-05-31T10:00:00Z') },
  });
  const notices = connectionNotices({ account: changed }, berlin, new Date(now));
  const values = { from: 'Europe/London', to: 'Europe/Berlin', changedDay: '2026-05-31' };
  expect(notices).toEqual(shown ? [{ code: 'zone_changed', values }] : []);
});

it('says of a metric in which money it counts when the account is kept in another', () => {
  expect(codes(metricNotices(account(), money, berlin))).toEqual(['days_differ', 'currency_differs']);
  expect(codes(metricNotices(account(), { ...money, currency: 'usd' }, berlin))).toEqual(['days_differ']);
  const count = { ...money, unit: 'count' as const, currency: null };
  expect(codes(metricNotices(account(), count, berlin))).toEqual(['days_differ']);
});

it('says of a metric that was bound before when its days are no longer the provider’s', () => {
  const old = { unit: 'count' as const, currency: null, timeZone: 'Europe/Berlin' };
  expect(codes(metricNotices(account(), old, berlin))).toEqual(['days_differ', 'metric_zone_differs']);
});
