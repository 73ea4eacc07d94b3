import type { Body } from '../api/client-types.ts';
import { parseAmount, parseCount, parsePercent } from './amounts.ts';
import { usageError } from './cli-error.ts';

export type GoalInput = Body<'createKeyResult'>['goal'];

/** The flags that describe a goal, as text. */
export type GoalFlags = {
  goal: string;
  from?: string;
  to?: string;
  by?: string;
  points?: boolean;
  atLeast?: string;
  atMost?: string;
  method?: string;
  checks?: string;
  steps?: string;
  perPeriod?: string;
  period?: string;
  periods?: string;
  carryOver?: boolean;
};

type GoalName = GoalInput['kind'];
type FlagName = Exclude<keyof GoalFlags, 'goal'>;

const flagOf: Record<FlagName, string> = {
  from: '--from',
  to: '--to',
  by: '--by',
  points: '--points',
  atLeast: '--at-least',
  atMost: '--at-most',
  method: '--method',
  checks: '--checks',
  steps: '--steps',
  perPeriod: '--per-period',
  period: '--period',
  periods: '--periods',
  carryOver: '--carry-over',
};

const takes: Record<GoalName, { needs: FlagName[]; allows: FlagName[] }> = {
  reach: { needs: ['to'], allows: ['from'] },
  change: { needs: ['by'], allows: ['from', 'points'] },
  accumulate: { needs: ['to'], allows: [] },
  guardrail: { needs: [], allows: ['atLeast', 'atMost', 'method', 'checks', 'from'] },
  milestone: { needs: ['steps'], allows: [] },
  recurring: { needs: ['perPeriod', 'period', 'periods'], allows: ['carryOver'] },
};

/**
 * The goal that the flags describe. A flag that belongs to another kind of goal is refused: leaving it out in
 * silence would save something else than was asked for.
 *
 * @throws CliError (exit code 2) naming the flags that are missing or do not belong
 */
export function goalOf(flags: GoalFlags): GoalInput {
  const kind = flags.goal;
  if (!isGoalName(kind)) {
    throw usageError(`There is no goal "${kind}"`, `The goals are: ${Object.keys(takes).join(', ')}.`);
  }
  checkFlags(kind, flags);
  const from = flags.from === undefined ? null : parseAmount(flags.from, '--from');
  const amount = (name: 'to' | 'atLeast' | 'atMost') => parseAmount(flags[name] ?? '', flagOf[name]);
  const count = (name: 'perPeriod' | 'periods') => parseCount(flags[name] ?? '', flagOf[name]);

  switch (kind) {
    case 'reach':
      return { kind, startValue: from, targetValue: amount('to') };
    case 'change':
      return {
        kind,
        percent: parsePercent(flags.by ?? '', '--by'),
        mode: flags.points === true ? 'points' : 'relative',
        baselineValue: from,
      };
    case 'accumulate':
      return { kind, targetValue: amount('to') };
    case 'guardrail':
      return guardrail(flags, from);
    case 'milestone':
      return { kind, steps: stepsOf(flags.steps ?? '') };
    case 'recurring':
      return {
        kind,
        perPeriod: count('perPeriod'),
        periodUnit: oneOf(flags.period ?? '', ['day', 'week', 'month', 'quarter'], '--period'),
        periods: count('periods'),
        carryOver: flags.carryOver === true,
      };
  }
}

function guardrail(flags: GoalFlags, startValue: number | null): GoalInput {
  const lower = flags.atLeast === undefined ? null : parseAmount(flags.atLeast, '--at-least');
  const upper = flags.atMost === undefined ? null : parseAmount(flags.atMost, '--at-most');
  if (lower === null && upper === null) {
    throw usageError('A guardrail goal needs a bound', 'Give --at-least, --at-most, or both.');
  }
  const methods = ['latest', 'share_of_checks', 'share_of_planned', 'distance'] as const;
  return {
    kind: 'guardrail',
    operator: lower === null ? 'at_most' : upper === null ? 'at_least' : 'between',
    lower,
    upper,
    startValue,
    ...(flags.method === undefined ? {} : { method: oneOf(flags.method, methods, '--method') }),
    ...(flags.checks === undefined ? {} : { checksPlanned: parseCount(flags.checks, '--checks') }),
  };
}

/** "Draft, Review=2": names apart by commas, each with a weight of 1 unless it says otherwise. */
function stepsOf(text: string): { name: string; weight: number; doneOnDay: null }[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(.*\S)\s*=\s*(\d+(?:\.\d+)?)$/.exec(part);
      return { name: match?.[1] ?? part, weight: Number(match?.[2] ?? 1), doneOnDay: null };
    });
}

function checkFlags(kind: GoalName, flags: GoalFlags): void {
  const { needs, allows } = takes[kind];
  const missing = needs.filter((name) => flags[name] === undefined);
  if (missing.length > 0) {
    throw usageError(`A ${kind} goal needs ${missing.map((name) => flagOf[name]).join(', ')}`);
  }
  const known: FlagName[] = [...needs, ...allows];
  const strange = (Object.keys(flagOf) as FlagName[]).filter(
    (name) => flags[name] !== undefined && !known.includes(name),
  );
  if (strange.length === 0) return;
  throw usageError(
    `${strange.map((name) => flagOf[name]).join(', ')} does not belong to a ${kind} goal`,
    `It takes ${known.map((name) => flagOf[name]).join(', ')}.`,
  );
}

function oneOf<Choice extends string>(text: string, choices: readonly Choice[], flag: string): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw usageError(`${flag} "${text}" is none of ${choices.join(', ')}`);
  return found;
}

function isGoalName(text: string): text is GoalName {
  return Object.hasOwn(takes, text);
}

/** `28d`: the last 28 days together; `month`: the last complete month; `mean` and `sum`: of the cycle so far. */
export function aggregateOf(text: string): NonNullable<Body<'createKeyResult'>['aggregate']> {
  const days = /^(\d{1,3})d$/.exec(text)?.[1];
  if (days !== undefined && Number(days) >= 1 && Number(days) <= 180) return { trailingDays: Number(days) };
  if (text === 'month') return 'last_complete_month';
  if (text === 'mean' || text === 'sum' || text === 'latest') return text;
  throw usageError(
    `"${text}" is not a span to look over`,
    'Give --over 28d (1d to 180d), month, mean, sum or latest.',
  );
}
