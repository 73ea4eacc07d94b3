import type { ExchangeRecord } from './ports.ts';

/** The first and the last requests of a walk, and what failed, tell what there is to tell; a backfill makes thousands. */
const KEPT_AT_EACH_END = 30;
const KEPT_FAILURES = 20;

/** Some requests of many, from both ends, and what failed between them. */
export function createExcerpt(what: string) {
  const first: ExchangeRecord[] = [];
  const failed: ExchangeRecord[] = [];
  let newest: ExchangeRecord[] = [];
  let count = 0;
  const kept = (): ExchangeRecord[] => [...first, ...failed, ...newest];
  const add = (exchange: ExchangeRecord): void => {
    count += 1;
    if (first.length < KEPT_AT_EACH_END) {
      first.push(exchange);
      return;
    }
    newest.push(exchange);
    if (newest.length <= KEPT_AT_EACH_END) return;
    const [oldest, ...others] = newest;
    newest = others;
    if (oldest !== undefined && isFailed(oldest) && failed.length < KEPT_FAILURES) failed.push(oldest);
  };
  return {
    add: (exchanges: readonly ExchangeRecord[]): void => exchanges.forEach(add),
    kept,
    unlisted: (): number => count - kept().length,
    notes(): string[] {
      const left = count - kept().length;
      return left === 0
        ? []
        : [`${what}: ${count} requests, ${left} between the first and the last are not listed`];
    },
  };
}

function isFailed({ error, status }: ExchangeRecord): boolean {
  return error !== undefined || status === null || status >= 400;
}
