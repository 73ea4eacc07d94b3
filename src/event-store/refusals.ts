import type { RefusedEvents } from '../app/ports-events.ts';

/** As many are named: who has made the same mistake a million times needs to see it a few times. */
export const NAMED_PROBLEMS = 20;

/** Why a row is no event. */
export const PROBLEMS = {
  user: 'The user is missing.',
  event: 'The name of the event is missing.',
  time: 'The time is missing.',
  unreadable: 'cannot be read: write it like 2026-10-05T08:00:00Z, or as seconds or milliseconds since 1970.',
  zone: 'The time has no zone: end it with Z or an offset, such as +02:00.',
  properties: 'The properties are no JSON object.',
  json: 'The line is no JSON object.',
};
/** Days are written with four digits of a year, and counted from 1970. */
export const LAST_MS = 253_402_300_800_000;

export type Refusals = {
  readonly count: number;
  add(row: number, problem: string): void;
  refused(): RefusedEvents;
};

export function createRefusals(): Refusals {
  const problems: { row: number; problem: string }[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(row, problem) {
      count += 1;
      if (problems.length < NAMED_PROBLEMS) problems.push({ row, problem });
    },
    refused: () => ({ count, problems }),
  };
}
