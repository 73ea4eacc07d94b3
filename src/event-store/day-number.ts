/** Days since 1970 in UTC, as the engine counts them, and as the database writes them. */
const dayMs = 86_400_000;

export function dayText(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function firstMs(day: string): number {
  return dayNumber(day) * dayMs;
}

/** The first millisecond after the day. */
export function afterMs(day: string): number {
  return (dayNumber(day) + 1) * dayMs;
}
