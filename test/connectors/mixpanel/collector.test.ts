import { afterAll, afterEach, expect, it } from 'vitest';
import { nextStep } from '../../../connectors/mixpanel/collector.ts';
import type { Activity } from '../../../sandbox/model/activity.ts';
import { did, type Given, openProject, type Project, seconds } from '../../sandbox/mixpanel-support.ts';
import { type Asked, access, closeEgress, collect, type Outcome } from './support/collect.ts';

let project: Project | null = null;
afterEach(async () => {
  await project?.close();
  project = null;
});
afterAll(closeEgress);

async function open(events: Activity[], given: Omit<Given, 'events'>): Promise<Project> {
  project = await openProject({ events, ...given });
  return project;
}
function read(from: Project, asked: Asked): Promise<Outcome> {
  return collect(new URL(from.url), { ...asked, config: { ...access(from), ...asked.config } });
}
const days = ({ taken }: Outcome) => taken.map(({ firstDay, lastDay }) => `${firstDay} to ${lastDay}`);
const told = ({ taken }: Outcome) => taken.flatMap(({ events }) => events);
const whoAndWhen = (outcome: Outcome) => told(outcome).map(({ at, userId }) => [userId, at.toISOString()]);

it('takes whole days of UTC that are over, and never today', async () => {
  const shop = await open(
    [
      did('u1', 'Sign Up', '2026-03-01T23:59:59Z'),
      did('u2', 'Sign Up', '2026-03-02T00:00:00Z'),
      did('u3', 'Sign Up', '2026-03-04T23:59:59Z'),
      did('u4', 'Sign Up', '2026-03-05T00:00:00Z'),
    ],
    { now: '2026-03-05T10:00:00Z' },
  );
  const outcome = await read(shop, {
    now: '2026-03-05T10:00:00Z',
    startDay: '2026-03-02',
    names: ['Sign Up'],
  });
  expect(outcome.failure).toBeNull();
  expect(days(outcome)).toEqual(['2026-03-02 to 2026-03-04']);
  expect(whoAndWhen(outcome)).toEqual([
    ['u2', '2026-03-02T00:00:00.000Z'],
    ['u3', '2026-03-04T23:59:59.000Z'],
  ]);
  expect(outcome.taken[0]?.throughAt).toEqual(new Date('2026-03-05T00:00:00Z'));
});

it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
  'asks for no day that has not begun in %s, where the project judges it',
  async (timeZone) => {
    // A quarter past midnight UTC: the day before is still going on in the west, and the next one is old in the east.
    const now = '2026-03-05T00:15:00Z';
    const shop = await open([did('u1', 'Sign Up', '2026-03-04T23:00:00Z')], { now, timeZone });
    const outcome = await read(shop, { now, startDay: '2026-03-01' });
    expect(outcome.failure).toBeNull();
    expect(told(outcome)).toHaveLength(1);
    expect(days(outcome)).toEqual(['2026-03-01 to 2026-03-04']);
  },
);

it('asks again for the days that phones still tell of, and goes on from where it was', async () => {
  const late = { seenAt: seconds('2026-03-10T08:00:00Z') };
  const events = [
    did('u1', 'Sign Up', '2026-03-06T12:00:00Z'),
    did('u2', 'Sign Up', '2026-03-06T12:00:00Z', late),
    did('u3', 'Sign Up', '2026-03-10T12:00:00Z'),
  ];
  const shop = await open(events, { now: '2026-03-10T03:00:00Z' });
  const first = await read(shop, { now: '2026-03-10T03:00:00Z', startDay: '2026-03-01' });
  expect(days(first)).toEqual(['2026-03-01 to 2026-03-07', '2026-03-08 to 2026-03-09']);
  expect(whoAndWhen(first)).toEqual([['u1', '2026-03-06T12:00:00.000Z']]);
  shop.at('2026-03-11T03:00:00Z');
  const { state } = first.taken.at(-1) ?? {};
  const next = await read(shop, { now: '2026-03-11T03:00:00Z', startDay: '2026-03-01', state });
  // Read through the 9th: its last five days again, and the 10th.
  expect(days(next)).toEqual(['2026-03-05 to 2026-03-10']);
  expect(whoAndWhen(next).map(([who]) => who)).toEqual(['u1', 'u2', 'u3']);
  const again = await read(shop, {
    now: '2026-03-11T03:00:00Z',
    startDay: '2026-03-01',
    state: next.taken[0]?.state,
  });
  expect(days(again)).toEqual(['2026-03-06 to 2026-03-10']);
});

it('goes on after every batch from the state that came with it', async () => {
  const events = Array.from({ length: 40 }, (_, index) =>
    did(
      `u${index}`,
      'Sign Up',
      `2026-0${index < 28 ? 2 : 3}-${String((index % 28) + 1).padStart(2, '0')}T10:00:00Z`,
    ),
  );
  const now = '2026-03-15T03:00:00Z';
  const shop = await open(events, { now });
  const whole = await read(shop, { now, startDay: '2026-02-01' });
  expect(days(whole)).toEqual([
    '2026-02-01 to 2026-02-07',
    '2026-02-08 to 2026-02-21',
    '2026-02-22 to 2026-03-14',
  ]);
  expect(whole.taken.map(({ throughAt }) => throughAt !== null)).toEqual([false, false, true]);
  for (const { lastDay, state } of whole.taken.slice(0, -1)) {
    const rest = await read(shop, { now, startDay: '2026-02-01', state: JSON.parse(JSON.stringify(state)) });
    expect((rest.taken[0]?.firstDay ?? '') <= lastDay).toBe(true);
    expect(rest.taken.at(-1)?.throughAt).toEqual(new Date('2026-03-15T00:00:00Z'));
    const known = new Set(told(rest).map(({ id }) => id));
    const after = told(whole).filter(({ at }) => at.toISOString().slice(0, 10) > lastDay);
    expect(after.every(({ id }) => known.has(id))).toBe(true);
  }
});

it('hands over one id for what was sent twice, and the later telling stands', async () => {
  const one = { insertId: 'e-same', properties: { plan: 'free' } };
  const shop = await open(
    [
      did('u1', 'Sign Up', '2026-03-02T10:00:00Z', one),
      did('u1', 'Sign Up', '2026-03-02T10:00:00Z', {
        ...one,
        properties: { plan: 'pro' },
        seenAt: seconds('2026-03-02T11:00:00Z'),
      }),
      did('u2', 'Sign Up', '2026-03-02T10:00:00Z', one),
      did('u1', 'Sign Up', '2026-03-02T10:00:01Z', one),
    ],
    { now: '2026-03-04T10:00:00Z' },
  );
  const events = told(await read(shop, { now: '2026-03-04T10:00:00Z', startDay: '2026-03-01' }));
  const [first, , third, fourth] = events.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  expect(new Set(events.map(({ id }) => id)).size).toBe(3); // another person, or another second, is another event
  const copies = events.filter(({ properties }) => properties['plan'] === 'pro');
  expect(copies).toHaveLength(1);
  const original = events.find(({ id, properties }) => id === copies[0]?.id && properties['plan'] === 'free');
  expect((copies[0]?.order ?? 0) > (original?.order ?? 0)).toBe(true);
  expect([first, third, fourth].every((each) => each !== undefined)).toBe(true);
});

it('has the constants of its requests: names, both days, milliseconds', async () => {
  const now = '2026-03-05T10:00:00Z';
  const shop = await open([did('u1', 'Sign Up', '2026-03-03T10:00:00.250Z')], { now });
  const { exchanges } = await read(shop, {
    now,
    startDay: '2026-03-02',
    names: ['Sign Up', 'Report Shared'],
  });
  const { searchParams } = new URL(exchanges[0]?.url ?? '');
  expect(Object.fromEntries(searchParams)).toMatchObject({
    from_date: '2026-03-02',
    to_date: '2026-03-04',
    time_in_ms: 'true',
    event: '["Sign Up","Report Shared"]',
  });
  expect(exchanges).toMatchObject([{ status: 200, responseSha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(JSON.stringify(exchanges)).not.toContain(shop.access.secret);
});

it('believes that nothing happened when Mixpanel counts nothing either', async () => {
  const now = '2026-03-10T10:00:00Z';
  const shop = await open([did('u1', 'Page Viewed', '2026-02-20T10:00:00Z')], { now });
  const outcome = await read(shop, { now, startDay: '2026-03-01', names: ['Sign Up'] });
  expect(outcome.failure).toBeNull();
  expect(told(outcome)).toEqual([]);
  expect(outcome.taken.at(-1)?.throughAt).toEqual(new Date('2026-03-10T00:00:00Z'));
});

it('believes no connection that broke before the first line, also where one day is asked for', async () => {
  const now = '2026-03-10T10:00:00Z';
  const events = Array.from({ length: 9 }, (_, day) => did('u1', 'Sign Up', `2026-03-0${day + 1}T10:00:00Z`));
  const shop = await open(events, { now });
  shop.broken({ kind: 'empty_list' });
  for (const startDay of ['2026-03-01', '2026-03-08', '2026-03-09']) {
    const outcome = await read(shop, { now, startDay, names: ['Sign Up'] });
    expect(outcome.failure).toMatchObject({ errorClass: 'bad_payload', code: 'empty_export' });
    expect(outcome.taken).toEqual([]);
  }
});

it.each([
  { kind: 'cut_off', is: 'bad_payload' },
  { kind: 'changed_shape', is: 'schema_drift' },
  { kind: 'server_error', is: 'transient' },
  { kind: 'revoked', is: 'auth' },
  { kind: 'forbidden', is: 'auth' },
] as const)('keeps nothing of these days when the provider is broken: $kind', async ({ is, kind }) => {
  const now = '2026-03-05T10:00:00Z';
  const shop = await open([did('u1', 'Sign Up', '2026-03-02T10:00:00Z')], { now });
  shop.broken({ kind });
  const outcome = await read(shop, { now, startDay: '2026-03-01' });
  expect(outcome.taken).toEqual([]);
  expect(outcome.failure?.errorClass).toBe(is);
  expect(outcome.exchanges.at(-1)?.error).toBeDefined();
  expect(String(outcome.failure)).not.toContain(shop.access.secret);
});

it.each([
  { days: 7, step: 7, events: 0, next: 14, why: 'nothing came: twice as many days' },
  {
    days: 7,
    step: 7,
    events: 700_000,
    next: 14,
    why: '100,000 a day: 20 fit, but no more than twice as many',
  },
  { days: 30, step: 30, events: 10, next: 30, why: 'longer requests break more often' },
  { days: 7, step: 7, events: 7_000_000, next: 2, why: 'a million a day: two of them' },
  { days: 1, step: 1, events: 9_000_000, next: 1, why: 'a day is the least' },
  { days: 6, step: 30, events: 6_000_000, next: 2, why: 'the last days tell as much as others' },
])(
  'asks for as many days as the events of the last ones allow: $why',
  ({ days: length, events, next, step }) => {
    const toDay = `2026-03-${String(length).padStart(2, '0')}`;
    expect(nextStep({ fromDay: '2026-03-01', toDay }, step, events)).toBe(next);
  },
);
