import type { Driver } from './driver.ts';
import { accumulate, day, idOf } from './plan.ts';

/** The most that one Key Result can have. */
const LINKS = 20;
const reach = { kind: 'reach', startValue: 0, targetValue: 100 };

/** Key Results, what measures them, what people say, the work attached. */
export async function keyResults(driver: Driver): Promise<void> {
  const { done, reads, refused } = driver;
  const keyResult = (key: string, more: object = {}) => ({
    body: { key, title: key, objective: 'p-o', goal: accumulate, unit: 'count', ...more },
  });
  await done('createKeyResult', keyResult('k-hand'));
  await reads('listKeyResults', {}, { key: 'k-hand' });
  await refused('createKeyResult', 409, 'already_exists', keyResult('k-hand'));
  await done('updateKeyResult', { id: 'k-hand', body: { title: 'By hand' } });
  await reads('getKeyResult', { id: 'k-hand' }, { title: 'By hand' });
  await refused('updateKeyResult', 409, 'other_cycle', { id: 'k-hand', body: { objective: 'p-lost' } });
  await refused('updateKeyResult', 422, 'goal_invalid', {
    id: 'k-hand',
    body: { goal: { kind: 'reach', startValue: 5, targetValue: 5 } },
  });
  await done('archiveKeyResult', { id: 'k-hand' });
  await reads('listKeyResults', { query: { archived: 'true' } }, { key: 'k-hand' });
  await done('restoreKeyResult', { id: 'k-hand' });
  await reads('getKeyResult', { id: 'k-hand' }, { key: 'k-hand' });
  await refused('restoreKeyResult', 409, 'not_archived', { id: 'k-hand' });

  await done('setCadence', { id: 'k-hand', body: { everyDays: 7 } });
  await reads('getCadence', { id: 'k-hand' }, { everyDays: 7 });
  await done('createKeyResult', keyResult('k-steps-sum'));
  await done('checkIn', { id: 'k-hand', body: { value: 4, note: 'four of them' } });
  await reads('listCheckIns', { id: 'k-hand' }, { note: 'four of them' });
  await done('checkIn', { id: 'k-steps-sum', body: { value: 999_999_999_999_999 } });
  await refused('checkIn', 422, 'value_too_large', { id: 'k-steps-sum', body: { add: 999_999_999_999_999 } });
  await refused('tickStep', 409, 'no_steps', { id: 'k-hand', body: { step: '1', done: true } });
  await refused('overrideValue', 409, 'not_automatic', {
    id: 'k-hand',
    body: { value: 1, untilDay: day(3), reason: 'as counted' },
  });
  await refused('setBaseline', 409, 'no_baseline', { id: 'k-hand', body: { value: 1, reason: 'as agreed' } });
  await refused('removeGuard', 409, 'no_guard', { id: 'k-hand' });
  await refused('endOverride', 409, 'no_override', { id: 'k-hand' });
  await refused('getDefinitionChange', 409, 'no_new_definition', { id: 'k-hand' });
  await refused('acceptDefinition', 409, 'no_new_definition', { id: 'k-hand', body: {} });

  const steps = [
    { name: 'First', weight: 1, doneOnDay: null },
    { name: 'Then', weight: 1, doneOnDay: null },
  ];
  await done('createKeyResult', keyResult('k-steps', { goal: { kind: 'milestone', steps } }));
  await done('tickStep', { id: 'k-steps', body: { step: 'First', done: true } });
  await reads('getKeyResult', { id: 'k-steps' }, { progress: 0.5 });
  await refused('downloadChart', 404, 'no_chart', { id: 'k-steps' });
  const table = await driver.ask('downloadChart', { id: 'k-hand', query: { format: 'csv' } });
  if (table.status !== 200 || !table.text.startsWith('keyResult,day,value'))
    driver.record.faults.push(`downloadChart as CSV: ${table.status} ${table.text.slice(0, 300)}`);

  const initiative = idOf(
    await done('createInitiative', { id: 'k-hand', body: { title: 'Work', startDay: day(-3) } }),
  );
  await reads('listInitiatives', { id: 'k-hand' }, { title: 'Work' });
  await done('updateInitiative', { id: initiative, body: { state: 'done' } });
  await reads('getInitiative', { id: initiative }, { state: 'done' });
  await done('deleteInitiative', { id: initiative });
  await refused('getInitiative', 404, 'not_found', { id: initiative });

  await bound(driver);
  await publicLinks(driver);
}

/** `k-auto`, which a metric of values measures. */
async function bound({ done, reads, refused }: Driver): Promise<void> {
  await done('createValuesMetric', { body: { key: 'k-stock', kind: 'stock', unit: 'count' } });
  await reads('getMetric', { id: 'k-stock' }, { kind: 'stock' });
  await refused('createValuesMetric', 409, 'already_exists', {
    body: { key: 'k-stock', kind: 'stock', unit: 'count' },
  });
  await done('pushValues', {
    id: 'k-stock',
    body: {
      values: [
        { day: day(-21), value: 10 },
        { day: day(-1), value: 55 },
      ],
    },
  });
  await reads('listPoints', { id: 'k-stock' }, { day: day(-1), value: '55' });
  const own = { kind: 'reach', startValue: null, targetValue: 100 };
  await done('createKeyResult', {
    body: { key: 'k-auto', title: 'Auto', objective: 'p-o', goal: own, unit: 'count' },
  });
  await refused('setBaseline', 409, 'not_automatic', {
    id: 'k-auto',
    body: { recapture: true, reason: 'to see it' },
  });
  await refused('unbindKeyResult', 409, 'not_bound', { id: 'k-auto' });
  await done('bindKeyResult', { id: 'k-auto', body: { metric: 'k-stock' } });
  await reads('listBindings', { id: 'k-auto' }, { metricKey: 'k-stock' });
  await refused('getCadence', 409, 'measured_by_metric', { id: 'k-auto' });
  await refused('setCadence', 409, 'measured_by_metric', { id: 'k-auto', body: { everyDays: 7 } });
  await refused('startSync', 409, 'not_read', { body: { keyResult: 'k-auto' } });
  await done('setBaseline', { id: 'k-auto', body: { value: 20, reason: 'as agreed' } });
  await reads('listBaselines', { id: 'k-auto' }, { baselines: [{ value: 20, reason: 'as agreed' }] });
  await done('overrideValue', {
    id: 'k-auto',
    body: { value: 60, untilDay: day(3), reason: 'counted by hand' },
  });
  await reads('listOverrides', { id: 'k-auto' }, { value: 60 });
  await refused('overrideValue', 422, 'override_invalid', {
    id: 'k-auto',
    body: { value: 1, fromDay: day(5), untilDay: day(3), reason: 'counted by hand' },
  });
  await done('endOverride', { id: 'k-auto', override: 'current' });
  await reads('getKeyResult', { id: 'k-auto' }, { override: null, currentValue: 55 });
  await done('createValuesMetric', { body: { key: 'k-guard', kind: 'stock', unit: 'count' } });
  await done('setGuard', { id: 'k-auto', body: { metric: 'k-guard', operator: 'at_least', bound: 1 } });
  await reads('getKeyResult', { id: 'k-auto' }, { guard: { bound: 1 } });
  await done('removeGuard', { id: 'k-auto' });
  await reads('getKeyResult', { id: 'k-auto' }, { guard: null });
  await reads('explainKeyResult', { id: 'k-auto' }, { keyResult: { key: 'k-auto' } });
  await reads('getForecast', { id: 'k-auto' }, {});
  await reads('getEvidence', { id: 'k-auto' }, {});
  await refused('updateKeyResult', 422, 'binding_invalid', {
    id: 'k-auto',
    body: { goal: { kind: 'accumulate', targetValue: 10 } },
  });
  await refused('updateKeyResult', 422, 'aggregate_invalid', { id: 'k-auto', body: { aggregate: 'sum' } });
  await refused('archiveMetric', 409, 'in_use', { id: 'k-stock' });
  await done('createValuesMetric', { body: { key: 'k-other', kind: 'stock', unit: 'count' } });
  await done('createKeyResult', {
    body: { key: 'k-un', title: 'Un', objective: 'p-o', goal: reach, metric: 'k-other' },
  });
  await done('unbindKeyResult', { id: 'k-un' });
  await refused('unbindKeyResult', 409, 'not_bound', { id: 'k-un' });
  await refused('startSync', 409, 'not_bound', { body: { keyResult: 'k-un' } });
  await refused('explainKeyResultMovements', 409, 'not_bound', { id: 'k-un' });
}

async function publicLinks({ done, reads, refused }: Driver): Promise<void> {
  const link = idOf(await done('createPublicLink', { id: 'k-hand', body: { label: 'page' } }));
  await reads('listPublicLinks', { id: 'k-hand' }, { label: 'page' });
  await done('revokePublicLink', { id: link });
  await refused('revokePublicLink', 404, 'not_found', { id: link });
  for (let made = 0; made < LINKS; made += 1)
    await done('createPublicLink', { id: 'k-steps', body: { label: `n${made}` } });
  await refused('createPublicLink', 409, 'too_many_links', { id: 'k-steps', body: { label: 'more' } });
}
