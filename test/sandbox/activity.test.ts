import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Activity,
  MOST_LATE_SECONDS,
  type ProductEvent,
  type Session,
  seenBy,
} from '../../sandbox/model/activity.ts';
import { buildModel, type Model } from '../../sandbox/model/model.ts';
import { dayStart, weekday } from '../../sandbox/model/time.ts';
import { newState } from '../../sandbox/state.ts';
import { worldKeeper } from '../../sandbox/world.ts';
import { ANCHOR_DAY, NOW } from './support.ts';

const HOUR = 3_600;
const DAY = 86_400;
const nowAt = NOW.getTime() / 1_000;
const anchorAt = dayStart(ANCHOR_DAY);
const acme = (seed: number, untilAt = nowAt) => buildModel({ seed, anchorDay: ANCHOR_DAY }, untilAt);

const model = acme(42);
const { activity } = model;
const sessions = activity.filter((one): one is Session => one.kind === 'session');
const sent = activity.filter((one): one is ProductEvent => one.kind === 'event');

/** Each event once, as a count has it: the first of those that share an insert id. */
const events = [
  ...new Map(sent.toReversed().map((event): [string, ProductEvent] => [event.insertId, event])).values(),
].toReversed();
const named = (name: string, from: readonly ProductEvent[] = events) =>
  from.filter((event) => event.name === name);

function byPerson<T extends Activity>(all: readonly T[]): Map<string, T[]> {
  const people = new Map<string, T[]>();
  for (const one of all) {
    const list = people.get(one.personId);
    if (list === undefined) people.set(one.personId, [one]);
    else list.push(one);
  }
  return people;
}

const share = <T>(all: readonly T[], test: (one: T) => boolean) => all.filter(test).length / all.length;

/** Many entries in one short text, because comparing them one by one takes long. */
function digest(all: readonly Activity[]): string {
  const hash = createHash('sha256');
  for (const one of all) hash.update(JSON.stringify(one));
  return `${all.length} ${hash.digest('hex')}`;
}

describe('history', () => {
  it('is never changed when time moves on: a later moment only adds', () => {
    // The last day is the one on which people have signed up whose purchase is still to come.
    for (const day of ['2025-08-18', '2025-10-04', '2026-04-05', '2026-11-19']) {
      const cut = dayStart(day) + 60_000;
      expect(digest(acme(42, cut).activity)).toBe(digest(activity.filter(({ at }) => at <= cut)));
    }
  });

  it('is the same from the same seed, and other people from another', () => {
    const other = acme(7).activity;
    const people = new Set(activity.map(({ personId }) => personId));
    expect(other.filter(({ personId }) => people.has(personId))).toEqual([]);
    expect(digest(acme(7).activity)).toBe(digest(other));
  });

  it('has the size of a small company: 110,000 to 170,000 entries in 460 days', () => {
    for (const one of [model, acme(1), acme(7)]) {
      expect(one.activity.length).toBeGreaterThan(110_000);
      expect(one.activity.length).toBeLessThan(170_000);
    }
  });

  it('lies between the anchor day and now, oldest first', () => {
    const times = activity.map(({ at }) => at);
    expect(times[0]).toBeGreaterThanOrEqual(anchorAt);
    expect(times.at(-1)).toBeLessThanOrEqual(nowAt);
    expect(times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0))).toBe(true);
    expect(times.every(Number.isInteger)).toBe(true);
  });

  it('follows the working week, grows over the year, and is low at the end of December', () => {
    const perDay = (from: string, days: number) =>
      sessions.filter(({ at }) => at >= dayStart(from) && at < dayStart(from) + days * DAY).length / days;
    const weekend = sessions.filter(({ at }) => weekday(at) % 6 === 0).length / 2;
    const workday = sessions.filter(({ at }) => weekday(at) % 6 !== 0).length / 5;
    expect(workday).toBeGreaterThan(2 * weekend);
    expect(perDay('2026-08-22', 91)).toBeGreaterThan(1.2 * perDay('2025-10-01', 91));
    const visitors = (from: string) =>
      sessions.filter(
        ({ at, newDevice }) => newDevice && at >= dayStart(from) && at < dayStart(from) + 7 * DAY,
      ).length;
    expect(visitors('2025-12-22')).toBeLessThan(0.8 * visitors('2025-12-01'));
  });
});

describe('visits and events', () => {
  it('have ids of their own, in the alphabet that Mixpanel allows', () => {
    expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(sessions.length);
    expect(sent.filter(({ insertId }) => !/^[A-Za-z0-9-]{1,36}$/.test(insertId))).toEqual([]);
  });

  it('lie one in the other: what belongs to a visit happens during it, on its device', () => {
    const bySession = new Map(sessions.map((session) => [session.sessionId, session]));
    const stray = sent.filter(({ sessionId, at, deviceId, personId }) => {
      if (sessionId === null) return false;
      const session = bySession.get(sessionId);
      const inside = session !== undefined && at >= session.at && at <= session.endedAt;
      return !inside || session.deviceId !== deviceId || session.personId !== personId;
    });
    expect(stray).toEqual([]);
    expect(new Set(named('Subscription Started').map(({ sessionId }) => sessionId))).toEqual(new Set([null]));
  });

  it('leave half an hour between two visits of one person, so that no rule joins them', () => {
    const gaps = [...byPerson(sessions).values()].flatMap((visits) =>
      visits.slice(1).map(({ at }, index) => at - (visits[index]?.endedAt ?? at)),
    );
    expect(Math.min(...gaps)).toBeGreaterThan(30 * 60);
  });

  it('have engaged seconds that fit between start and end, none in about 15 % of visits', () => {
    expect(sessions.filter(({ at, endedAt, engagedSeconds }) => engagedSeconds > endedAt - at)).toEqual([]);
    const bounces = share(sessions, ({ engagedSeconds }) => engagedSeconds === 0);
    expect(bounces).toBeGreaterThan(0.12);
    expect(bounces).toBeLessThan(0.18);
  });

  it('make more devices than people: about 5 % use a second one, and each is new once', () => {
    const devices = new Map<string, Set<string>>();
    for (const { personId, deviceId } of sessions) {
      devices.set(personId, (devices.get(personId) ?? new Set()).add(deviceId));
    }
    const frequent = [...byPerson(sessions)].filter(([, visits]) => visits.length >= 8);
    const second = share(frequent, ([personId]) => devices.get(personId)?.size === 2);
    expect(second).toBeGreaterThan(0.03);
    expect(second).toBeLessThan(0.08);
    const fresh = sessions.filter(({ newDevice }) => newDevice).map(({ deviceId }) => deviceId);
    expect(new Set(fresh).size).toBe(fresh.length);
  });
});

describe('lateness', () => {
  const delay = ({ at, seenAt }: Activity) => seenAt - at;

  it('sees nothing before it happened, and nothing more than 4.8 days after', () => {
    expect(activity.filter((one) => delay(one) < 0 || delay(one) > MOST_LATE_SECONDS)).toEqual([]);
    expect(MOST_LATE_SECONDS).toBe(4.8 * DAY);
  });

  it('sees most within two hours, about 4 % 3 to 70 hours late, and half a per cent later still', () => {
    expect(share(activity, (one) => delay(one) <= 2 * HOUR)).toBeGreaterThan(0.94);
    const hours = share(activity, (one) => delay(one) >= 3 * HOUR && delay(one) <= 70 * HOUR);
    expect(hours).toBeGreaterThan(0.03);
    expect(hours).toBeLessThan(0.05);
    const days = share(activity, (one) => delay(one) > 70 * HOUR);
    expect(days).toBeGreaterThan(0.003);
    expect(days).toBeLessThan(0.008);
  });

  it('sends about 0.7 % of events twice: the copy is the same but for the moment it is seen', () => {
    const first = new Map(events.map((event) => [event.insertId, event]));
    const copies = sent.filter((event) => first.get(event.insertId) !== event);
    expect(copies.length / events.length).toBeGreaterThan(0.005);
    expect(copies.length / events.length).toBeLessThan(0.009);
    for (const copy of copies) {
      const original = first.get(copy.insertId);
      expect(copy.seenAt).toBeGreaterThan(original?.seenAt ?? Number.POSITIVE_INFINITY);
      expect({ ...copy, seenAt: 0 }).toEqual({ ...original, seenAt: 0 });
    }
  });

  it('shows a provider only what it has seen by now, between two instants, the second left out', () => {
    const one = { ...(sessions[0] as Session), at: 100, seenAt: 100 };
    const all = [one, { ...one, at: 200, seenAt: 900 }, { ...one, at: 300, seenAt: 300 }];
    const times = (now: number, from: number, to: number) =>
      seenBy(all, now, 0)
        .between(from, to)
        .map(({ at }) => at);
    expect(times(899, 0, 1_000)).toEqual([100, 300]);
    expect(times(900, 0, 1_000)).toEqual([100, 200, 300]);
    expect(times(900, 100, 300)).toEqual([100, 200]);
  });
});

describe('people', () => {
  const signUps = byPerson(named('Sign Up'));

  it('sign up once, but for about one in a hundred who registers again later', () => {
    const again = [...signUps.values()].filter((list) => list.length > 1);
    expect(again.length).toBeGreaterThan(0);
    expect(again.length / signUps.size).toBeLessThan(0.02);
    for (const [first, second] of again) {
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(19 * DAY);
    }
  });

  it('are back 30 to 59 days after they signed up in three to four and a half of ten cases', () => {
    const seen = byPerson(events);
    const mature = [...signUps].filter(([, [first]]) => (first?.at ?? nowAt) + 60 * DAY <= nowAt);
    const back = share(mature, ([personId, [first]]) => {
      const bornAt = first?.at ?? 0;
      return (seen.get(personId) ?? []).some(({ at }) => at >= bornAt + 30 * DAY && at < bornAt + 60 * DAY);
    });
    expect(mature.length).toBeGreaterThan(1_000);
    expect(back).toBeGreaterThan(0.3);
    expect(back).toBeLessThan(0.46);
  });

  it('make three projects within two weeks in about half of the cases', () => {
    const projects = byPerson(named('Project Created'));
    const mature = [...signUps].filter(([, [first]]) => (first?.at ?? nowAt) + 14 * DAY <= nowAt);
    const activated = share(mature, ([personId, [first]]) => {
      const bornAt = first?.at ?? 0;
      const early = (projects.get(personId) ?? []).filter(({ at }) => at >= bornAt && at < bornAt + 14 * DAY);
      return early.length >= 3;
    });
    expect(activated).toBeGreaterThan(0.35);
    expect(activated).toBeLessThan(0.6);
  });

  it('do nothing that needs an account before they have one, unless they had it before history', () => {
    const founders = new Set(
      [...byPerson(sessions)].filter(([, [first]]) => first?.newDevice === false).map(([id]) => id),
    );
    expect(founders.size).toBeGreaterThan(60); // of 70 customers at the start
    const inside = events.filter(({ name }) => name !== 'Page Viewed' && name !== 'Sign Up');
    const early = inside.filter(({ personId, at }) => {
      const [first] = signUps.get(personId) ?? [];
      return !founders.has(personId) && (first === undefined || at < first.at);
    });
    expect(early).toEqual([]);
  });
});

describe('the people behind Stripe', () => {
  const signUps = byPerson(named('Sign Up'));
  const ofCustomer = (name: string) =>
    new Map(named(name).map((event): [unknown, ProductEvent] => [event.properties['customer_id'], event]));
  /** From the facts alone: customers who came after the anchor, with their trial and first payment. */
  const customers = customersOf(model);

  it('sign up shortly before the customer is made: within two days', () => {
    const person = new Map(events.map(({ properties, personId }) => [properties['customer_id'], personId]));
    const gaps = [...customers].flatMap(([customerId, { createdAt }]) => {
      const [first] = signUps.get(person.get(customerId) ?? '') ?? [];
      return first === undefined ? [] : [createdAt - first.at];
    });
    // Somebody who buys and never comes back before now leaves no event with the customer's id.
    expect(gaps.length).toBeGreaterThan(0.9 * customers.size);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeLessThan(2 * DAY);
  });

  it('start a trial, and pay for the first time, in the second that billing says', () => {
    const trials = [...customers].flatMap(([id, { trialAt }]) => (trialAt === null ? [] : [[id, trialAt]]));
    const paid = [...customers].flatMap(([id, { paidAt }]) => (paidAt === null ? [] : [[id, paidAt]]));
    const timesOf = (name: string) => [...ofCustomer(name)].map(([id, { at }]) => [id, at]);
    expect(trials.length).toBeGreaterThan(40);
    expect(new Map(timesOf('Trial Started') as [])).toEqual(new Map(trials as []));
    expect(paid.length).toBeGreaterThan(100);
    expect(new Map(timesOf('Subscription Started') as [])).toEqual(new Map(paid as []));
  });

  it('carry the plan as it was then', () => {
    for (const { at, properties } of events) {
      const customer = customers.get(String(properties['customer_id']));
      if (customer === undefined || properties['plan'] === 'free') continue;
      if (properties['plan'] === 'trial') expect(at).toBeGreaterThanOrEqual(customer.trialAt ?? nowAt);
      else expect(at).toBeGreaterThanOrEqual(customer.paidAt ?? nowAt);
    }
    const plans = new Set(events.map(({ properties }) => properties['plan']));
    expect(plans).toEqual(new Set(['free', 'trial', 'paid']));
  });
});

describe('surveys', () => {
  const answers = named('Survey Answered');
  const usable = (all: readonly ProductEvent[]) =>
    all
      .map(({ properties }) => properties['score'])
      .filter(
        (score): score is number =>
          typeof score === 'number' && Number.isInteger(score) && score >= 0 && score <= 10,
      );
  const within = (from: number, to: number) => answers.filter(({ at }) => at >= from && at < to);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('bring three to six answers a day at the end, a few per cent of them unusable', () => {
    const perDay = within(nowAt - 90 * DAY, nowAt).length / 90;
    expect(perDay).toBeGreaterThan(3);
    expect(perDay).toBeLessThan(6);
    const unusable = 1 - usable(answers).length / answers.length;
    expect(unusable).toBeGreaterThan(0.01);
    expect(unusable).toBeLessThan(0.06);
  });

  it('rise from about 7.6 to about 8.3 on average', () => {
    const first = mean(usable(within(anchorAt, anchorAt + 120 * DAY)));
    const last = mean(usable(within(nowAt - 120 * DAY, nowAt)));
    expect(first).toBeGreaterThan(7.4);
    expect(first).toBeLessThan(7.95);
    expect(last).toBeGreaterThan(8);
    expect(last).toBeLessThan(8.5);
  });

  it('come again from the same person within 60 days now and then, never within 29', () => {
    const gaps = [...byPerson(answers).values()].flatMap((list) =>
      list.slice(1).map(({ at }, index) => at - (list[index]?.at ?? 0)),
    );
    expect(gaps.filter((gap) => gap < 60 * DAY).length).toBeGreaterThan(50);
    expect(Math.min(...gaps)).toBeGreaterThan(29 * DAY);
  });
});

it('makes the world once a day, not once a request', () => {
  const world = worldKeeper();
  const state = newState(NOW, { seed: 42, anchorDay: ANCHOR_DAY });
  const first = world(state, nowAt);
  const second = world(state, nowAt + 60);
  expect(second.model.activity).toBe(first.model.activity);
  const newest = second.activity.between(nowAt, nowAt + DAY);
  expect(newest.every(({ seenAt }) => seenAt <= nowAt + 60)).toBe(true);
});

type Customer = { createdAt: number; trialAt: number | null; paidAt: number | null };

function customersOf({ facts }: Model): Map<string, Customer> {
  const customers = new Map<string, Customer>();
  const founders = new Set<string>();
  const owed = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind === 'customer_created') {
      customers.set(fact.customerId, { createdAt: fact.at, trialAt: null, paidAt: null });
    } else if (fact.kind === 'subscription_started') {
      if (fact.startAt < anchorAt) founders.add(fact.customerId);
      const customer = customers.get(fact.customerId);
      if (customer !== undefined && fact.status === 'trialing') customer.trialAt = fact.at;
    } else if (fact.kind === 'invoice_created' && fact.totalMinor > 0) {
      owed.set(fact.invoiceId, fact.customerId);
    } else if (fact.kind === 'invoice_paid') {
      const customer = customers.get(owed.get(fact.invoiceId) ?? '');
      if (customer !== undefined) customer.paidAt ??= fact.at;
    }
  }
  return new Map([...customers].filter(([id]) => !founders.has(id)));
}
