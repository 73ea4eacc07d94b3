import type { RecordSets } from '../domain/catalog/record-sets.ts';

/** Fields that hold what people named themselves, and no instant of ours. */
const FOREIGN = new Set(['properties']);

/**
 * Stored records as the metrics read them. A kind that was told and has no record is an empty set; one that was never
 * told is absent, which is not the same.
 */
export function toRecordSets(
  rows: readonly { kind: string; payload: Record<string, unknown> }[],
  told: readonly string[],
): RecordSets {
  const sets: Record<string, unknown[]> = Object.fromEntries(told.map((kind) => [kind, []]));
  for (const { kind, payload } of rows) sets[kind]?.push(revived(payload));
  return sets; // each was read by the schema of its kind before it was stored
}

/** Instants have names that end with "At"; they were stored as RFC 3339 text. */
function revived(value: unknown, name = ''): unknown {
  if (FOREIGN.has(name)) return value;
  if (typeof value === 'string') return name === 'at' || name.endsWith('At') ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((item) => revived(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, revived(item, field)]));
}
