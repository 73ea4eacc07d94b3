import type { Ingested, Properties } from './ingested.ts';
import type { SeenEvent } from './view.ts';

export type Profile = { distinctId: string | number; properties: Record<string, unknown> };

/** Everybody who signed up or was written through `/engage`, as they are today, by distinct_id. */
export function profilesOf(
  events: readonly SeenEvent[],
  ingested: readonly Ingested[],
): Map<string, Profile> {
  const profiles = new Map<string, Profile>();
  for (const { event, distinctId, at, properties } of events) {
    if (event !== 'Sign Up' || distinctId === '' || profiles.has(distinctId)) continue;
    profiles.set(distinctId, { distinctId, properties: { $created: isoSeconds(at), ...properties } });
  }
  for (const { distinctId, at } of events) {
    const profile = profiles.get(distinctId);
    if (profile !== undefined) profile.properties.$last_seen = isoSeconds(at);
  }
  for (const line of ingested) if (line.kind === 'profile') applyUpdate(profiles, line.update);
  return profiles;
}

function isoSeconds(at: number): string {
  return new Date(at * 1_000).toISOString().slice(0, 19);
}

function applyUpdate(profiles: Map<string, Profile>, update: Properties): void {
  const { $distinct_id: id } = update;
  if (typeof id !== 'string' && typeof id !== 'number') return;
  if (update.$delete !== undefined) return void profiles.delete(String(id));
  const profile = profiles.get(String(id)) ?? { distinctId: id, properties: {} };
  profiles.set(String(id), profile);
  const { properties } = profile;
  Object.assign(properties, record(update.$set));
  Object.assign(properties, { ...record(update.$set_once), ...properties });
  for (const [name, by] of Object.entries(record(update.$add))) {
    properties[name] = Number(properties[name] ?? 0) + Number(by);
  }
  for (const [name, value] of Object.entries(record(update.$append))) {
    properties[name] = [...members(properties[name]), value];
  }
  for (const [name, values] of Object.entries(record(update.$union))) {
    properties[name] = [...new Set([...members(properties[name]), ...members(values)])];
  }
  for (const [name, value] of Object.entries(record(update.$remove))) {
    properties[name] = members(properties[name]).filter((member) => member !== value);
  }
  for (const name of members(update.$unset)) delete properties[String(name)];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function members(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
