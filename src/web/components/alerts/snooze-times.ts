export type SnoozeLength = 'hour' | 'tomorrow' | 'monday' | 'chosen';
export const snoozeLengths: readonly SnoozeLength[] = ['hour', 'tomorrow', 'monday', 'chosen'];

/** When people are back at work. */
const MORNING_HOUR = 8;
const HOUR_MS = 3_600_000;

/** When a silence of that length ends, in the reader's own zone; null when nothing usable was chosen. */
export function snoozeEnd(length: SnoozeLength, chosen: string, now: Date): Date | null {
  switch (length) {
    case 'hour':
      return new Date(now.getTime() + HOUR_MS);
    case 'tomorrow':
      return morning(now, 1);
    case 'monday':
      return morning(now, 7 - ((now.getDay() + 6) % 7));
    case 'chosen': {
      const at = new Date(chosen);
      return Number.isNaN(at.getTime()) ? null : at;
    }
  }
}

function morning(now: Date, daysAhead: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, MORNING_HOUR);
}

/** As a field for date and time writes it, in the reader's own zone. */
export function fieldTime(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
