/** Prisma carries a `date` as the Date of its midnight in UTC; everywhere else a day is its text. */
export const dayToDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const dateToDay = (date: Date): string => date.toISOString().slice(0, 10);
export const dateToDayOrNull = (date: Date | null): string | null => (date === null ? null : dateToDay(date));
