import { daysAfter } from './format.ts';

/** `lastDay` is the last day of it, as people say it; the API takes the day after. */
export type ProposedCycle = { key: string; title: string; startDay: string; lastDay: string };

/** The quarter that runs, or the first after it whose name is not taken. `today` in the workspace's zone. */
export function proposedCycle(today: string, taken: readonly string[]): ProposedCycle {
  let year = Number(today.slice(0, 4));
  let quarter = Math.ceil(Number(today.slice(5, 7)) / 3);
  while (taken.includes(`${year}-q${quarter}`)) {
    year += quarter === 4 ? 1 : 0;
    quarter = (quarter % 4) + 1;
  }
  const month = (number: number): string => String(number).padStart(2, '0');
  const startDay = `${year}-${month(quarter * 3 - 2)}-01`;
  const next = quarter === 4 ? `${year + 1}-01-01` : `${year}-${month(quarter * 3 + 1)}-01`;
  return {
    key: `${year}-q${quarter}`,
    title: `Q${quarter} ${year}`,
    startDay,
    lastDay: daysAfter(next, -1),
  };
}

/** The day of an instant in a zone; in UTC where the browser does not know the zone. */
export function dayIn(timeZone: string, at: Date): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
  } catch {
    return at.toISOString().slice(0, 10);
  }
}
