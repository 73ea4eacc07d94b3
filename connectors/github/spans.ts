import type { z } from 'zod';
import { mergeCompleteness } from '../sdk/index.ts';
import type { GitHubClient, Params } from './client.ts';
import { badAnswer, tooMany } from './errors.ts';
import { type Listed, walkLinks } from './pages.ts';

/** GitHub lists no more than this of one question, whatever its total says. */
const CAP = 1_000;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** Instants of whole seconds, `[fromMs, toMs)`. */
export type Span = { fromMs: number; toMs: number };
type Counted = { total_count: number };

export type SpanWalk<Answer extends Counted, Item> = {
  client: GitHubClient;
  signal: AbortSignal;
  path: string;
  asked: string;
  schema: z.ZodType<Answer>;
  paramsOf(range: string): Params;
  itemsOf(answer: Answer): Item[];
  keyOf(item: Item): number;
  look?(answer: Answer): void;
  /** Questions allowed, so that one metric does not use up what others need. */
  maxSpans: number;
};

/**
 * Everything of a span of time. Where GitHub has more than it lists, the span is cut into halves, of whole days as long as
 * it has several; what comes is held against the total that was told.
 *
 * @throws ConnectorError `too_large` when a second holds more than is listed or too many questions are needed,
 *   `bad_payload` when less came than was counted
 */
export async function walkSpans<Answer extends Counted, Item>(
  walk: SpanWalk<Answer, Item>,
  span: Span,
): Promise<Listed<Item>> {
  const found = new Map<number, Item>();
  const proofs = [];
  const open = [span];
  for (let asked = 1; ; asked += 1) {
    const next = open.shift();
    if (next === undefined) break;
    if (asked > walk.maxSpans) {
      const hint = 'Shorten the history of this metric or narrow what it counts.';
      throw tooMany('too_many_spans', `GitHub has more of ${walk.asked} than can be read at once. ${hint}`);
    }
    const part = await walkOne(walk, next);
    if (part === null) {
      open.unshift(...cut(next, walk.asked));
      continue;
    }
    for (const item of part.items) found.set(walk.keyOf(item), item);
    proofs.push(part.completeness);
  }
  return {
    items: [...found.values()],
    completeness: { ...mergeCompleteness(...proofs), items: found.size },
  };
}

/** One question to its end; null when GitHub would not list all of it. */
async function walkOne<Answer extends Counted, Item>(
  walk: SpanWalk<Answer, Item>,
  span: Span,
): Promise<Listed<Item> | null> {
  let total = 0;
  try {
    const listed = await walkLinks({
      ...walk,
      params: walk.paramsOf(rangeOf(span)),
      look(answer) {
        walk.look?.(answer);
        total = answer.total_count;
        if (total > CAP) throw new OverCap();
      },
    });
    if (listed.items.length < total) {
      const problem = `counted ${total} of ${walk.asked} and listed ${listed.items.length}`;
      throw badAnswer('list_cut_off', problem);
    }
    return listed;
  } catch (error) {
    if (error instanceof OverCap) return null;
    throw error;
  }
}

/** Stops a walk whose first page already says that it cannot be whole. */
class OverCap extends Error {}

/** Both ends are inclusive for GitHub, to the second. */
function rangeOf({ fromMs, toMs }: Span): string {
  return `${written(fromMs)}..${written(toMs - SECOND_MS)}`;
}

const written = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Two halves, of whole days where there are any. */
function cut({ fromMs, toMs }: Span, asked: string): Span[] {
  if (toMs - fromMs <= SECOND_MS) {
    throw tooMany('too_many_in_a_second', `GitHub has more than ${CAP} of ${asked} in one second.`);
  }
  const unitMs = toMs - fromMs >= 2 * DAY_MS ? DAY_MS : SECOND_MS;
  const half = Math.max(1, Math.floor((toMs - fromMs) / 2 / unitMs));
  const middleMs = fromMs + half * unitMs;
  return [
    { fromMs, toMs: middleMs },
    { fromMs: middleMs, toMs },
  ];
}
