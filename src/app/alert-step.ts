import {
  type AlertConfig,
  type AlertEvent,
  type AlertState,
  quietAlert,
  redefined,
  step,
} from '../domain/alert.ts';
import type { ForecastStep } from '../domain/forecast/types.ts';
import { severityOf } from '../domain/severity.ts';
import type { Evaluation } from '../domain/snapshot.ts';
import type { EvaluationInput, EvaluationOutput } from './evaluation.ts';
import { newId } from './ids.ts';
import type { AlertRuleRecord } from './ports.ts';

type Stepped = Pick<EvaluationOutput, 'machine' | 'alert'>;

/** Moves the alert of a Key Result by one evaluation, by the rule that is nearest to it. */
export function alertStep(input: EvaluationInput, evaluation: Evaluation): Stepped {
  const { version } = input.keyResult;
  const before = input.machine ?? quietAlert;
  const rule = nearestRule(input.rules);
  if (rule === null) return { machine: { ...before, version }, alert: null };
  const { asOfDay, dataState, outlook, status } = evaluation;
  const chance = outlook?.chance ?? null;
  const config = configOf(rule, stepOf(evaluation));
  const isNew = input.machine?.version !== undefined && input.machine.version !== version;
  const begun =
    isNew && asOfDay !== null ? redefined(before, asOfDay, config) : { state: before, events: [] };
  const judged = { asOfDay, status, dataState, chance: chance?.smoothed ?? null };
  const { state, events } = step(begun.state, judged, config);
  const alert = episodeOf(input, before, state, rule, [...begun.events, ...events]);
  return {
    machine: { ...state, version },
    alert:
      alert === null ? null : { ...alert, severity: severityOf(chance), reason: evaluation.statusReason },
  };
}

/** The rule of the Key Result itself goes before its objective's, and that before the workspace's; of equals the newest. */
export function nearestRule(rules: AlertRuleRecord[]): AlertRuleRecord | null {
  return (
    rules.findLast((rule) => rule.keyResultId !== null) ??
    rules.findLast((rule) => rule.objectiveId !== null) ??
    rules.at(-1) ??
    null
  );
}

const WEEK_DAYS = 7;

/** Counts are stated in days; a series that is evaluated once a week or month needs fewer of its own. */
export function configOf(rule: Omit<AlertConfig, never>, stepSize: ForecastStep): AlertConfig {
  const { clearAbove, fireBelow, forEvaluations, keepFiringEvaluations } = rule;
  const days = stepSize === 'week' ? WEEK_DAYS : stepSize === 'month' ? 30 : 1;
  return {
    fireBelow,
    clearAbove,
    forEvaluations: Math.ceil(forEvaluations / days),
    keepFiringEvaluations: Math.ceil(keepFiringEvaluations / days),
  };
}

function stepOf({ outlook }: Evaluation): ForecastStep {
  return outlook?.forecast.available === true ? outlook.forecast.inputs.step : 'day';
}

function episodeOf(
  input: EvaluationInput,
  before: AlertState,
  after: AlertState,
  rule: AlertRuleRecord,
  events: AlertEvent[],
): Omit<NonNullable<EvaluationOutput['alert']>, 'severity' | 'reason'> | null {
  const open = input.openAlert;
  if (after.episode === before.episode && open === null) return null;
  const id = open !== null && open.episode === after.episode ? open.id : newId('alr');
  const states = {
    // A breach that did not hold long enough to fire ends unseen.
    normal: 'closed',
    pending: 'pending',
    firing: 'firing',
    recovering: 'firing',
    resolved: 'resolved',
    closed: events.some(({ kind }) => kind === 'recovered') ? 'resolved' : 'closed',
  } as const;
  const dayOf = (kinds: AlertEvent['kind'][]): string | null =>
    events.find(({ kind }) => kinds.includes(kind))?.day ?? null;
  return {
    id,
    ruleId: rule.id,
    kind: 'off_track',
    episode: after.episode,
    state: states[after.phase],
    firedDay: dayOf(['fired']),
    resolvedDay: dayOf(['recovered', 'closed']),
  };
}
