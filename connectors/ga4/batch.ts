import { begunDays, ConnectorError } from '../sdk/index.ts';
import type { Answer } from './answer.ts';
import type { Ga4Client } from './client.ts';
import { isRefusedQuestion } from './errors.ts';
import { groupKey, type ReportPlan } from './plan.ts';
import { readReports } from './report.ts';
import { needsSingleDays, readSingleDays } from './single-days.ts';

type Outcome<T> = { value: T } | { error: ConnectorError };
/** What each group of names of one report came to. */
type Groups = Map<string, Outcome<Answer>>;
/** The reports of one batch, in order. */
export type BatchOutcome = { reports: Groups[]; notes: string[] };

/** One request for all the reports; more only where pages, doubts or a refusal ask for them. */
export async function readBatch(client: Ga4Client, plans: ReportPlan[], now: Date): Promise<BatchOutcome> {
  const reports: Groups[] = [];
  for (const [at, groups] of (await readAll(client, plans)).entries()) {
    const plan = plans[at];
    if (plan !== undefined) reports.push(await withoutDoubt(client, groups, plan, now));
  }
  return { reports, notes: client.notes() };
}

/**
 * Google refuses a whole batch for one bad name. Then each report is asked for alone, and of the bad one each group, so
 * that the one bad question fails and no other.
 */
async function readAll(client: Ga4Client, plans: ReportPlan[]): Promise<Groups[]> {
  const read = await attempt(() => readReports(client, plans));
  if ('value' in read) return read.value.map((value, at) => toAll(plans[at], { value }));
  const [first] = plans;
  const divisible = plans.length > 1 || (first?.groups.length ?? 0) > 1;
  if (!divisible || !isRefusedQuestion(read.error)) return plans.map((plan) => toAll(plan, read));
  const parts: Groups[] = [];
  for (const plan of plans) {
    parts.push(...(plans.length > 1 ? await readAll(client, [plan]) : [await readGroups(client, plan)]));
  }
  return parts;
}

async function readGroups(client: Ga4Client, plan: ReportPlan): Promise<Groups> {
  const parts: Groups[] = [];
  for (const group of plan.groups) parts.push(...(await readAll(client, [{ ...plan, groups: [group] }])));
  return new Map(parts.flatMap((part) => [...part]));
}

function toAll(plan: ReportPlan | undefined, outcome: Outcome<Answer>): Groups {
  return new Map((plan?.groups ?? []).map((group) => [groupKey(group), outcome]));
}

/** Each doubtful answer is asked for again once, however many groups it serves. */
async function withoutDoubt(client: Ga4Client, groups: Groups, plan: ReportPlan, now: Date): Promise<Groups> {
  const days = daysOfPlan(plan, now);
  const cleared = new Map<Answer, Outcome<Answer>>();
  for (const outcome of groups.values()) {
    if ('error' in outcome || cleared.has(outcome.value)) continue;
    const { value } = outcome;
    const sure = needsSingleDays(value)
      ? await attempt(() => readSingleDays(client, value, days, plan))
      : { value };
    cleared.set(value, sure);
  }
  return new Map(
    [...groups].map(([key, outcome]) => [
      key,
      'error' in outcome ? outcome : (cleared.get(outcome.value) ?? outcome),
    ]),
  );
}

function daysOfPlan({ startDay, lastDay, timeZone }: ReportPlan, now: Date): string[] {
  const dayAfter = new Date(Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return begunDays({ startDay, endDay: dayAfter, timeZone }, now);
}

async function attempt<T>(read: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof ConnectorError) return { error };
    throw error;
  }
}
