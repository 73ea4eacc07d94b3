import type { Board, KeyResultRow } from '../../api/contract.ts';
import { instantText } from './format.ts';
import type { Look } from './look.ts';
import { wrap } from './text.ts';
import type { Voice } from './voice.ts';

/** That an answer is of the past, as of when, and what of it was not kept. Nothing where it is of now. */
export function pastLines(asOf: Board['asOf'], look: Look, voice: Voice): string[] {
  if (asOf === null) return [];
  const at = instantText(asOf.at, look);
  const lines = [`${voice.say('past.banner', { day: asOf.day ?? at })}. ${voice.say('past.detail', { at })}`];
  if (asOf.partly.length > 0) {
    lines.push(voice.say('past.partly', { count: asOf.partly.length, keys: asOf.partly.join(', ') }));
  }
  return lines.flatMap((line) => wrap(line, look.columns));
}

/** Which people a number is about, where the metric follows them, and when the last of them are decided. */
export function cohortLines({ cohort, override, status }: KeyResultRow, voice: Voice): string[] {
  // What an owner says in its place is about no cohort.
  if (cohort === undefined || override !== null) return [];
  const { firstDecidedDay, finalDay, firstOwnDay, lastOwnDay } = cohort;
  const newest = status.asOfDay;
  const isOwn = newest !== null && newest >= firstOwnDay;
  return [
    isOwn ? voice.say('cohort.newest', { day: newest }) : voice.say('cohort.first', { day: firstDecidedDay }),
    voice.say('cohort.final', { lastOwnDay, day: finalDay }),
  ];
}
