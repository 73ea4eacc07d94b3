import { beginningOf, type Deed, type Unit } from './mixpanel-deeds.ts';

/** By the first day of each period in which there is anything to tell. */
export type ByPeriod<Value> = Map<string, Value>;

/** How often an event happened, and by how many people. */
export function countsBy(
  deeds: readonly Deed[],
  name: string,
  unit: Unit,
): ByPeriod<{ total: number; people: number }> {
  const seen = new Set<string>();
  const counts: ByPeriod<{ total: number; people: number }> = new Map();
  for (const deed of deeds) {
    if (deed.name !== name) continue;
    const period = beginningOf(deed.day, unit);
    const count = counts.get(period) ?? { total: 0, people: 0 };
    counts.set(period, count);
    count.total += 1;
    const somebody = `${period} ${deed.personId}`;
    if (!seen.has(somebody)) count.people += 1;
    seen.add(somebody);
  }
  return counts;
}

/** What a property adds up to on each day, and how many events carry it: text counts as a number where it is one. */
export function sumsBy(
  deeds: readonly Deed[],
  name: string,
  property: string,
): ByPeriod<{ sum: number; carriers: number }> {
  const sums: ByPeriod<{ sum: number; carriers: number }> = new Map();
  for (const { day, name: did, properties } of deeds) {
    const value = properties[property];
    if (did !== name || value === undefined) continue;
    const known = sums.get(day) ?? { sum: 0, carriers: 0 };
    const number = Number.parseFloat(String(value));
    sums.set(day, {
      sum: known.sum + (Number.isNaN(number) ? 0 : number),
      carriers: known.carriers + 1,
    });
  }
  return sums;
}

/**
 * In how many different days, or hours, of each period people were active: how many people were so in exactly 1, 2, 3 …
 * of them.
 */
export function activeParts(
  deeds: readonly Deed[],
  { event, per, unit }: { event: string | null; per: 'hour' | 'day'; unit: Unit },
): ByPeriod<Map<number, number>> {
  const parts = new Map<string, number>();
  const known = new Set<string>();
  for (const { at, day, name, personId } of deeds) {
    if (event !== null && name !== event) continue;
    const somebody = `${beginningOf(day, unit)} ${personId}`;
    // Every zone of these companies is whole hours ahead of or behind UTC.
    const part = `${somebody} ${per === 'day' ? day : Math.floor(at / 3_600)}`;
    if (known.has(part)) continue;
    known.add(part);
    parts.set(somebody, (parts.get(somebody) ?? 0) + 1);
  }
  const periods: ByPeriod<Map<number, number>> = new Map();
  for (const [somebody, count] of parts) {
    const period = somebody.slice(0, 10);
    const people = periods.get(period) ?? new Map<number, number>();
    periods.set(period, people.set(count, (people.get(count) ?? 0) + 1));
  }
  return periods;
}
