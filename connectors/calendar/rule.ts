import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { ConnectorError, driftError } from '../sdk/index.ts';
import { tooLarge } from './errors.ts';

/** A rule on a wall: neither its start nor its end knows a zone here. */
export type WallRule = { text: string; startMs: number; isDate: boolean; untilMs: number | null };
export type WallSpan = { fromMs: number; toMs: number };

/** Twenty-seven years of days: no meeting is held so often. */
const MAX_STEPS = 10_000;
/** Times of day that one rule may name for each of its days. */
const MAX_TIMES_A_DAY = 48;
const TIME_PARTS = ['BYHOUR', 'BYMINUTE', 'BYSECOND'];

/**
 * The times of a rule inside a span, both ends included. The start is one of them, whether the rule fits it or not. The
 * arithmetic is a library's; it is given the rule without its zone and counts its steps.
 *
 * @throws ConnectorError `too_large` for a rule that takes too many steps or yields too much, `schema_drift` for one that
 *   cannot be read
 */
export function timesOfRule(provider: string, rule: WallRule, span: WallSpan): number[] {
  const parts = partsOf(rule);
  const freq = parts.get('FREQ') ?? '';
  refuse(provider, parts);
  const written = [...parts].map(([name, value]) => `${name}=${value}`).join(';');
  const until = rule.untilMs === null ? '' : `;UNTIL=${asTime(rule.untilMs)}`;
  try {
    const series = new RRuleTemporal({
      rruleString: `DTSTART:${asTime(rule.startMs)}\nRRULE:${written}${until}`,
      temporal: Temporal,
      maxIterations: MAX_STEPS,
      includeDtstart: true,
      cache: false,
    });
    const found = series.between(new Date(span.fromMs), new Date(span.toMs), true);
    if (found.length <= MAX_STEPS) return found.map(({ epochMilliseconds }) => epochMilliseconds);
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    if (!(error instanceof Error) || !/maximum|exceed|limit/i.test(error.message)) {
      throw driftError(provider, 'a recurrence rule: it cannot be read', '/rule', error);
    }
  }
  throw tooLarge(
    provider,
    'rule_too_long',
    `has an event that repeats (${freq}) more than ${MAX_STEPS} times`,
  );
}

function partsOf({ isDate, text }: WallRule): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';')) {
    const [name = '', value = ''] = part.split('=');
    // The end is given on the wall; an event of whole days has no hours; names of their own say nothing of times.
    if (name === '' || name === 'UNTIL' || name.startsWith('X-') || (isDate && TIME_PARTS.includes(name)))
      continue;
    parts.set(name, value);
  }
  return parts;
}

function refuse(provider: string, parts: ReadonlyMap<string, string>): void {
  if ((parts.get('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN') {
    throw driftError(
      provider,
      'a recurrence rule: it is of another calendar than the Gregorian one',
      '/rule/RSCALE',
    );
  }
  const times = TIME_PARTS.reduce((product, name) => product * (parts.get(name)?.split(',').length ?? 1), 1);
  if (times > MAX_TIMES_A_DAY) {
    throw tooLarge(
      provider,
      'rule_too_dense',
      `has an event that repeats more than ${MAX_TIMES_A_DAY} times a day`,
    );
  }
}

/** "20260302T090000Z" */
function asTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
