import { type EpochSeconds, HOUR_SECONDS } from '../model/time.ts';
import { exportLimit, queryLimit, type Refusal } from './errors.ts';

export type Door = 'queries' | 'exports';

/** What was asked behind one door since the server started, whether it was let in or not. */
export type DoorUsage = { asked: number; refused: number; mostInAnHour: number; mostAtOnce: number };
export type Usage = Record<Door, DoorUsage>;

export type Arrival = { door: Door; projectId: number; now: EpochSeconds; request: string };

export type Limits = {
  /** Takes a place; the answer gives it back. @throws Refusal (429) when there is none */
  enter(arrival: Arrival): () => void;
  usage(): Usage;
};

const RULES = {
  queries: { perHour: 60, atOnce: 5, perSecond: Number.POSITIVE_INFINITY },
  exports: { perHour: 60, atOnce: 100, perSecond: 3 },
};

/** A query that found all places taken is told how soon one may be free; an hour's budget never says. */
const BUSY_SECONDS = '5';

type Book = {
  asked: EpochSeconds[];
  let: EpochSeconds[];
  letMs: number[];
  running: number;
  usage: DoorUsage;
};

/**
 * The project's limits. Hours go by the sandbox's clock, so that a moved clock frees a budget; the second of an
 * export goes by the computer's.
 */
export function newLimits(monotonicMs: () => number): Limits {
  const books: Record<Door, Book> = { queries: emptyBook(), exports: emptyBook() };
  return {
    enter(arrival) {
      const book = books[arrival.door];
      const nowMs = monotonicMs();
      book.letMs = book.letMs.filter((at) => at > nowMs - 1_000);
      note(book, arrival.now);
      const refused = refusalOf(book, arrival);
      if (refused !== null) {
        book.usage.refused += 1;
        throw refused;
      }
      book.let.push(arrival.now);
      book.letMs.push(nowMs);
      book.running += 1;
      let left = false;
      return () => {
        if (!left) book.running -= 1;
        left = true;
      };
    },
    usage: () => ({ queries: { ...books.queries.usage }, exports: { ...books.exports.usage } }),
  };
}

function emptyBook(): Book {
  const usage = { asked: 0, refused: 0, mostInAnHour: 0, mostAtOnce: 0 };
  return { asked: [], let: [], letMs: [], running: 0, usage };
}

function note(book: Book, now: EpochSeconds): void {
  book.asked = [...book.asked, now].filter((at) => at > now - HOUR_SECONDS);
  book.let = book.let.filter((at) => at > now - HOUR_SECONDS);
  book.usage.asked += 1;
  book.usage.mostInAnHour = Math.max(book.usage.mostInAnHour, lastHour(book.asked, now));
  book.usage.mostAtOnce = Math.max(book.usage.mostAtOnce, book.running + 1);
}

/** A clock that was set back leaves calls in the future, which do not count. */
function lastHour(calls: readonly EpochSeconds[], now: EpochSeconds): number {
  return calls.filter((at) => at <= now).length;
}

function refusalOf(book: Book, { door, projectId, now, request }: Arrival): Refusal | null {
  const rule = RULES[door];
  const inLastHour = lastHour(book.let, now) + 1;
  const atOnce = book.running + 1;
  if (door === 'exports') {
    const over = inLastHour > rule.perHour || atOnce > rule.atOnce || book.letMs.length >= rule.perSecond;
    return over ? exportLimit() : null;
  }
  if (inLastHour > rule.perHour) return queryLimit(request, { projectId, atOnce, inLastHour });
  if (atOnce <= rule.atOnce) return null;
  return queryLimit(request, { projectId, atOnce, inLastHour }, { 'retry-after': BUSY_SECONDS });
}
