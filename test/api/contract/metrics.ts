import type { Driver } from './driver.ts';
import { accumulate, day } from './plan.ts';

/** Metrics of a connection, of values that are brought, and of a formula; their definitions. */
export async function metrics(driver: Driver): Promise<void> {
  const { done, reads, refused } = driver;
  const usd = { currency: 'usd' };
  const till = {
    connectorId: 'stripe',
    environment: 'sandbox',
    endpoint: 'http://127.0.0.1:2525',
    config: { apiKey: 'rk_test_planted_12345' },
  };
  await done('createConnection', { body: { ...till, key: 'm-paused' } });
  await done('createMetric', {
    body: { key: 'm-unread', connection: 'm-paused', metric: 'mrr', params: usd },
  });
  await done('updateConnection', { id: 'm-paused', body: { paused: true } });
  const revenue = { connection: 'shop', metric: 'net_revenue', params: usd };
  await done('createMetric', { body: { ...revenue, key: 'm-net' } });
  await reads('listMetrics', {}, { key: 'm-net' });
  await refused('createMetric', 409, 'already_exists', { body: { ...revenue, key: 'm-net' } });
  await reads('previewMetric', { body: { ...revenue, days: 3 } }, {});
  await done('renameMetric', { id: 'm-net', body: { title: 'Net' } });
  await reads('getMetric', { id: 'm-net' }, { title: 'Net' });
  await refused('renameMetric', 409, 'already_exists', { id: 'm-net', body: { key: 'k-stock' } });
  await done('archiveMetric', { id: 'm-net' });
  await refused('getMetric', 404, 'not_found', { id: 'm-net' });
  await done('restoreMetric', { id: 'm-net' });
  await reads('getMetric', { id: 'm-net' }, { key: 'm-net' });
  await refused('restoreMetric', 409, 'not_archived', { id: 'm-net' });
  await refused('pushValues', 409, 'not_pushable', {
    id: 'm-net',
    body: { values: [{ day: day(-1), value: 1 }] },
  });
  await refused('uploadValues', 409, 'not_pushable', {
    id: 'm-net',
    body: { format: 'csv', text: `day,value\n${day(-1)},1\n` },
  });
  await reads('listCatalog', {}, { key: 'mrr' });
  await reads('getCatalogEntry', { id: 'mrr' }, { key: 'mrr' });
  await done('previewMeasurement', { id: 'net_revenue', body: { connection: 'shop', params: usd } });
  const text = 'Objective: Earn\n- Grow MRR from $10k to $20k';
  const imported = await done('importText', { body: { text, cycle: 'p-now' } });
  const [drafted] = imported['keyResults'] as { key: string }[];
  const id = drafted?.key ?? '';
  const meant = { source: { kind: 'meaning', connection: 'shop', params: usd } };
  await done('previewBinding', { id, body: meant });
  await refused('previewBinding', 422, 'no_metric', { id: 'k-un', body: meant });
  await done('measureKeyResult', { id, body: { connection: 'shop', params: usd } });
  await reads('listBindings', { id }, { connectionKey: 'shop' });
  await refused('measureKeyResult', 422, 'no_metric', { id: 'k-un', body: { connection: 'shop' } });

  await done('createFormula', { body: { key: 'm-twice', formula: '`k-stock` * 2' } });
  await reads('getMetric', { id: 'm-twice' }, { source: 'formula' });
  await refused('createFormula', 409, 'already_exists', {
    body: { key: 'm-twice', formula: '`k-stock` * 2' },
  });
  await refused('createFormula', 422, 'formula_invalid', { body: { key: 'm-bad', formula: 'nowhere * 2' } });
  await definitions(driver);
  await movements(driver);
}

/** What a metric means changes under a Key Result that is judged by it. */
async function definitions({ done, reads, refused }: Driver): Promise<void> {
  const reach = { kind: 'reach', startValue: 0, targetValue: 100 };
  await done('createKeyResult', {
    body: { key: 'm-judged', title: 'J', objective: 'p-o', goal: reach, metric: 'm-twice' },
  });
  const reason = 'as agreed';
  await refused('changeMetric', 409, 'unchanged', {
    id: 'm-twice',
    body: { formula: '`k-stock` * 2', reason },
  });
  await refused('changeMetric', 422, 'formula_invalid', {
    id: 'm-twice',
    body: { formula: 'nowhere * 2', reason },
  });
  await refused('changeMetric', 409, 'not_computed', { id: 'k-stock', body: { formula: '1 + 1', reason } });
  await done('changeMetric', { id: 'm-twice', body: { formula: '`k-stock` * 3', reason } });
  await reads('listVersions', { id: 'm-twice' }, { version: 2 });
  await reads('listDefinitionChanges', {}, { keyResult: { key: 'm-judged' } });
  await reads('getDefinitionChange', { id: 'm-judged' }, {});
  await refused('acceptDefinition', 409, 'definition_moved_on', { id: 'm-judged', body: { version: 1 } });
  await done('acceptDefinition', { id: 'm-judged', body: {} });
  await refused('getDefinitionChange', 409, 'no_new_definition', { id: 'm-judged' });
  await refused('withdrawVersion', 409, 'version_in_use', { id: 'm-twice', body: { reason } });
  await done('changeMetric', { id: 'm-twice', body: { formula: '`k-stock` * 4', reason } });
  await done('withdrawVersion', { id: 'm-twice', body: { reason } });
  await reads('getMetric', { id: 'm-twice' }, { version: 2 });
  await done('changeMetric', {
    id: 'm-twice',
    body: { formula: '`k-stock` / `k-other`', unit: 'ratio', reason },
  });
  await refused('acceptDefinition', 409, 'definition_impossible', { id: 'm-judged', body: {} });
}

/** Who moved a metric over money. */
async function movements({ done, reads, refused }: Driver): Promise<void> {
  await done('createKeyResult', {
    body: { key: 'm-money', title: 'M', objective: 'p-o', goal: accumulate, metric: 'revenue' },
  });
  await refused('checkIn', 409, 'tracked_automatically', { id: 'm-money', body: { value: 1 } });
  const fresh = { key: 'm-new', connection: 'shop', metric: 'arr', params: { currency: 'usd' } };
  await done('createMetric', { body: fresh });
  const days = { from: day(-5), to: day(-1) };
  for (const [name, of] of [
    ['explainMovements', (key: string) => key],
    ['explainKeyResultMovements', (key: string) => `v-${key}`],
  ] as const) {
    for (const metric of ['mrr', 'm-twice', 'k-stock', 'm-unread', 'm-new'])
      if (name === 'explainKeyResultMovements')
        await done('createKeyResult', {
          body: {
            key: `v-${metric}`,
            title: metric,
            objective: 'p-o',
            goal: { kind: 'reach', startValue: 0, targetValue: 9 },
            metric,
          },
        });
    await refused(name, 409, 'explain_inputs', { id: of('m-twice'), query: days });
    await refused(name, 409, 'not_over_ledger', { id: of('k-stock'), query: days });
    await refused(name, 409, 'not_read_yet', { id: of('m-unread'), query: days });
    await refused(name, 409, 'no_point', { id: of('m-new') });
    await reads(name, { id: of('mrr'), query: days }, {});
  }
}
