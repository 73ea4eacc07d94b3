import { type Activity, firstAtOrAfter } from './model/activity.ts';
import type { Coupon, Price, PromotionCode, TaxRate } from './model/catalog.ts';
import { countUntil, type Fact } from './model/facts.ts';
import type { Model } from './model/model.ts';
import { toEpochSeconds } from './model/time.ts';

export type DumpLine =
  | {
      sandbox: true;
      company: string;
      seed: number;
      anchorDay: string;
      timeZone: string;
      until: string;
      catalog: number;
      facts: number;
      activity: number;
    }
  | ({ kind: 'price' } & Price)
  | ({ kind: 'coupon' } & Coupon)
  | ({ kind: 'tax_rate' } & TaxRate)
  | ({ kind: 'promotion_code' } & PromotionCode)
  | Fact
  | Activity;

/**
 * Writes everything that has happened and been seen by `now` as JSON lines: the prices, coupons, tax rates and promotion
 * codes that money is worked out from, billing's facts oldest first, then what people did, oldest first. The first line
 * says that it is sandbox data and how many lines of each follow, so that a cut-off file is noticed.
 */
export function dumpFacts(model: Model, now: Date, write: (line: string) => void): void {
  for (const line of dumpLines(model, now)) write(line);
}

/** The same, line by line as they are asked for. */
export function* dumpLines(model: Model, now: Date): Generator<string> {
  const nowAt = toEpochSeconds(now);
  const { seed, anchorDay, timeZone } = model;
  const facts = model.facts.slice(0, countUntil(model.facts, nowAt));
  const activity = model.activity
    .slice(0, firstAtOrAfter(model.activity, nowAt + 1))
    .filter(({ seenAt }) => seenAt <= nowAt);
  const catalog: DumpLine[] = [
    ...[...model.catalog.prices.values()].map((price) => ({ kind: 'price' as const, ...price })),
    ...[...model.catalog.coupons.values()].map((coupon) => ({ kind: 'coupon' as const, ...coupon })),
    ...[...model.catalog.taxRates.values()].map((rate) => ({ kind: 'tax_rate' as const, ...rate })),
    ...[...model.catalog.promotionCodes.values()].map((code) => ({
      kind: 'promotion_code' as const,
      ...code,
    })),
  ];
  yield text({
    sandbox: true,
    company: model.company.name,
    seed,
    anchorDay,
    timeZone,
    until: now.toISOString(),
    catalog: catalog.length,
    facts: facts.length,
    activity: activity.length,
  });
  for (const entry of catalog) yield text(entry);
  for (const fact of facts) yield text(fact);
  for (const one of activity) yield text(one);
}

const text = (line: DumpLine) => `${JSON.stringify(line)}\n`;
