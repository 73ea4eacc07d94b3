import type { Bound } from './session.ts';

/** A value for engines that read an instant without the letters of ISO 8601, in the zone that their session has: UTC. */
export function withoutZone({ type, value }: Bound): string {
  return type === 'instant' ? value.replace('T', ' ').replace('Z', '') : value;
}
