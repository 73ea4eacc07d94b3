import { describe, expect, it } from 'vitest';
import { alertStep, configOf, nearestRule } from '../../src/app/alert-step.ts';
import type { EvaluationInput, StoredMachine } from '../../src/app/evaluation.ts';
import type { AlertRuleRecord } from '../../src/app/ports.ts';
import { quietAlert } from '../../src/domain/alert.ts';
import type { Evaluation } from '../../src/domain/snapshot.ts';

const rule = (change: Partial<AlertRuleRecord> = {}): AlertRuleRecord => ({
  id: 'rul_1',
  workspaceId: 'wsp_1',
  objectiveId: null,
  keyResultId: null,
  kind: 'off_track',
  forEvaluations: 3,
  keepFiringEvaluations: 5,
  fireBelow: 0.25,
  clearAbove: 0.45,
  repeatDays: 7,
  enabled: true,
  ...change,
});
const reason = { code: 'far_behind_pace', values: {} };
const today = '2026-08-12';

type Known = Partial<Pick<EvaluationInput, 'machine' | 'openAlert' | 'rules'>> & { version?: number };
// The step reads no more of its input and of the evaluation than what is given here.
const input = ({ version = 1, ...known }: Known = {}): EvaluationInput =>
  ({
    keyResult: { version },
    machine: null,
    openAlert: null,
    rules: [rule()],
    ...known,
  }) as unknown as EvaluationInput;
type Judged = { status?: string; smoothed?: number; raw?: number; weekAgo?: number; step?: string };
const evaluation = ({ raw, smoothed, status = 'off_track', step, weekAgo }: Judged = {}): Evaluation =>
  ({
    asOfDay: today,
    status,
    statusReason: reason,
    dataState: 'fresh',
    outlook:
      smoothed === undefined
        ? null
        : {
            chance: {
              asOfDay: today,
              smoothed,
              raw: raw ?? smoothed,
              trail: weekAgo === undefined ? [] : [['2026-08-05', weekAgo]],
            },
            forecast: step === undefined ? { available: false } : { available: true, inputs: { step } },
          },
  }) as unknown as Evaluation;
const machine = (change: Partial<StoredMachine>): StoredMachine => ({
  ...quietAlert,
  version: 1,
  lastTickDay: '2026-08-11',
  ...change,
});
const open = { id: 'alr_1', episode: 4 };
const aboutToFire = { machine: machine({ phase: 'pending', ticks: 2, episode: 4 }), openAlert: open };

describe('the rule', () => {
  const [workspace, objective, keyResult] = [
    rule(),
    rule({ id: 'rul_2', objectiveId: 'obj_1' }),
    rule({ id: 'rul_3', keyResultId: 'kr_1' }),
  ];
  it.each([
    { rules: [], nearest: null, why: 'is none where there is none' },
    { rules: [workspace, objective], nearest: 'rul_2', why: 'of the objective goes before the workspace’s' },
    { rules: [keyResult, objective, workspace], nearest: 'rul_3', why: 'of the Key Result goes before all' },
    {
      rules: [workspace, rule({ id: 'rul_9' })],
      nearest: 'rul_9',
      why: 'that is newest goes before its equals',
    },
  ])('$why', ({ nearest, rules }) => {
    expect(nearestRule(rules)?.id ?? null).toBe(nearest);
  });

  it.each([
    { step: 'day', counts: [3, 5] },
    { step: 'hour', counts: [3, 5] },
    { step: 'week', counts: [1, 1] },
    { step: 'month', counts: [1, 1] },
  ] as const)('counts days, which are $counts evaluations of a $step each', ({ counts, step }) => {
    const { forEvaluations, keepFiringEvaluations } = configOf(rule(), step);
    expect([forEvaluations, keepFiringEvaluations]).toEqual(counts);
  });

  it('of ten days is two evaluations of a weekly series', () => {
    expect(configOf(rule({ forEvaluations: 10 }), 'week').forEvaluations).toBe(2);
  });

  it('fires a weekly series on its first bad week', () => {
    const weekly = alertStep(input(), evaluation({ smoothed: 0.2, step: 'week' }));
    expect(weekly.alert).toMatchObject({ state: 'firing', firedDay: today });
    const daily = alertStep(input(), evaluation({ smoothed: 0.2, step: 'day' }));
    expect(daily.alert).toMatchObject({ state: 'pending', firedDay: null });
  });

  it('that is switched off moves nothing', () => {
    const before = machine({ phase: 'firing', episode: 4 });
    expect(alertStep(input({ rules: [], machine: before, openAlert: open }), evaluation())).toEqual({
      machine: before,
      alert: null,
    });
  });
});

describe('the episode', () => {
  it('that opens gets a new alert, with the rule and the reason', () => {
    const { alert } = alertStep(input(), evaluation());
    expect(alert).toMatchObject({
      ruleId: 'rul_1',
      kind: 'off_track',
      episode: 1,
      state: 'pending',
      severity: 'warning',
      reason,
    });
    expect(alert?.id).toMatch(/^alr_/);
  });

  it('that goes on keeps its alert', () => {
    expect(alertStep(input(aboutToFire), evaluation()).alert).toMatchObject({
      id: 'alr_1',
      episode: 4,
      state: 'firing',
      firedDay: today,
    });
  });

  it.each([
    { status: 'achieved', state: 'resolved', why: 'the goal was met' },
    { status: 'missed', state: 'closed', why: 'it was missed' },
  ])('is $state when $why', ({ state, status }) => {
    const firing = { machine: machine({ phase: 'firing', episode: 4 }), openAlert: open };
    expect(alertStep(input(firing), evaluation({ status })).alert).toMatchObject({
      id: 'alr_1',
      state,
      resolvedDay: today,
    });
  });

  it('is firing still while its recovery does not last', () => {
    const firing = { machine: machine({ phase: 'firing', episode: 4 }), openAlert: open };
    const step = alertStep(input(firing), evaluation({ status: 'on_track' }));
    expect(step.machine.phase).toBe('recovering');
    expect(step.alert).toMatchObject({ state: 'firing', resolvedDay: null });
  });

  it('that did not hold ends unseen', () => {
    const step = alertStep(input(aboutToFire), evaluation({ status: 'on_track' }));
    expect(step.alert).toMatchObject({ id: 'alr_1', state: 'closed', firedDay: null });
  });

  it('is none while all is well', () => {
    expect(alertStep(input(), evaluation({ status: 'on_track' })).alert).toBeNull();
  });

  it('ends without a message when the promise has changed, and the machine notes its new version', () => {
    const firing = { machine: machine({ phase: 'firing', episode: 4 }), openAlert: open, version: 2 };
    const step = alertStep(input(firing), evaluation());
    expect(step.alert).toMatchObject({ id: 'alr_1', episode: 4, state: 'closed' });
    expect(step.machine).toMatchObject({ phase: 'closed', version: 2 });
  });

  it('goes on where an older version of Tidemark has not noted a version', () => {
    const { version: _none, ...unversioned } = aboutToFire.machine;
    const step = alertStep(input({ ...aboutToFire, machine: unversioned, version: 2 }), evaluation());
    expect(step.alert).toMatchObject({ state: 'firing' });
  });
});

// Critical: smoothed and raw chance both below 0.10. A fall within a week is none of its own; see `severity.ts`.
describe('the severity', () => {
  it.each([
    { judged: {}, severity: 'warning', why: 'the pace rule judged' },
    { judged: { smoothed: 0.2 }, severity: 'warning', why: 'some chance is left' },
    { judged: { smoothed: 0.09, raw: 0.09 }, severity: 'critical', why: 'hardly any chance is left' },
    { judged: { smoothed: 0.09, raw: 0.11 }, severity: 'warning', why: 'the newest day gives some hope' },
    { judged: { smoothed: 0.11, raw: 0.01 }, severity: 'warning', why: 'only the newest day is hopeless' },
    { judged: { smoothed: 0.2, weekAgo: 0.9 }, severity: 'warning', why: 'it fell, and some chance is left' },
  ])('is $severity when $why', ({ judged, severity }) => {
    expect(alertStep(input(aboutToFire), evaluation(judged)).alert).toMatchObject({
      state: 'firing',
      severity,
    });
  });
});
