import { z } from 'zod';
import { parseAnswer } from '../sdk/index.ts';
import { tooLarge } from './errors.ts';
import type { Component } from './lines.ts';
import { timesOfRule } from './rule.ts';
import { extrasSchema, readStamp, stampSchema } from './stamp.ts';

/** A zone as a calendar describes it (VTIMEZONE). */
export type Observances = { instantOf(wallMs: number): number; wallOf(instantMs: number): number };

type Observance = z.infer<typeof observanceSchema>;
/** From this wall time on, as the offset before shows it. */
type Onset = { wallMs: number; fromMs: number; toMs: number };

const MAX_OBSERVANCES = 500;
const YEAR_MS = 366 * 86_400_000;
const OFFSET = /^([+-])(\d{2})(\d{2})(\d{2})?$/;

const offsetSchema = z.string({ error: 'is missing' }).transform((text, context) => {
  const [, sign, hours, minutes, seconds] = OFFSET.exec(text.trim()) ?? [];
  if (sign !== undefined) {
    const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0);
    return (sign === '-' ? -1_000 : 1_000) * total;
  }
  context.addIssue({ code: 'custom', message: 'is no offset' });
  return z.NEVER;
});

const observanceSchema = z.object({
  start: stampSchema,
  from: offsetSchema,
  to: offsetSchema,
  rule: z.string().max(1_000).optional(),
  extras: z.array(extrasSchema).transform((lists) => lists.flat()),
});

/** @throws ConnectorError `schema_drift` for a description that lacks what it needs */
export function readObservances(provider: string, zone: Component): Observances {
  const parts = zone.children.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  if (parts.length > MAX_OBSERVANCES) {
    throw tooLarge(provider, 'too_many_observances', 'describes a time zone in too many parts');
  }
  const raw = parts.map(({ properties }) => {
    const one = (name: string) => properties.find((property) => property.name === name);
    return {
      start: one('DTSTART'),
      from: one('TZOFFSETFROM')?.value,
      to: one('TZOFFSETTO')?.value,
      rule: one('RRULE')?.value.trim(),
      extras: properties.filter(({ name }) => name === 'RDATE'),
    };
  });
  const list = parseAnswer(provider, 'a time zone', z.array(observanceSchema).min(1), raw);
  const years = new Map<number, Onset[]>();
  const first = list.toSorted((a, b) => a.start.wallMs - b.start.wallMs)[0];
  const before = first?.from ?? 0;

  /** What is in force through a year, the newest onset before it included. */
  const onsetsOf = (wallMs: number): Onset[] => {
    const year = new Date(wallMs).getUTCFullYear();
    const known = years.get(year);
    if (known !== undefined) return known;
    const span = { fromMs: Date.UTC(year, 0, 1) - YEAR_MS, toMs: Date.UTC(year + 1, 0, 2) };
    const found = list.flatMap((observance) => onsetsIn(provider, observance, span));
    const onsets = found.toSorted((a, b) => a.wallMs - b.wallMs);
    years.set(year, onsets);
    return onsets;
  };
  const instantOf = (wallMs: number): number => {
    const onset = onsetsOf(wallMs).findLast((each) => each.wallMs <= wallMs);
    if (onset === undefined) return wallMs - before;
    // A wall time that the clocks skip is meant as the offset before shows it (RFC 5545, section 3.3.5).
    const isSkipped = wallMs < onset.wallMs + (onset.toMs - onset.fromMs);
    return wallMs - (isSkipped ? onset.fromMs : onset.toMs);
  };
  const offsets = [...new Set([...list.flatMap(({ from, to }) => [to, from]), before])];
  return {
    instantOf,
    wallOf(instantMs) {
      const offset = offsets.find((each) => instantOf(instantMs + each) === instantMs);
      return instantMs + (offset ?? before);
    },
  };
}

/** The onsets of one observance in a span, and the last one before it. */
function onsetsIn(
  provider: string,
  { extras, from, rule, start, to }: Observance,
  span: { fromMs: number; toMs: number },
): Onset[] {
  const walls = [start.wallMs, ...extras.map((extra) => extra.start.wallMs)];
  if (rule !== undefined) {
    const until = /(?:^|;)UNTIL=([^;]+)/i.exec(rule)?.[1];
    const end = until === undefined ? null : readStamp(until, undefined);
    // The end of such a rule is in UTC, and its times are shown by the offset before.
    const untilMs = end === null ? null : end.wallMs + (end.zone.kind === 'utc' ? from : 0);
    const shape = { text: rule, startMs: start.wallMs, isDate: false, untilMs };
    const lastMs = Math.min(span.toMs, untilMs ?? span.toMs);
    // A rule that ended long ago is in force with the last of its onsets.
    const fromMs = Math.min(span.fromMs, lastMs - YEAR_MS);
    if (lastMs >= start.wallMs) walls.push(...timesOfRule(provider, shape, { fromMs, toMs: lastMs }));
  }
  const known = walls.filter((wallMs) => wallMs <= span.toMs).toSorted((a, b) => a - b);
  const older = known.findLast((wallMs) => wallMs < span.fromMs);
  const inside = known.filter((wallMs) => wallMs >= span.fromMs);
  return [...(older === undefined ? [] : [older]), ...inside].map((wallMs) => ({
    wallMs,
    fromMs: from,
    toMs: to,
  }));
}
