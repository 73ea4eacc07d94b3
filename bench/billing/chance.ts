/** A number in [0, 1) that depends on nothing but its arguments: the same company every time, in any order of asking. */
export function chance(subject: number, question: number): number {
  let bits = Math.imul(subject + 1, 0x9e3779b1) ^ Math.imul(question + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

export function chooseFrom<T>(all: readonly T[], subject: number, question: number): T {
  return all[Math.floor(chance(subject, question) * all.length)] as T; // a chance is below 1
}

/** Whole seconds UTC; the day of the month is kept where the month has it. */
export function addMonths(at: number, months: number): number {
  const from = new Date(at * 1_000);
  const month = from.getUTCMonth() + months;
  const last = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), last);
  return Date.UTC(from.getUTCFullYear(), month, day) / 1_000 + (at % DAY_SECONDS);
}

export const DAY_SECONDS = 86_400;
export const HOUR_SECONDS = 3_600;
