import { acmeCatalog } from './acme-catalog.ts';
import type { Activity } from './activity.ts';
import { BILLING_AHEAD_SECONDS, playAudience } from './audience.ts';
import type { Catalog } from './catalog.ts';
import { ACME, type Company, type ModelOptions } from './company.ts';
import type { Simulation } from './context.ts';
import { countUntil, type Fact, inOrder } from './facts.ts';
import { playDeposit, playSales } from './sales.ts';
import { playFounders, playSignups } from './signups.ts';
import { playSpecialCases } from './special-cases.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds } from './time.ts';

/** A company and all that happened to its money, oldest first. */
export type Billing = {
  seed: number;
  anchorDay: string;
  timeZone: string;
  company: Company;
  catalog: Catalog;
  facts: readonly Fact[];
};

/** The same with what people did. */
export type Model = Billing & {
  activity: readonly Activity[]; // oldest first by `at`, whenever it was seen
};

/**
 * Plays the company from its anchor day up to an instant (that second included). What happened on a day
 * depends on the seed, the anchor and the day alone: a later `untilAt` adds and changes nothing.
 */
export function buildModel(options: ModelOptions, untilAt: EpochSeconds): Model {
  const ahead = buildBilling(options, untilAt + BILLING_AHEAD_SECONDS);
  const { seed, company, anchorDay } = ahead;
  const stretch = { seed, company, anchorAt: dayStart(anchorDay), untilAt };
  const facts = ahead.facts.slice(0, countUntil(ahead.facts, untilAt));
  return { ...ahead, facts, activity: playAudience(stretch, ahead.facts) };
}

/** The money alone, for those who need no more: half the work. */
export function buildBilling(options: ModelOptions, untilAt: EpochSeconds): Billing {
  const { seed, anchorDay, timeZone = 'UTC' } = options;
  const company = { ...ACME, ...options.company };
  const anchorAt = dayStart(anchorDay);
  const catalog = acmeCatalog(anchorAt);
  const facts: Fact[] = [];
  const emit = (fact: Fact) => {
    if (fact.at <= untilAt) facts.push(fact);
  };
  const simulation: Simulation = { seed, company, catalog, anchorAt, untilAt, emit };
  if (anchorAt <= untilAt) {
    playFounders(simulation);
    playSpecialCases(simulation);
  }
  for (let dayAt = anchorAt; dayAt <= untilAt; dayAt += DAY_SECONDS) {
    playSignups(simulation, dayAt);
    playSales(simulation, dayAt);
    playDeposit(simulation, dayAt);
  }
  return { seed, anchorDay, timeZone, company, catalog, facts: inOrder(facts) };
}
