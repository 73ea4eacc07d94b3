import { Temporal } from 'temporal-polyfill';
import { driftError, instantOfWall, localDay } from '../sdk/index.ts';
import type { Observances } from './observances.ts';
import type { Stamp, StampZone } from './stamp.ts';

/** Puts walls into time, for one metric's zone. */
export type Clock = {
  instantOf(stamp: Pick<Stamp, 'wallMs' | 'zone'>): number;
  /** What the wall of a zone shows at an instant. */
  wallOf(instantMs: number, zone: StampZone): number;
};

/**
 * Floating times and whole days are those of the metric's zone. A name of the IANA database means its rules, which are kept up
 * to date; any other name, such as Outlook's, means what the calendar says of it.
 *
 * @throws ConnectorError `schema_drift` for a name that neither knows
 */
export function createClock(
  provider: string,
  observances: ReadonlyMap<string, Observances>,
  timeZone: string,
): Clock {
  const known = new Map<string, string | Observances>();
  const lookUp = (tzid: string): string | Observances => {
    const own = observances.get(tzid);
    const iana = ianaName(tzid);
    if (iana !== null && (own === undefined || iana.includes('/'))) return iana;
    if (own !== undefined) return own;
    throw driftError(provider, 'an event: it names a time zone that the calendar does not describe', '/TZID');
  };
  const zoneOf = (zone: StampZone): string | Observances => {
    if (zone.kind === 'utc') return 'UTC';
    if (zone.kind === 'floating') return timeZone;
    const found = known.get(zone.tzid) ?? lookUp(zone.tzid);
    known.set(zone.tzid, found);
    return found;
  };
  return {
    instantOf({ wallMs, zone }) {
      const place = zoneOf(zone);
      if (typeof place !== 'string') return place.instantOf(wallMs);
      return place === 'UTC' ? wallMs : instantOfWall(wallMs, place);
    },
    wallOf(instantMs, zone) {
      const place = zoneOf(zone);
      if (typeof place !== 'string') return place.wallOf(instantMs);
      const at = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(place);
      return instantMs + at.offsetNanoseconds / 1e6;
    },
  };
}

/** "Europe/Berlin", also at the end of "/mozilla.org/20050126_1/Europe/Berlin"; null when it is none. */
function ianaName(tzid: string): string | null {
  const parts = tzid.split('/').filter((part) => part !== '');
  const candidates = tzid.startsWith('/') ? [parts.slice(-2), parts.slice(-3)] : [parts];
  return candidates.map((name) => name.join('/')).find(isZone) ?? null;
}

function isZone(name: string): boolean {
  try {
    // A name, not an offset such as "+01:00", which is a zone for Temporal as well.
    return /^[A-Za-z]/.test(name) && localDay(0, name) !== '';
  } catch {
    return false;
  }
}
