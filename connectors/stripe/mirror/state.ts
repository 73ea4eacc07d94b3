import { z } from 'zod';
import { type LedgerKind, parseAnswer } from '../../sdk/index.ts';

/** Where a mirror goes on: plain JSON, kept with every batch. Times are seconds, bounds are half-open. */

/** One way through a list, newest first, from `until` back to `since` or to its end. */
const passSchema = z.object({
  since: z.int().nullable(),
  until: z.int(),
  /** What the list is asked to end before; earlier than `until` once a cursor was lost. */
  bound: z.int(),
  cursor: z.string().nullable(),
  /** When the object at the cursor came to be. */
  lastAt: z.int().nullable(),
  /** An object further up, which must not come again: moved on at each power of two of pages. */
  anchor: z.string().nullable(),
  pages: z.int(),
  seen: z.int(),
});

const placeSchema = z.object({
  pass: passSchema.nullable(),
  /** Everything that came to be before this second is here; null until the first pass through the list is over. */
  listed: z.int().nullable(),
  /** Nothing at all was in it. */
  isEmpty: z.boolean().default(false),
  /** The changes before this second were followed. */
  followed: z.int().nullable(),
  /** What Stripe still tells of the past was not read yet. */
  owesHistory: z.boolean(),
  /** Every change since then was told by an event that was read. */
  watchedSince: z.int().nullish(),
});

/** An event that was seen. Stripe lists it for thirty days, so a list from its second on that leaves it out is not whole. */
const witnessSchema = z.object({ id: z.string(), created: z.int() }).nullable().default(null);

const stateSchema = z.object({
  v: z.literal(1),
  livemode: z.boolean().nullable(),
  places: z.record(z.string(), placeSchema),
  /** `guesses`: some change was dated by the last event alone, so that only a pass from its beginning is right. */
  events: passSchema
    .extend({
      kinds: z.array(z.string()),
      guesses: z.boolean(),
      recent: z.array(z.string()),
      /** What came before this second is asked for only as far as the awaited one. */
      needed: z.int().default(0),
      /** Has still to come in this pass. */
      awaited: witnessSchema,
      /** The newest that came. */
      newest: witnessSchema,
    })
    .nullable(),
  /** The newest event of all passes. */
  witness: witnessSchema,
  /** Events that were followed already, of the stretch that the next pass reads again. */
  recent: z.array(z.string()),
  currencies: z.array(z.string()),
  /** For which day and currencies exchange rates were read. */
  rates: z.string().nullable(),
});

export type Pass = z.infer<typeof passSchema>;
export type Place = z.infer<typeof placeSchema>;
export type MirrorState = z.infer<typeof stateSchema>;

export function openState(stored: unknown): MirrorState {
  if (stored === null || stored === undefined) {
    const lists = { places: {}, events: null, witness: null, recent: [] };
    return { v: 1, livemode: null, ...lists, currencies: [], rates: null };
  }
  return structuredClone(parseAnswer('Tidemark', 'the stored state of a Stripe mirror', stateSchema, stored));
}

export function newPass(since: number | null, until: number): Pass {
  return { since, until, bound: until, cursor: null, lastAt: null, anchor: null, pages: 0, seen: 0 };
}

export function placeOf(state: MirrorState, kind: LedgerKind): Place {
  return (state.places[kind] ??= {
    pass: null,
    listed: null,
    isEmpty: false,
    followed: null,
    owesHistory: true,
  });
}
