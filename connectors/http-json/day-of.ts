import { localDay } from '../sdk/index.ts';
import type { DayAs } from './question.ts';

/** The day that an item is about, and its instant where it has one. */
export type DayFound =
  | { day: string; at: number | null }
  | 'passed_over'
  | { wrong: unknown; wanted: string };

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/;
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;
/** In milliseconds: seconds that are taken for milliseconds lie before, and the other way round far behind. */
const [EARLIEST, LATEST] = [Date.UTC(1990, 0, 1), Date.UTC(2200, 0, 1)];

/** `day_end`: an instant tells the day that ends with it; any other is passed over. */
export function dayOf(value: unknown, as: DayAs, instants: 'in_day' | 'day_end', timeZone: string): DayFound {
  if (as === 'date') {
    const day = typeof value === 'string' ? DATE.exec(value)?.[1] : undefined;
    const exists = day !== undefined && new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day;
    return exists ? { day, at: null } : { wrong: value, wanted: 'a day such as 2026-03-01' };
  }
  const at = instantOf(value, as);
  if (at === null) {
    const wanted = {
      instant: 'an instant with its zone such as 2026-03-01T00:00:00Z',
      unix: 'seconds since 1970',
      unix_ms: 'milliseconds since 1970',
    }[as];
    return { wrong: value, wanted };
  }
  if (instants === 'in_day') return { day: localDay(at, timeZone), at };
  const day = localDay(at - 1, timeZone);
  return day === localDay(at, timeZone) ? 'passed_over' : { day, at };
}

function instantOf(value: unknown, as: Exclude<DayAs, 'date'>): number | null {
  const ms =
    as === 'instant'
      ? typeof value === 'string' && INSTANT.test(value)
        ? Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
        : Number.NaN
      : numberOf(value) * (as === 'unix' ? 1_000 : 1);
  return ms >= EARLIEST && ms < LATEST ? Math.floor(ms) : null;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,16}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}
