import { after, before } from './cues.ts';
import type { Quantity } from './quantity.ts';
import { type Scanned, textAfter, textBefore } from './scan.ts';
import type { PeriodUnit, UnreadCode } from './types.ts';
import {
  beginsWithWork,
  promisesQuantity,
  speaksOfGain,
  speaksOfWork,
  stepsOf,
  withoutLead,
} from './verbs.ts';

export type Way = 'up' | 'down';

/** What a sentence says, before metric, unit and goal are known. `weak`: a noun phrase, read only where one is expected. */
export type Reading = { weak: boolean } & (
  | {
      kind: 'reach';
      start: Quantity | null;
      target: Quantity;
      said: Way | null;
      strict: boolean;
      gained: boolean;
      also: number | null;
    }
  | { kind: 'change'; percent: number; mode: 'relative' | 'points'; start: Quantity | null; said: Way | null }
  | { kind: 'amount'; by: Quantity; start: Quantity | null; said: Way | null; gained: boolean }
  | { kind: 'guardrail'; lower: Quantity | null; upper: Quantity | null; held: Quantity | null }
  | { kind: 'count'; total: Quantity; rhythm: Rhythm | null }
  | { kind: 'rhythm'; rhythm: Rhythm; counted: Quantity | null }
  | { kind: 'policy'; share: Quantity }
  | { kind: 'steps'; steps: string[] }
  | { kind: 'done' }
);
export type Rhythm = { times: number; unit: PeriodUnit; every: number; length: string | null };
export type Understood = { ok: true; reading: Reading } | { ok: false; why: UnreadCode | null };

/** A sentence with more numbers than this is a table or a story. */
const MAX_QUANTITIES = 12;

type Role = 'start' | 'target' | 'delta' | 'lower' | 'upper' | 'aside' | 'none';
type Part = { quantity: Quantity; role: Role; said: Way | null };

/** Takes the sentence for a Key Result, or says what is missing; `why` null when it does not look like one. */
export function understand(scanned: Scanned): Understood {
  if (scanned.quantities.length > MAX_QUANTITIES) {
    return { ok: false, why: promisesQuantity(scanned.order) ? 'several_targets' : null };
  }
  const parts = partsOf(scanned);
  const reading =
    readChange(scanned, parts) ??
    readGuardrail(scanned, parts) ??
    readTarget(scanned, parts) ??
    readWork(scanned, parts);
  if (typeof reading === 'object' && reading !== null) return { ok: true, reading };
  if (reading !== null) return { ok: false, why: reading };
  return { ok: false, why: whyNot(scanned, parts) };
}

function whyNot(scanned: Scanned, parts: Part[]): UnreadCode | null {
  const main = parts.filter(({ quantity }) => quantity.qualifier === null);
  if (parts.some(({ role }) => role === 'start')) return 'start_without_target';
  if (promisesQuantity(scanned.order)) return main.length === 0 ? 'no_number' : 'no_target';
  return null;
}

function partsOf(scanned: Scanned): Part[] {
  const parts: Part[] = [];
  for (const quantity of scanned.quantities) {
    if (quantity.qualifier === 'hard') continue;
    const pre = textBefore(scanned, quantity);
    const part = partOf(scanned, quantity, pre);
    const previous = parts.at(-1);
    if (part.role === 'target' && previous?.role === 'none' && joins(scanned, pre)) previous.role = 'start';
    parts.push(part);
  }
  return parts;
}

/** "30 → 45", and "NPS 30 to 45" after a verb of change: the number before is where it starts. */
function joins({ verbs, order, rest }: Scanned, pre: string): boolean {
  if (before.arrow.test(pre)) return true;
  if (holds.test(rest)) return false;
  const changes = verbs.some(({ sense }) => sense === 'up' || sense === 'down' || sense === 'neutral');
  return (
    (changes || !beginsWithWork(order)) &&
    /^\s*(?:to|(?:增加|提高|提升|降低|减少|增长)?[到至])\s*$/i.test(pre)
  );
}

function partOf(scanned: Scanned, quantity: Quantity, pre: string): Part {
  const post = textAfter(scanned, quantity);
  const part = (role: Role, said: Way | null = null): Part => ({ quantity, role, said });
  if (before.start.test(pre) || before.startLabel.test(pre)) return part('start');
  if (before.targetLabel.test(pre) || before.arrow.test(pre)) return part('target');
  if (quantity.aside) return part('aside');
  const relative = quantity.kind === 'percent' || quantity.kind === 'points' || quantity.kind === 'times';
  if (relative && quantity.sign !== null) return part('delta', quantity.sign > 0 ? 'up' : 'down');
  if (relative && after.grows.test(post)) return part('delta', 'up');
  if (relative && after.shrinks.test(post))
    return part('delta', /^\s*(?:faster|quicker)/i.test(post) ? null : 'down');
  if (before.delta.test(pre)) return part('delta');
  if (before.target.test(pre)) return part('target');
  if (before.neverAbove.test(pre)) return part('upper');
  if (before.neverBelow.test(pre)) return part('lower');
  if (before.atLeast.test(pre) || after.atLeast.test(post)) return part('lower');
  if (before.atMost.test(pre) || after.atMost.test(post)) return part('upper');
  return part('none');
}

/** Which way the words say: the verb nearest before the number, in English the one the sentence begins with. */
function wayOf(
  { verbs }: Scanned,
  quantity: Quantity,
): { said: Way | null; strict: boolean; neutral: boolean } {
  const known = verbs.filter(({ sense }) => sense === 'up' || sense === 'down');
  const near = known.filter(({ han, to }) => han && to <= quantity.from).at(-1);
  const first = near ?? known.find(({ han }) => !han) ?? known[0];
  const opening = verbs[0];
  const neutral = opening?.sense === 'neutral' && (first === undefined || !first.han);
  if (first === undefined || neutral)
    return { said: null, strict: false, neutral: verbs.some(({ sense }) => sense === 'neutral') };
  const adjacent = first.han ? quantity.from - first.to <= 12 : first.from <= 14;
  return { said: first.sense === 'up' ? 'up' : 'down', strict: adjacent, neutral: false };
}

function first(parts: readonly Part[], role: Role): Quantity | null {
  return (
    parts.find((part) => part.role === role && part.quantity.qualifier !== 'soft')?.quantity ??
    parts.find((part) => part.role === role)?.quantity ??
    null
  );
}

type Attempt = Reading | UnreadCode | null;

/** From … to …, by …, double: something moves. */
function readChange(scanned: Scanned, parts: Part[]): Attempt {
  const start = first(parts, 'start');
  const target = first(parts, 'target');
  const delta = parts.find(({ role }) => role === 'delta');
  const targets = parts.filter(({ role }) => role === 'target' || role === 'start').length;
  const deltas = parts.filter(({ role }) => role === 'delta').length;
  if (targets > 2 || deltas > 1) return 'several_targets';
  const weak = scanned.verbs.length === 0;
  if (start !== null && target !== null) {
    const { said, strict } = wayOf(scanned, target);
    return { kind: 'reach', weak: false, start, target, said, strict, gained: false, also: null };
  }
  if (delta !== undefined && target !== null && delta.quantity.kind !== 'plain') {
    const { said, strict } = wayOf(scanned, target);
    return { kind: 'reach', weak, start, target, said, strict, gained: false, also: delta.quantity.value };
  }
  // "+15 % MRR" and "a 20 % increase" say it without a verb.
  if (delta !== undefined) return readDelta(scanned, delta, start, weak && delta.said === null);
  const multiple = multipleOf(scanned);
  if (multiple !== null && target === null) {
    return {
      kind: 'change',
      weak: false,
      percent: multiple,
      mode: 'relative',
      start,
      said: multiple > 0 ? 'up' : 'down',
    };
  }
  return readBare(scanned, parts, start);
}

/** "Grow MRR 20 %", "3x revenue": a verb of change and one share, with no "by". */
function readBare(scanned: Scanned, parts: Part[], start: Quantity | null): Attempt {
  const free = parts.filter(({ role, quantity }) => role === 'none' && quantity.qualifier === null);
  const only = free[0];
  if (only === undefined || free.length > 1 || parts.some(({ role }) => role === 'target')) return null;
  const { said, neutral } = wayOf(scanned, only.quantity);
  if (said === null && !neutral) return null;
  const { kind } = only.quantity;
  if (kind !== 'percent' && kind !== 'points' && kind !== 'times') return null;
  if (beginsWithWork(scanned.order) && !promisesQuantity(scanned.order)) return null;
  return readDelta(scanned, only, start, false);
}

function readDelta(scanned: Scanned, part: Part, start: Quantity | null, weak: boolean): Attempt {
  const { quantity } = part;
  const said = part.said ?? wayOf(scanned, quantity).said;
  const shrinking = part.said === null && scanned.verbs.length === 0 && quantity.sign === null;
  if (shrinking) return null;
  const sign = said === 'down' ? -1 : 1;
  switch (quantity.kind) {
    case 'percent':
      return { kind: 'change', weak, percent: sign * quantity.value, mode: 'relative', start, said };
    case 'points':
      return { kind: 'change', weak, percent: sign * quantity.value, mode: 'points', start, said };
    case 'times': {
      // 提高3倍 adds three times as much; "by 3x" and "3x" make it three times as much.
      const grown = quantity.unitWords === '倍' ? quantity.value : quantity.value - 1;
      const percent = said === 'down' ? -100 * (1 - 1 / Math.max(quantity.value, 1)) : 100 * grown;
      return { kind: 'change', weak, percent, mode: 'relative', start, said };
    }
    case 'plain':
    case 'money':
    case 'duration': {
      const objectFollows = /^\s*(?:的|[\u3400-\u9fff]|(?:new|more|additional)\b)/.test(
        textAfter(scanned, quantity),
      );
      return { kind: 'amount', weak, by: quantity, start, said, gained: objectFollows && said !== 'down' };
    }
  }
}

/** Double, 翻一番, by half: a change without figures. In percent. */
function multipleOf({ rest }: Scanned): number | null {
  const found =
    /(?<![-\w])(double|triple|quadruple|halve|half)(?![-\w])|(翻一番|翻番|翻倍|翻一倍)|(翻两番)|(翻三倍|增长两倍)|(减半|一半)/i.exec(
      rest,
    );
  if (found === null) return null;
  const word = (found[1] ?? '').toLowerCase();
  if (word === 'double' || found[2] !== undefined) return 100;
  if (word === 'triple' || found[4] !== undefined) return 200;
  if (word === 'quadruple' || found[3] !== undefined) return 300;
  if (word === 'half') return /(?:by|in) half/i.test(rest) ? -50 : null;
  if (found[5] === '一半')
    return /(?:减少|降低|缩短|削减|下降|压缩)(?:了|到|至)?(?:原来的)?一半/.test(rest) ? -50 : null;
  return -50;
}

const holds =
  /(?<![-\w])(?:keep(?:s|ing)?|maintain(?:s|ing)?|sustain|stay(?:s|ing)?|remain(?:s)?|ensure|guarantee|limit|cap|preserve|stabili[sz]e)(?![-\w])|保持|维持|控制|稳定在|确保|保证|守住|限制|保障/i;
const holdsWithBound = /^hold(?:s|ing)?(?![-\w])/i;

/** Keep, at least, between: something stays. */
function readGuardrail(scanned: Scanned, parts: Part[]): Attempt {
  const usable = parts.filter(
    ({ role, quantity }) => role !== 'aside' && role !== 'start' && quantity.qualifier !== 'soft',
  );
  const some = usable.length > 0 ? usable : parts.filter(({ role }) => role === 'lower' || role === 'upper');
  const bounded = some.filter(({ role }) => role === 'lower' || role === 'upper');
  const moves = scanned.verbs.some(({ sense }) => sense === 'up' || sense === 'down' || sense === 'neutral');
  const held =
    holds.test(scanned.rest) || (holdsWithBound.test(withoutLead(scanned.order)) && bounded.length > 0);
  const first = some[0];
  if (first === undefined) return null;
  const none = { lower: null, upper: null, held: null };
  const range = betweenOf(scanned, some);
  if (range !== null && (held || !moves)) return { kind: 'guardrail', weak: false, ...none, ...range };
  if (held) {
    const part = bounded[0] ?? first;
    const bound = boundOf(scanned, part);
    if (bound === 'lower') return { kind: 'guardrail', weak: false, ...none, lower: part.quantity };
    if (bound === 'upper') return { kind: 'guardrail', weak: false, ...none, upper: part.quantity };
    return { kind: 'guardrail', weak: false, ...none, held: part.quantity };
  }
  const only = bounded[0];
  if (only === undefined || moves || some.some(({ role }) => role === 'target')) return null;
  if (beginsWithWork(scanned.order) && only.quantity.kind !== 'percent') return null;
  if (scanned.verbs[0]?.sense === 'reach') return null;
  // "≥ 99.9 % uptime": a bound that nothing moves to.
  const weak = only.quantity.kind === 'plain' && !speaksOfMetric(scanned);
  return { kind: 'guardrail', weak, ...none, [only.role]: only.quantity };
}

function speaksOfMetric({ subject }: Scanned): boolean {
  return /rate|nps|time|uptime|latency|incidents?|errors?|bugs?|churn|score|率|时间|时长|事故|故障|错误|缺陷|数/i.test(
    subject,
  );
}

function boundOf(scanned: Scanned, { quantity, role }: Part): 'lower' | 'upper' | null {
  if (role === 'lower' || role === 'upper') return role;
  const pre = textBefore(scanned, quantity);
  if (before.neverAbove.test(pre)) return 'upper';
  if (
    before.neverBelow.test(pre) ||
    before.atLeast.test(pre) ||
    after.atLeast.test(textAfter(scanned, quantity))
  )
    return 'lower';
  return before.atMost.test(pre) || after.atMost.test(textAfter(scanned, quantity)) ? 'upper' : null;
}

function betweenOf(scanned: Scanned, parts: Part[]): { lower: Quantity; upper: Quantity } | null {
  const ranged = parts.find(({ quantity }) => quantity.rangeTo !== null);
  if (ranged !== undefined && ranged.quantity.rangeTo !== null && holds.test(scanned.rest)) {
    return { lower: ranged.quantity, upper: { ...ranged.quantity, value: ranged.quantity.rangeTo } };
  }
  for (const [index, { quantity }] of parts.entries()) {
    const next = parts[index + 1];
    if (next === undefined || !before.between.test(textBefore(scanned, quantity))) continue;
    if (after.and.test(textBefore(scanned, next.quantity))) return { lower: quantity, upper: next.quantity };
  }
  return null;
}

/** Reach, 达到, "to 80 %": a value to be at, from wherever it is. */
function readTarget(scanned: Scanned, parts: Part[]): Attempt {
  const moved = scanned.verbs.some(({ sense }) => sense === 'up' || sense === 'down' || sense === 'neutral');
  // "Reduce refunds below 2 %": a bound that something moves to is a target.
  const bound = moved ? (first(parts, 'upper') ?? first(parts, 'lower')) : null;
  const target = first(parts, 'target') ?? bound;
  const free = parts.filter(
    ({ role, quantity }) => role !== 'aside' && role !== 'start' && quantity.qualifier === null,
  );
  const opening = scanned.verbs[0]?.sense;
  if (target !== null) {
    const { said, strict, neutral } = wayOf(scanned, target);
    const toSomebody =
      /\bto\s*$/i.test(textBefore(scanned, target)) && said === null && !neutral && opening !== 'reach';
    if (toSomebody && beginsWithWork(scanned.order)) return null;
    const gained =
      said === null &&
      opening === 'reach' &&
      ((target.kind === 'plain' && /(?:achieve|deliver|secure|达成|实现)/i.test(scanned.text)) ||
        target.kind === 'money');
    return {
      kind: 'reach',
      weak: false,
      start: first(parts, 'start'),
      target,
      said,
      strict,
      gained,
      also: null,
    };
  }
  const only = free[0];
  if (only === undefined || free.length > 1) return null;
  const share =
    only.quantity.kind === 'percent' || only.quantity.kind === 'money' || only.quantity.kind === 'duration';
  if (opening === 'reach') {
    const { said } = wayOf(scanned, only.quantity);
    const gained =
      only.quantity.kind === 'money' || (/(?:deliver|secure|have|达成|实现)/i.test(scanned.text) && !share);
    return {
      kind: 'reach',
      weak: false,
      start: null,
      target: only.quantity,
      said,
      strict: false,
      gained,
      also: null,
    };
  }
  const zero = only.quantity.value === 0 && scanned.verbs.length === 0 && !beginsWithWork(scanned.order);
  if (zero) return { kind: 'guardrail', weak: false, lower: null, upper: only.quantity, held: null };
  if (scanned.verbs.length > 0 || beginsWithWork(scanned.order) || only.quantity.kind === 'duration')
    return null;
  return share || speaksOfMetric(scanned)
    ? {
        kind: 'reach',
        weak: true,
        start: null,
        target: only.quantity,
        said: null,
        strict: false,
        gained: false,
        also: null,
      }
    : null;
}

/** Twenty interviews, once a week, "launch": work that is counted or checked off. */
function readWork(scanned: Scanned, parts: Part[]): Attempt {
  const works = beginsWithWork(scanned.order);
  const usable = parts.filter(({ role, quantity }) => role !== 'aside' && quantity.kind !== 'duration');
  const main = usable.filter(({ quantity }) => quantity.qualifier === null);
  const counted = main.find(({ quantity }) => quantity.kind === 'plain')?.quantity ?? null;
  const rhythm = rhythmOf(scanned, parts);
  if (rhythm !== null && (works || speaksOfWork(scanned.text) || counted !== null)) {
    if (counted !== null)
      return { kind: 'count', weak: !works && !speaksOfWork(scanned.text), total: counted, rhythm };
    return { kind: 'rhythm', weak: !works, rhythm, counted: null };
  }
  if (promisesQuantity(scanned.order) && !works) return null;
  const share = main.find(({ quantity }) => quantity.kind === 'percent')?.quantity;
  if (works && share !== undefined && counted === null) return readShare(scanned, share);
  const money = main.find(({ quantity }) => quantity.kind === 'money')?.quantity;
  if (money !== undefined && speaksOfGain(scanned.text) && counted === null) {
    return {
      kind: 'reach',
      weak: false,
      start: null,
      target: money,
      said: null,
      strict: false,
      gained: true,
      also: null,
    };
  }
  const plainCounts = main.filter(({ quantity }) => quantity.kind === 'plain');
  const listed = plainCounts
    .slice(1)
    .some(({ quantity }) => /(?:\band|和|与|及|,)\s*$/i.test(textBefore(scanned, quantity)));
  if (listed) return 'several_targets';
  if (counted !== null) return readCount(scanned, counted, works);
  if (main.length > 0 || !works || promisesQuantity(scanned.order)) return null;
  const soft = usable.find(({ quantity }) => quantity.qualifier === 'soft' && !quantity.article);
  if (soft !== undefined) return null;
  const steps = stepsOf(scanned.order);
  return steps.length > 1 ? { kind: 'steps', weak: false, steps } : { kind: 'done', weak: false };
}

/** A share of time that somebody introduces may be a rule or a measured share; any other share is a target. */
function readShare(scanned: Scanned, share: Quantity): Reading {
  const ofTime = /时间|时长|工时|\btime\b|hours/i.test(textAfter(scanned, share) + scanned.subject);
  if (
    ofTime &&
    /^(?:为|对|给)?.{0,24}(?:implement|introduce|set|adopt|establish|launch|provide|give|实施|引入|推行|设立|建立|落实|采用|启动|执行)/i.test(
      withoutLead(scanned.order),
    )
  ) {
    return { kind: 'policy', weak: false, share };
  }
  return {
    kind: 'reach',
    weak: false,
    start: null,
    target: share,
    said: 'up',
    strict: false,
    gained: false,
    also: null,
  };
}

function readCount(scanned: Scanned, total: Quantity, works: boolean): Attempt {
  const period = scanned.periods.find(({ adjective }) => !adjective);
  const weak = !works && !speaksOfWork(scanned.text);
  if (period === undefined) return { kind: 'count', weak, total, rhythm: null };
  const rhythm = { times: total.value, unit: period.unit, every: period.every, length: null };
  return { kind: 'rhythm', weak, rhythm, counted: total };
}

const regularWork =
  /^(?:hold|run|publish|send|host|conduct|organi[sz]e|write|do|meet|post|share|perform|give|deliver)(?![-\w])/i;

function rhythmOf(scanned: Scanned, parts: Part[]): Rhythm | null {
  const said = scanned.periods.find((period) => period.rhythm !== null);
  if (said?.rhythm != null)
    return { times: said.rhythm, unit: said.unit, every: said.every, length: said.length };
  const period = scanned.periods[0];
  if (period === undefined) return null;
  const named = scanned.text.slice(period.from, period.to);
  // "(1 per week)": the aside says how often.
  const aside = parts.find(
    ({ role, quantity }) =>
      role === 'aside' &&
      quantity.kind === 'plain' &&
      quantity.to <= period.from &&
      period.from - quantity.to < 3,
  );
  if (aside !== undefined)
    return { times: aside.quantity.value, unit: period.unit, every: period.every, length: null };
  const counted = parts.some(({ quantity }) => quantity.kind === 'plain' && quantity.qualifier === null);
  if (counted || parts.some(({ quantity }) => quantity.kind === 'percent' || quantity.kind === 'money'))
    return null;
  // "a sprint" names one, and "the monthly plan" a thing; "weekly" is a rhythm of what people hold.
  if (/^an?\s/i.test(named) || (period.adjective && !regularWork.test(withoutLead(scanned.order))))
    return null;
  return beginsWithWork(scanned.order)
    ? { times: 1, unit: period.unit, every: period.every, length: null }
    : null;
}
