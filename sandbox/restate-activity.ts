import { type Activity, firstDeviceOf, type ProductEvent } from './model/activity.ts';
import { idFor } from './model/random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, localDayOf, utcDay } from './model/time.ts';
import type { Change } from './restate.ts';
import type { SandboxState } from './state.ts';

/** A visit that was made on a past day and arrives now: somebody new, two pages, and nothing else. */
export function lateVisit(state: SandboxState, dayAt: EpochSeconds, seenAt: EpochSeconds): Change {
  const late = lateComer(state, dayAt, seenAt);
  const { at, personId, deviceId } = late;
  const sessionId = `${personId}-s1`;
  const where = { channel: 'Organic Search', device: 'mobile', country: 'US' } as const;
  const activity: Activity[] = [
    {
      kind: 'session',
      at,
      seenAt,
      sessionId,
      personId,
      deviceId,
      newDevice: true,
      ...where,
      engagedSeconds: 240,
      endedAt: at + 300,
    },
    lateEvent(late, 'Page Viewed', 0, {}, sessionId),
    lateEvent(late, 'Page Viewed', 120, {}, sessionId),
  ];
  return { ...NO_MONEY, activity, note: `a visit of that day by somebody new arrived late (${personId})` };
}

/** A sign-up, a first project and a survey answer that were made on a past day and arrive now. */
export function lateSignUp(state: SandboxState, dayAt: EpochSeconds, seenAt: EpochSeconds): Change {
  const late = lateComer(state, dayAt, seenAt);
  const activity = [
    lateEvent(late, 'Sign Up', 0),
    lateEvent(late, 'Project Created', 300),
    lateEvent(late, 'Survey Answered', 600, { score: LATE_SCORE }),
  ];
  const note = `a sign-up of that day arrived late (${late.personId}), with a first project and a survey answer of ${LATE_SCORE}`;
  return { ...NO_MONEY, activity, note };
}

const LATE_SCORE = 3; // far from the mean, so that a day's average moves visibly
const NO_MONEY = { currency: 'usd', amountMinor: 0, facts: [] };

type LateComer = { at: EpochSeconds; seenAt: EpochSeconds; personId: string; deviceId: string };

function lateComer(state: SandboxState, dayAt: EpochSeconds, seenAt: EpochSeconds): LateComer {
  const personId = idFor('p', state.seed, 'late', dayAt, state.restatements.length);
  return { at: middayOf(dayAt, state.timeZone), seenAt, personId, deviceId: firstDeviceOf(personId) };
}

function lateEvent(
  { at, seenAt, personId, deviceId }: LateComer,
  name: ProductEvent['name'],
  afterSeconds: number,
  more: Readonly<Record<string, number>> = {},
  sessionId: string | null = null,
): ProductEvent {
  return {
    kind: 'event',
    at: at + afterSeconds,
    seenAt,
    insertId: `${personId}-e${afterSeconds}`,
    name,
    personId,
    deviceId,
    sessionId,
    properties: { plan: 'free', platform: 'ios', ...more },
  };
}

/** An instant well inside of a local day: noon in UTC, or six hours beside it where that is another day. */
function middayOf(dayAt: EpochSeconds, timeZone: string): EpochSeconds {
  const localDay = localDayOf(timeZone);
  const noonAt = dayAt + DAY_SECONDS / 2;
  const inside = [0, -6 * HOUR_SECONDS, 6 * HOUR_SECONDS].map((shift) => noonAt + shift);
  return inside.find((at) => localDay(at) === utcDay(dayAt)) ?? noonAt;
}
