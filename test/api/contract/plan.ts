import type { Driver, Json } from './driver.ts';

export const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
export const idOf = (made: Json): string => String(made['id']);
export const accumulate = { kind: 'accumulate', targetValue: 10 };

/** Cycles and objectives: made, changed, put away, brought back, closed, carried over. */
export async function plan(driver: Driver): Promise<void> {
  const { done, reads, refused } = driver;
  await done('createCycle', { body: { key: 'p-now', startDay: day(-20), endDay: day(70) } });
  await reads('getCycle', { id: 'p-now' }, { startDay: day(-20), endDay: day(70) });
  await refused('createCycle', 409, 'already_exists', {
    body: { key: 'p-now', startDay: day(0), endDay: day(9) },
  });
  await refused('createCycle', 422, 'cycle_invalid', {
    body: { key: 'p-no', startDay: day(9), endDay: day(0) },
  });
  await done('updateCycle', { id: 'p-now', body: { title: 'This one' } });
  await reads('listCycles', {}, { key: 'p-now', title: 'This one' });
  await refused('updateCycle', 422, 'validation', { id: 'p-now', body: { endDay: day(-90) } });

  await done('createObjective', { body: { key: 'p-o', title: 'Plan', cycle: 'p-now' } });
  await reads('listObjectives', {}, { key: 'p-o', title: 'Plan' });
  await refused('createObjective', 409, 'already_exists', {
    body: { key: 'p-o', title: 'x', cycle: 'p-now' },
  });
  await done('updateObjective', { id: 'p-o', body: { title: 'Better plan' } });
  await reads('getObjective', { id: 'p-o' }, { title: 'Better plan' });
  await reads('listHints', { id: 'p-now' }, { objectiveKey: 'p-o' });
  await refused('archiveCycle', 409, 'in_use', { id: 'p-now' });
  await done('createObjective', { body: { key: 'p-child', title: 'Child', cycle: 'p-now', parent: 'p-o' } });
  await refused('archiveObjective', 409, 'in_use', { id: 'p-o' });
  await done('archiveObjective', { id: 'p-child' });
  await reads('listObjectives', { query: { archived: 'true' } }, { key: 'p-child' });
  await done('restoreObjective', { id: 'p-child' });
  await reads('getObjective', { id: 'p-child' }, { key: 'p-child' });
  await refused('restoreObjective', 409, 'not_archived', { id: 'p-child' });

  await done('createCycle', { body: { key: 'p-away', startDay: day(100), endDay: day(190) } });
  await done('createObjective', { body: { key: 'p-lost', title: 'Lost', cycle: 'p-away' } });
  await done('archiveObjective', { id: 'p-lost' });
  await done('archiveCycle', { id: 'p-away' });
  await reads('listCycles', { query: { archived: 'true' } }, { key: 'p-away' });
  await refused('restoreObjective', 409, 'within_archived', { id: 'p-lost' });
  await done('restoreCycle', { id: 'p-away' });
  await reads('getCycle', { id: 'p-away' }, { key: 'p-away' });
  await refused('restoreCycle', 409, 'not_archived', { id: 'p-away' });
  await done('restoreObjective', { id: 'p-lost' });

  await closed(driver);
  await daysOf(driver);
}

/** Days of a cycle that something goes by. */
async function daysOf({ done, refused }: Driver): Promise<void> {
  await done('createCycle', { body: { key: 'p-pace', startDay: day(-10), endDay: day(80) } });
  await done('createObjective', { body: { key: 'p-paced', title: 'Paced', cycle: 'p-pace' } });
  const paceCurve = { kind: 'phased', points: [{ day: day(20), progress: 0.5 }] };
  await done('createKeyResult', {
    body: {
      key: 'p-phased',
      title: 'Phased',
      objective: 'p-paced',
      goal: accumulate,
      unit: 'count',
      paceCurve,
    },
  });
  await refused('updateCycle', 409, 'pace_outside', { id: 'p-pace', body: { endDay: day(10) } });
  await done('checkIn', { id: 'p-phased', body: { value: 2 } });
  await refused('updateCycle', 409, 'days_evaluated', { id: 'p-pace', body: { startDay: day(5) } });
}

/** A cycle whose days are over, with one thing achieved and one not. */
async function closed({ done, reads, refused }: Driver): Promise<void> {
  await done('createCycle', { body: { key: 'p-old', startDay: '2020-01-01', endDay: '2020-04-01' } });
  await done('createCycle', { body: { key: 'p-next', startDay: '2020-04-01', endDay: '2020-07-01' } });
  await done('createObjective', { body: { key: 'p-ship', title: 'Ship', cycle: 'p-old' } });
  const step = (doneOnDay: string | null) => ({ name: `s${doneOnDay}`, weight: 1, doneOnDay });
  const goal = { kind: 'milestone', steps: [step('2020-02-01'), step(null)] };
  const keyResult = (key: string, more: object = {}) => ({
    key,
    title: key,
    objective: 'p-ship',
    unit: 'count',
    goal,
    ...more,
  });
  await done('createKeyResult', { body: keyResult('p-half') });
  await done('createKeyResult', { body: keyResult('p-away-kr') });
  await done('createKeyResult', { body: keyResult('p-lost-kr') });
  await done('createValuesMetric', { body: { key: 'p-stock', kind: 'stock', unit: 'count' } });
  await done('createFormula', { body: { key: 'p-twice', formula: '`p-stock` * 2' } });
  await done('createKeyResult', {
    body: keyResult('p-def', {
      goal: { kind: 'reach', startValue: 1, targetValue: 5 },
      metric: 'p-twice',
      unit: undefined,
    }),
  });
  await done('archiveKeyResult', { id: 'p-away-kr' });
  await done('archiveObjective', { id: 'p-ship' });
  await refused('restoreKeyResult', 409, 'within_archived', { id: 'p-away-kr' });
  await done('restoreObjective', { id: 'p-ship' });
  await done('createObjective', { body: { key: 'p-gone', title: 'Gone', cycle: 'p-old' } });
  await done('archiveObjective', { id: 'p-gone' });
  const reach = { kind: 'reach', startValue: 1, targetValue: 5 };
  await done('createKeyResult', { body: keyResult('p-blind', { goal: reach }) });
  await done('changeMetric', { id: 'p-twice', body: { formula: '`p-stock` * 3', reason: 'as agreed' } });
  await refused('carryOver', 409, 'cycle_open', { id: 'p-old', body: { to: 'p-next' } });
  await refused('closeCycle', 409, 'cycle_open', { id: 'p-old', body: {} });
  await refused('closeCycle', 409, 'cycle_runs', { id: 'p-now', body: {} });
  await refused('closeCycle', 422, 'reason_missing', { id: 'p-old', body: { asIs: true } });
  await refused('getScorecard', 404, 'not_found', { id: 'p-old' });
  await done('closeCycle', { id: 'p-old', body: { asIs: true, reason: 'nobody measured it' } });
  await reads('getScorecard', { id: 'p-old' }, { reason: 'nobody measured it' });
  await refused('closeCycle', 409, 'cycle_closed', { id: 'p-old', body: {} });

  const half = { id: 'p-half' };
  const shut: [string, object][] = [
    ['createKeyResult', { body: keyResult('p-late') }],
    ['createObjective', { body: { key: 'p-late', title: 'Late', cycle: 'p-old' } }],
    ['updateCycle', { id: 'p-old', body: { endDay: '2020-05-01' } }],
    ['updateObjective', { id: 'p-ship', body: { title: 'Other' } }],
    ['archiveObjective', { id: 'p-ship' }],
    ['restoreObjective', { id: 'p-gone' }],
    ['updateKeyResult', { ...half, body: { title: 'Other' } }],
    ['archiveKeyResult', half],
    ['restoreKeyResult', { id: 'p-away-kr' }],
    ['bindKeyResult', { ...half, body: { metric: 'revenue' } }],
    ['unbindKeyResult', half],
    ['previewBinding', { ...half, body: { source: { kind: 'metric', metric: 'revenue' } } }],
    ['measureKeyResult', { ...half, body: { connection: 'shop', metric: 'mrr' } }],
    ['setBaseline', { id: 'p-blind', body: { value: 1, reason: 'as agreed' } }],
    ['overrideValue', { ...half, body: { value: 1, untilDay: day(3), reason: 'as counted' } }],
    ['setGuard', { ...half, body: { metric: 'revenue', operator: 'at_least', bound: 1 } }],
    ['removeGuard', half],
    ['acceptDefinition', { id: 'p-def', body: {} }],
    ['checkIn', { ...half, body: { value: 1 } }],
    ['tickStep', { ...half, body: { step: 'snull', done: true } }],
    ['setCadence', { ...half, body: { everyDays: 7 } }],
    ['createInitiative', { ...half, body: { title: 'More', startDay: '2020-02-01' } }],
    ['importText', { body: { text: 'Objective: P\n- Hold 3 talks', cycle: 'p-old' } }],
  ];
  for (const [name, ask] of shut) await refused(name, 409, 'cycle_closed', ask);

  await done('carryOver', { id: 'p-old', body: { to: 'p-next', keyResults: ['p-half'] } });
  await reads(
    'getBoard',
    { query: { cycle: 'p-next' } },
    { objectives: [{ keyResults: [{ key: 'p-half.p-next' }] }] },
  );
  await refused('carryOver', 409, 'cycle_closed', { id: 'p-old', body: { to: 'p-old' } });
  // What it would be called is taken by something that was put away.
  await done('createObjective', { body: { key: 'p-other', title: 'Other', cycle: 'p-next' } });
  await done('createKeyResult', { body: { ...keyResult('p-blind.p-next'), objective: 'p-other' } });
  await refused('carryOver', 409, 'already_exists', {
    id: 'p-old',
    body: { to: 'p-next', keyResults: ['p-blind'] },
  });
}

/** A plan out of a text. */
export async function textImport({ done, reads, refused }: Driver): Promise<void> {
  const text = 'Objective: Speak more\n- Hold 3 talks';
  await reads('readTextDrafts', { body: { text, cycle: 'p-now' } }, { counts: { objectives: 1 } });
  await done('importText', { body: { text, cycle: 'p-now' } });
  await reads('listObjectives', {}, { title: 'Speak more' });
  const said = (more: object, what = 'Objective: Other\n- Hold 3 talks') => ({
    body: { text: what, cycle: 'p-now', ...more },
  });
  await refused('importText', 409, 'already_imported', said({}, text));
  await refused('importText', 422, 'nothing_found', said({}, 'Just some prose about the weather.'));
  await refused(
    'importText',
    422,
    'drafts_invalid',
    said({}, 'Objective: P\n- Reduce churn from 5% by 10 percentage points'),
  );
  await refused('importText', 422, 'objective_missing', said({}, '- Hold 3 talks'));
  await refused('importText', 422, 'other_cycle', said({ objective: 'p-lost' }, '- Hold 4 talks'));
  await refused(
    'importText',
    422,
    'questions_open',
    said({}, 'Objective: P\n- Increase referral revenue from $1k to $5k'),
  );
}
