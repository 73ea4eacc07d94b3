import { countUntil, type Fact } from './model/facts.ts';
import type { Model } from './model/model.ts';
import { toEpochSeconds } from './model/time.ts';

export type DumpLine =
  | { sandbox: true; company: string; seed: number; anchorDay: string; until: string; facts: number }
  | Fact;

/**
 * Writes everything that has happened by `now` as JSON lines, oldest first. The first line says that it is sandbox
 * data and how many lines follow, so that a cut-off file is noticed.
 */
export function dumpFacts(model: Model, now: Date, write: (line: string) => void): void {
  const count = countUntil(model.facts, toEpochSeconds(now));
  const { seed, anchorDay } = model;
  const print = (line: DumpLine) => write(`${JSON.stringify(line)}\n`);
  const until = now.toISOString();
  print({ sandbox: true, company: model.company.name, seed, anchorDay, until, facts: count });
  for (const fact of model.facts.slice(0, count)) print(fact);
}
