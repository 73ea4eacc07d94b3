import { type Channel, type EventName, MOST_LATE_SECONDS, type Session } from './activity.ts';
import { copyDelay, SENT_TWICE_SHARE, visitDelay } from './lateness.ts';
import { type Device, type Person, propertiesAt, type Stage } from './person.ts';
import type { Random } from './random.ts';
import type { EpochSeconds } from './time.ts';

/** Something done in a visit; `at` when billing knows the second, null for any time within it. */
export type Doing = {
  name: EventName;
  at: EpochSeconds | null;
  more: Readonly<Record<string, string | number>> | null;
};

const BOUNCE_SHARE = 0.19; // of visits in which nothing was done, so about 15 % of all
const LONGEST_SECONDS = 5_400;

/**
 * One visit with what was done in it, its page views included. A bounce sees one page.
 *
 * @returns when it ended
 */
export function visit(
  stage: Stage,
  person: Person,
  at: EpochSeconds,
  doings: readonly Doing[],
  pages: number,
): EpochSeconds {
  const { rng, personId } = person;
  const bounce = doings.length === 0 && rng.chance(BOUNCE_SHARE);
  const device = deviceFor(person);
  const engagedSeconds = bounce ? 0 : engagedFor(person, doings.length, stage.company.engagement);
  const lastAt = doings.reduce((last, doing) => Math.max(last, doing.at ?? at), at);
  const span = bounce ? rng.int(0, 8) : Math.round(engagedSeconds * (1.1 + 0.5 * rng.next()));
  const endedAt = Math.max(at + span, lastAt + 30);
  const delay = visitDelay(rng, device.device === 'mobile');
  person.sessions += 1;
  const sessionId = `${personId}-s${person.sessions}`;
  writeSession(stage, person, device, {
    at,
    seenAt: endedAt + delay.seconds,
    sessionId,
    engagedSeconds,
    endedAt,
  });
  const write = (name: EventName, when: EpochSeconds, more: Doing['more']) => {
    const seenAt = (delay.queued ? endedAt : when) + delay.seconds;
    person.events += 1;
    const insertId = `${personId}-e${person.events}`;
    writeEvent(stage, person, rng, { name, at: when, seenAt, insertId, sessionId, device, more });
  };
  write('Page Viewed', at, null);
  const steps = doings.length + (bounce ? 0 : pages - 1);
  for (let step = 0; step < steps; step += 1) {
    const doing = doings[step];
    const when = at + Math.floor(((step + rng.next()) / steps) * (endedAt - at));
    write(doing?.name ?? 'Page Viewed', doing?.at ?? when, doing?.more ?? null);
  }
  return endedAt;
}

type Length = Pick<Session, 'at' | 'seenAt' | 'sessionId' | 'engagedSeconds' | 'endedAt'>;

function writeSession(stage: Stage, person: Person, device: Device, length: Length): void {
  const { at, seenAt, sessionId, engagedSeconds, endedAt } = length;
  const newDevice = !device.known;
  device.known = true;
  const channel = channelFor(person);
  if (at > stage.untilAt) return;
  stage.activity.push({
    kind: 'session',
    at,
    seenAt,
    sessionId,
    personId: person.personId,
    deviceId: device.deviceId,
    newDevice,
    channel,
    device: device.device,
    country: person.country,
    engagedSeconds,
    endedAt,
  });
}

type Sent = {
  name: EventName;
  at: EpochSeconds;
  seenAt: EpochSeconds;
  insertId: string;
  sessionId: string | null;
  device: Device;
  more: Doing['more'];
};

/** Writes an event, now and then twice. */
export function writeEvent(stage: Stage, person: Person, rng: Random, sent: Sent): void {
  const { name, at, seenAt, insertId, sessionId, device, more } = sent;
  const copySeconds = rng.chance(SENT_TWICE_SHARE) ? copyDelay(rng) : null;
  if (at > stage.untilAt) return;
  const { personId } = person;
  const base = propertiesAt(person, device.platform, at);
  const event = {
    kind: 'event',
    at,
    seenAt,
    insertId,
    name,
    personId,
    deviceId: device.deviceId,
    sessionId,
    properties: more === null ? base : { ...base, ...more },
  } as const;
  stage.activity.push(event);
  if (copySeconds === null) return;
  const copySeenAt = Math.min(seenAt + copySeconds, at + MOST_LATE_SECONDS);
  if (copySeenAt > seenAt) stage.activity.push({ ...event, seenAt: copySeenAt });
}

/** In the foreground: log-normal around two and a half minutes, longer where something was done. */
function engagedFor({ rng }: Person, doings: number, engagement: number): number {
  const seconds = Math.round(engagement * Math.exp(Math.log(140) + 0.95 * rng.normal())) + 25 * doings;
  return Math.min(LONGEST_SECONDS, Math.max(4, seconds));
}

function deviceFor({ rng, devices }: Person): Device {
  const [first, second] = devices;
  if (second !== undefined && rng.chance(0.4)) return second;
  return first as Device; // everybody has one
}

function channelFor({ rng, sessions, signedUp, channel }: Person): Channel {
  if (sessions === 1 && !signedUp) return channel;
  const roll = rng.next();
  return roll < 0.6 ? 'Direct' : roll < 0.78 ? 'Email' : channel;
}
