import type { Activity, Channel, Session } from './activity.ts';
import { firstDeviceOf } from './activity.ts';
import { type Buyer, type Plan, planAt } from './buyers.ts';
import type { Company } from './company.ts';
import type { Random } from './random.ts';
import type { EpochSeconds } from './time.ts';

/** Where people act, and where it is written down. */
export type Stage = {
  seed: number;
  company: Company;
  anchorAt: EpochSeconds;
  untilAt: EpochSeconds; // what happens later is dropped
  activity: Activity[];
};

export type Device = {
  deviceId: string;
  device: Session['device'];
  platform: 'web' | 'ios' | 'android';
  known: boolean; // has been here before
};

/** One person while their life is played. Every draw comes from one stream, in the order of time. */
export type Person = {
  personId: string;
  rng: Random;
  country: string;
  channel: Channel; // what brought them here the first time
  devices: readonly Device[]; // the second one is used now and then
  buyer: Buyer | null;
  signedUp: boolean;
  active: boolean; // makes projects, shares, invites
  projectsPlanned: number; // in the first two weeks
  askAgainAt: EpochSeconds; // no survey before
  mood: number; // how much kinder than others they answer
  sessions: number;
  events: number;
  properties: { plan: Plan; platform: string; customer: boolean; value: Properties } | null;
};

type Properties = Readonly<Record<string, string | number | boolean>>;

const SECOND_DEVICE_SHARE = 0.05;

export function newPerson(rng: Random, personId: string, home: string, buyer: Buyer | null): Person {
  const first = newDevice(rng, firstDeviceOf(personId), buyer === null ? 0.4 : 0.2);
  const second = rng.chance(SECOND_DEVICE_SHARE) ? [newDevice(rng, `${personId}-d2`, 0.7)] : [];
  return {
    personId,
    rng,
    country: buyer?.country ?? (rng.chance(0.6) ? home : rng.pick(ELSEWHERE)),
    channel: rng.weighted(CHANNELS),
    devices: [first, ...second],
    buyer,
    signedUp: false,
    active: false,
    projectsPlanned: 0,
    askAgainAt: Number.POSITIVE_INFINITY,
    mood: 0.9 * rng.normal(),
    sessions: 0,
    events: 0,
    properties: null,
  };
}

const ELSEWHERE = ['GB', 'DE', 'CA', 'IN', 'FR', 'AU', 'NL', 'BR', 'US'] as const;

const CHANNELS: readonly (readonly [Channel, number])[] = [
  ['Organic Search', 34],
  ['Direct', 24],
  ['Paid Search', 16],
  ['Referral', 11],
  ['Organic Social', 9],
  ['Email', 6],
];

function newDevice(rng: Random, deviceId: string, phoneShare: number): Device {
  const roll = rng.next();
  const device = roll < phoneShare ? 'mobile' : roll < phoneShare + 0.06 ? 'tablet' : 'desktop';
  const app = device !== 'desktop' && rng.chance(0.55);
  return { deviceId, device, platform: app ? rng.pick(['ios', 'android']) : 'web', known: false };
}

/** What every event carries at an instant; the same object again as long as nothing changed, because there are many. */
export function propertiesAt(person: Person, platform: string, at: EpochSeconds): Properties {
  const { buyer, properties: last } = person;
  const plan = planAt(buyer, at);
  const customer = buyer !== null && buyer.createdAt <= at;
  if (last?.plan === plan && last.platform === platform && last.customer === customer) return last.value;
  const value: Properties = customer ? { plan, platform, customer_id: buyer.customerId } : { plan, platform };
  person.properties = { plan, platform, customer, value };
  return value;
}
