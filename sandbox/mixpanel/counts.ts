import type { Unit } from './calendar.ts';
import type { SeenEvent, View } from './view.ts';

export const COUNT_TYPES = ['general', 'unique', 'average'] as const;
export type CountType = (typeof COUNT_TYPES)[number];
/** By period; a period without anything is left out. */
export type Counts = Record<string, number>;

/** How often, by how many people, or how often per person something was done in each period; zeros are left out. */
export function countByPeriod(events: readonly SeenEvent[], view: View, unit: Unit, type: CountType): Counts {
  const totals = new Map<string, { count: number; people: Set<string> }>();
  for (const { at, distinctId } of events) {
    const period = view.calendar.period(at, unit);
    const total = totals.get(period) ?? { count: 0, people: new Set() };
    totals.set(period, total);
    total.count += 1;
    if (distinctId !== '') total.people.add(distinctId);
  }
  const value = ({ count, people }: { count: number; people: Set<string> }) => {
    if (type === 'general') return count;
    return type === 'unique' ? people.size : count / people.size;
  };
  const counted = [...totals].filter(([, { people }]) => type === 'general' || people.size > 0);
  return Object.fromEntries(counted.map(([period, total]) => [period, value(total)]));
}

/** The provider does not promise an order and does not keep one. */
export function outOfOrder<T>(members: readonly T[]): T[] {
  const cut = Math.ceil(members.length / 2);
  return [...members.slice(cut), ...members.slice(0, cut)];
}

/** When the answer was worked out, as Python writes it. */
export function computedAt({ now }: View): string {
  return `${new Date(now * 1_000).toISOString().slice(0, 19)}.000000+00:00`;
}
