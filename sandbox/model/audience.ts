import { type Activity, sortByTime } from './activity.ts';
import { type Buyer, buyersIn, type FirstPayment } from './buyers.ts';
import type { Company } from './company.ts';
import type { Fact } from './facts.ts';
import { furtherEvents } from './further-events.ts';
import { type Appointment, comeBack, doing, type Habit, playMember, timeOfDay } from './habits.ts';
import { newPerson, type Person, type Stage } from './person.ts';
import { idFor, type Random, random } from './random.ts';
import { growthFactor, seasonFactor, weekFactor } from './rhythm.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from './time.ts';
import { type Doing, visit, writeEvent } from './visit.ts';

/** Billing must be played this much further than the audience, because people sign up before they buy. */
export const BILLING_AHEAD_SECONDS = 3 * DAY_SECONDS;

type Stretch = { seed: number; company: Company; anchorAt: EpochSeconds; untilAt: EpochSeconds };

/**
 * What people did with the product up to an instant, oldest first: visitors, those who sign up for free, and the
 * people behind Stripe's customers.
 *
 * @param facts of billing, oldest first, `BILLING_AHEAD_SECONDS` beyond `untilAt`
 */
export function playAudience(stretch: Stretch, facts: readonly Fact[]): Activity[] {
  const stage: Stage = { ...stretch, activity: [] };
  for (const buyer of buyersIn(facts)) playBuyer(stage, buyer);
  for (let dayAt = stage.anchorAt; dayAt <= stage.untilAt; dayAt += DAY_SECONDS) playVisitors(stage, dayAt);
  return sortByTime([...stage.activity, ...furtherEvents(stage)]);
}

/** Everybody who comes for the first time on one day. */
function playVisitors(stage: Stage, dayAt: EpochSeconds): void {
  const { seed, company, anchorAt } = stage;
  const today = random(seed, 'visitors', dayAt);
  const growth = growthFactor(company.yearlyGrowth, anchorAt, dayAt);
  const noise = Math.exp(0.1 * today.normal());
  const mean = company.dailyVisitors * weekFactor(dayAt) * seasonFactor(dayAt) * growth * noise;
  const count = today.poisson(mean);
  for (let index = 0; index < count; index += 1) {
    const rng = random(seed, 'visitor', dayAt, index);
    const person = newPerson(rng, idFor('p', seed, 'visitor', dayAt, index), company.country, null);
    const at = timeOfDay(rng, dayAt);
    if (!rng.chance(company.signUpShare)) browse(stage, person, at);
    else if (rng.chance(0.7)) join(stage, person, at);
    else join(stage, person, comeBack(rng, visit(stage, person, at, [], rng.int(1, 3)), 4));
  }
}

/** Looks around and stays a stranger; one in five comes again. */
function browse(stage: Stage, person: Person, firstAt: EpochSeconds): void {
  const { rng } = person;
  let at = firstAt;
  do {
    at = comeBack(rng, visit(stage, person, at, [], rng.int(1, 3)), 6);
  } while (at <= stage.untilAt && rng.chance(0.2));
}

const TWICE_SIGNED_UP_SHARE = 0.01;

/** Signs up for the free plan. */
function join(stage: Stage, person: Person, at: EpochSeconds): void {
  const { rng } = person;
  const habit = newMember(stage, person, at);
  const again = at + rng.int(20 * DAY_SECONDS, 200 * DAY_SECONDS);
  const twice = rng.chance(TWICE_SIGNED_UP_SHARE) ? [{ at: again, doings: [signUp(rng, again)] }] : [];
  playMember(stage, person, at, [{ at, doings: [signUp(rng, at)] }, ...twice], habit);
}

/** Seconds into the visit, before anything else that needs an account. */
function signUp(rng: Random, visitAt: EpochSeconds): Doing {
  return doing('Sign Up', visitAt + rng.int(8, 25));
}

/** Decides what kind of user somebody will be. Two out of five stay beyond the first weeks. */
function newMember({ company }: Stage, person: Person, at: EpochSeconds): Habit {
  const { rng } = person;
  person.signedUp = true;
  person.active = rng.chance(company.activationShare);
  person.projectsPlanned = person.active ? rng.int(3, 6) : rng.pick([0, 0, 0, 1, 1, 2]);
  person.askAgainAt = at + rng.int(3, 25) * DAY_SECONDS;
  const stays = rng.chance(Math.min(0.97, company.monthlyReturn * (person.active ? 1.35 : 0.6)));
  const days = -Math.log(1 - rng.next()) * (stays ? 240 : 7) + (stays ? 40 : 0);
  return { untilAt: at + days * DAY_SECONDS, meanGapDays: 5.5 * Math.exp(0.5 * rng.normal()) };
}

/** The person behind a customer: signs up minutes before, or within two days, and stays as long as they subscribe. */
function playBuyer(stage: Stage, buyer: Buyer): void {
  const { seed, company } = stage;
  const { customerId, createdAt, paidAt, payment, endedAt } = buyer;
  const rng = random(seed, 'buyer', customerId);
  const person = newPerson(rng, idFor('p', seed, 'buyer', customerId), company.country, buyer);
  const buysAt = createdAt - rng.int(3 * 60, 20 * 60);
  const signsUpAt = rng.chance(0.7) ? buysAt : buysAt - rng.int(4 * HOUR_SECONDS, 45 * HOUR_SECONDS);
  const free = newMember(stage, person, signsUpAt);
  person.active = rng.chance(0.85);
  const unpaidUntil = Math.max(free.untilAt, createdAt + 45 * DAY_SECONDS);
  const paysInTime = paidAt !== null && paidAt <= unpaidUntil;
  const afterwards = rng.int(2, 12) * DAY_SECONDS;
  const habit = {
    untilAt: Math.min(
      paysInTime ? Number.POSITIVE_INFINITY : unpaidUntil,
      endedAt === null ? Number.POSITIVE_INFINITY : endedAt + afterwards,
    ),
    meanGapDays: 2.8 * Math.exp(0.4 * rng.normal()),
  };
  if (buyer.founder) return playFounder(stage, person, habit);
  playMember(stage, person, signsUpAt, appointmentsOf(buyer, rng, signsUpAt, buysAt), habit);
  if (paidAt !== null) reportPayment(stage, person, paidAt, payment);
}

function appointmentsOf(buyer: Buyer, rng: Random, signsUpAt: EpochSeconds, buysAt: EpochSeconds) {
  const buys = buyer.trialAt === null ? [] : [doing('Trial Started', buyer.trialAt)];
  const joins = signUp(rng, signsUpAt);
  const appointments: Appointment[] =
    signsUpAt === buysAt
      ? [{ at: buysAt, doings: [joins, ...buys] }]
      : [
          { at: signsUpAt, doings: [joins] },
          { at: buysAt, doings: buys },
        ];
  return appointments;
}

/** Founders signed up before history began, so their first visit in it is that of an old acquaintance. */
function playFounder(stage: Stage, person: Person, habit: Habit): void {
  const { rng } = person;
  for (const device of person.devices) device.known = true;
  person.projectsPlanned = 0;
  person.askAgainAt = stage.anchorAt + rng.int(0, 45) * DAY_SECONDS;
  playMember(stage, person, comeBack(rng, stage.anchorAt, habit.meanGapDays), [], habit);
}

/** Billing's own server tells the analytics tools that the first invoice is paid: no visit, and no phone in between. */
function reportPayment(stage: Stage, person: Person, at: EpochSeconds, payment: FirstPayment | null): void {
  const rng = random(stage.seed, 'payment', person.personId);
  const [device] = person.devices;
  if (device === undefined) return;
  const insertId = `${person.personId}-paid`;
  const seenAt = at + rng.int(1, 20);
  const said = { name: 'Subscription Started', at, seenAt, insertId, sessionId: null, device } as const;
  writeEvent(stage, person, rng, { ...said, more: payment === null ? null : moneyOf(payment) });
}

/** As Google's recommended event says it; Acme bills in currencies of a hundred minor units only. */
function moneyOf({ invoiceId, amountMinor, currency }: FirstPayment): Record<string, string | number> {
  return { value: amountMinor / 100, currency: currency.toUpperCase(), transaction_id: invoiceId };
}
