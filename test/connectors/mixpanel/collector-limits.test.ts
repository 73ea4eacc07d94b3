import { afterAll, afterEach, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { memoryQuota } from '../../../connectors/sdk/index.ts';
import type { Activity } from '../../../sandbox/model/activity.ts';
import { did, type Given, openProject, type Project } from '../../sandbox/mixpanel-support.ts';
import { type Asked, access, closeEgress, collect, collectContext, type Outcome } from './support/collect.ts';

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

it.each([
  { retryAfterSeconds: 30, waits: 30_000 },
  { retryAfterSeconds: undefined, waits: 3_600_000 },
])('after a 429 nobody asks again before $waits ms are over', async ({ retryAfterSeconds, waits }) => {
  const now = '2026-03-05T10:00:00Z';
  const shop = await open([did('u1', 'Sign Up', '2026-03-02T10:00:00Z')], { now });
  shop.broken(
    retryAfterSeconds === undefined
      ? { kind: 'rate_limit' }
      : { kind: 'rate_limit_retry_after', retryAfterSeconds },
  );
  let nowMs = 0;
  const quota = memoryQuota(() => nowMs);
  const refused = await read(shop, { now, startDay: '2026-03-01', quota });
  // Without a word from the provider: until the oldest own call, this one, is an hour old.
  expect(refused.failure).toMatchObject({
    errorClass: 'rate_limited',
    code: 'http_429',
    remedy: { by: 'time', afterMs: waits },
  });
  shop.broken(null);
  nowMs = waits - 1;
  const early = await read(shop, { now, startDay: '2026-03-01', quota });
  expect(early.failure).toMatchObject({ errorClass: 'rate_limited', code: 'quota_paused' });
  expect(early.exchanges).toEqual([]);
  nowMs = waits;
  expect((await read(shop, { now, startDay: '2026-03-01', quota })).failure).toBeNull();
});

it('stops in the middle of a backfill when the hour is used up, and goes on from there', async () => {
  const now = '2026-04-20T10:00:00Z';
  const events = ['2026-03-03', '2026-03-15', '2026-04-10'].map((day) =>
    did('u1', 'Sign Up', `${day}T10:00:00Z`),
  );
  const shop = await open(events, { now });
  let nowMs = 0;
  const quota = memoryQuota(() => nowMs);
  const rule = {
    scope: `mixpanel:export:${new URL(shop.url).host}:${shop.access.projectId}`,
    perHour: 30,
    concurrent: 9,
  };
  for (let call = 0; call < 28; call += 1) await quota.spend(rule, async () => {});
  const first = await read(shop, { now, startDay: '2026-03-01', quota });
  expect(days(first)).toEqual(['2026-03-01 to 2026-03-07', '2026-03-08 to 2026-03-21']);
  expect(first.failure).toMatchObject({ code: 'quota_spent', remedy: { by: 'time', afterMs: 3_600_000 } });
  nowMs = 3_600_000;
  const { state } = first.taken.at(-1) ?? {};
  const rest = await read(shop, { now, startDay: '2026-03-01', quota, state });
  expect(rest.failure).toBeNull();
  // Five days of what was read, in case, and on.
  expect(days(rest)).toEqual(['2026-03-17 to 2026-04-13', '2026-04-14 to 2026-04-19']);
});

it('holds its place among those at once until the last line, and gives it back when nobody wants more', async () => {
  const now = '2026-03-05T10:00:00Z';
  const shop = await open(
    [did('u1', 'Sign Up', '2026-03-02T10:00:00Z'), did('u2', 'Sign Up', '2026-03-02T11:00:00Z')],
    { now },
  );
  const quota = memoryQuota();
  const asked = { now, startDay: '2026-03-01', quota, config: access(shop) };
  const begin = async () => {
    const { context } = collectContext(new URL(shop.url), asked);
    const [days] = await first(
      mixpanel.events?.read(context, { names: null, startDay: '2026-03-01', state: null }),
    );
    const events = days?.events[Symbol.asyncIterator]();
    if (events === undefined) throw new Error('no days were handed over');
    return events;
  };
  const [one, two, three] = [await begin(), await begin(), await begin()];
  expect((await one.next()).done).toBe(false);
  expect((await two.next()).done).toBe(false);
  await expect(three.next()).rejects.toMatchObject({ code: 'quota_busy' });
  await one.return?.(undefined); // whoever took them has stopped in the middle
  const four = await begin();
  expect((await four.next()).done).toBe(false);
  const five = await begin();
  await expect(five.next()).rejects.toMatchObject({ code: 'quota_busy' });
  while ((await two.next()).done !== true); // taken to the end
  const six = await begin();
  expect((await six.next()).done).toBe(false);
});

async function first<T>(items: AsyncIterable<T> | undefined): Promise<T[]> {
  for await (const item of items ?? []) return [item];
  return [];
}
