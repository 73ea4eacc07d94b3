import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addFact, type ExtraFact, type Model, readState, writeState } from '../../sandbox/index.ts';
import type { KeyResultRow } from '../../src/api/contract.ts';
import { KEY_RESULT_TRUTHS } from './support/truth/definitions.ts';
import { expectSame } from './support/truth/expect-same.ts';
import { type FrozenDemo, rowsOf, startFrozenDemo } from './support/truth/frozen-demo.ts';
import { openTruth, type Truth } from './support/truth/truth.ts';

// One thing happens at the company, everything is synced again, and nothing but what depends on it may move. The company
// stands still meanwhile. Old and new values come from SQL over a dump from before and one from after.

const DAY_SECONDS = 86_400;

type Change = {
  what: string;
  /** What happens at the frozen company, and the Key Results that have to move with the changed day of their metric. */
  make(nowAt: Date, model: Model, before: Truth): Promise<{ fact: ExtraFact; moves: Record<string, string> }>;
};

const CHANGES: Change[] = [
  {
    what: 'a refund of ten dollars on a day that sold more',
    async make(nowAt, _, before) {
      const revenue = await before.days('net-revenue');
      const isRich = (days: number) => (revenue.get(dayBefore(nowAt, days))?.value ?? 0) > 1_000;
      const days = [5, 6, 7, 8, 9, 10, 11, 12].find(isRich) ?? 0;
      const fact = {
        kind: 'refund',
        at: secondsBefore(nowAt, days),
        toldAt: secondsBefore(nowAt, 0),
        amountMinor: 1_000,
        currency: 'usd',
      } as const;
      // Money given back lowers what was collected in dollars. It is no euro, changes no monthly revenue and so no
      // lifetime value, and leaves its day above zero, so that the promise about sales days holds as before.
      return { fact, moves: { 'revenue.net': dayBefore(nowAt, days) } };
    },
  },
  {
    what: 'a first project that a phone kept to itself for six days',
    async make(nowAt, model) {
      const { personId, day } = idleNewcomer(model, nowAt);
      // One more person made a project that day; and of those who signed up with them one more did within two weeks. It
      // belongs to no visit, so Google Analytics counts no session, and the month of sign-up is too young for retention.
      return {
        fact: happenedSixDaysAgo(nowAt, { name: 'Project Created', personId, properties: {} }),
        moves: { 'success.creators': dayBefore(nowAt, 6), 'success.activation': day },
      };
    },
  },
  {
    what: 'an answer of 0 by somebody new, six days ago',
    async make(nowAt) {
      const answer = { name: 'Survey Answered', personId: 'p-unhappy', properties: { score: 0 } };
      const day = dayBefore(nowAt, 6);
      // Both scales look at the same answers. Somebody who never signed up is in no cohort.
      return {
        fact: happenedSixDaysAgo(nowAt, answer),
        moves: { 'customers.nps': day, 'customers.survey': day },
      };
    },
  },
];

/** The newest day of Mixpanel's that has settled; the provider gets to know only now. */
function happenedSixDaysAgo(
  nowAt: Date,
  event: Pick<Extract<ExtraFact, { kind: 'event' }>, 'name' | 'personId' | 'properties'>,
): ExtraFact {
  return { kind: 'event', at: secondsBefore(nowAt, 6), seenAt: secondsBefore(nowAt, 0), ...event };
}

/** Somebody who signed up 15 to 19 days ago and has made no project: old enough to count, young enough to be read again. */
function idleNewcomer({ activity }: Model, nowAt: Date): { personId: string; day: string } {
  const events = activity.filter((each) => each.kind === 'event');
  const busy = new Set(events.filter(({ name }) => name === 'Project Created').map((each) => each.personId));
  const first = dayBefore(nowAt, 19);
  const last = dayBefore(nowAt, 15);
  const seen = new Set<string>();
  for (const { name, personId, at } of events) {
    if (name !== 'Sign Up' || seen.has(personId)) continue;
    seen.add(personId);
    const day = dayBefore(new Date(at * 1_000), 0);
    if (day >= first && day <= last && !busy.has(personId)) return { personId, day };
  }
  throw new Error(`everybody who signed up from ${first} to ${last} has made a project`);
}

function secondsBefore(instant: Date, days: number): number {
  return Math.floor(instant.getTime() / 1_000) - days * DAY_SECONDS;
}

/** Acme's days are those of UTC. */
function dayBefore(instant: Date, days: number): string {
  return new Date(instant.getTime() - days * DAY_SECONDS * 1_000).toISOString().slice(0, 10);
}

describe('when one thing changes', () => {
  let frozen: FrozenDemo;
  let before: Truth;
  let rows: Map<string, KeyResultRow>;

  beforeAll(async () => {
    frozen = await startFrozenDemo({ seed: 42 });
    rows = rowsOf(await frozen.board());
    before = await openTruth(frozen.demo.sandbox);
  });

  afterAll(async () => {
    await before?.close();
    await frozen?.stop();
  });

  it.each(CHANGES)('$what moves exactly the Key Results that depend on it', async ({ make }) => {
    const { demo, statePath } = frozen;
    const state = readState(statePath);
    if (state === null) throw new Error('the sandbox has no state');
    const { fact, moves } = await make(demo.sandbox.now(), demo.sandbox.model(), before);
    writeState(statePath, addFact(state, fact));
    await syncAll(frozen);

    const board = await frozen.board();
    const after = rowsOf(board);
    const moved = [...after].filter(([key, { currentValue, progress }]) => {
      const old = rows.get(key);
      return currentValue !== old?.currentValue || progress !== old.progress;
    });
    expect(moved.map(([key]) => key).toSorted()).toEqual(Object.keys(moves).toSorted());

    const truth = await openTruth(demo.sandbox);
    for (const [key, verdict] of await truth.verdicts(board)) {
      const metric = KEY_RESULT_TRUTHS[key]?.metric ?? null;
      const bounds = truth.bounds(metric, verdict.asOfDay);
      expectSame(after.get(key)?.currentValue, verdict.current, `the value of ${key}`, bounds);
      if (bounds === null) expectSame(after.get(key)?.progress, verdict.progress, `the progress of ${key}`);
    }
    for (const [key, day] of Object.entries(moves)) await expectExplained(frozen, key, day, before, truth);
    rows = after;
    await before.close();
    before = truth;
  });
});

/** `explain` shows what the day was believed to be, and what it is now. */
async function expectExplained(
  { demo }: FrozenDemo,
  key: string,
  day: string,
  before: Truth,
  after: Truth,
): Promise<void> {
  const metric = KEY_RESULT_TRUTHS[key]?.metric ?? '';
  const explained = await demo.client.call('explainKeyResult', { params: { id: key } });
  const point = explained.points.find((each) => each.day === day);
  const old = point?.revisions.at(-1);
  const [was, is] = [(await before.days(metric)).get(day)?.value, (await after.days(metric)).get(day)?.value];
  expect(was, `${metric} of ${day} changed`).not.toBe(is);
  expectSame(numberOf(old?.value), was, `what ${metric} of ${day} was believed to be`);
  expectSame(numberOf(point?.value), is, `what ${metric} of ${day} is`);
}

const numberOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);

/** All three connections through the queue, to the end. */
async function syncAll({ demo }: FrozenDemo): Promise<void> {
  const { data: runs } = await demo.client.call('startSync', { body: {} });
  expect(runs).toHaveLength(3);
  // A token may ask 600 times a minute: three runs once a second stay far below, however slow the machine is.
  const statuses = async (): Promise<string[]> =>
    Promise.all(runs.map(async ({ id }) => (await demo.client.call('getRun', { params: { id } })).status));
  await expect
    .poll(statuses, { timeout: 60_000, interval: 1_000 })
    .toEqual(['succeeded', 'succeeded', 'succeeded']);
}
