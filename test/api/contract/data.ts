import type { Driver } from './driver.ts';
import { day } from './plan.ts';

/** Values, records, events and rates that are brought. */
export async function data(driver: Driver): Promise<void> {
  const { done, reads, refused } = driver;
  await done('createValuesMetric', { body: { key: 'd-flow', kind: 'flow', unit: 'count' } });
  await done('pushValues', { id: 'd-flow', body: { values: [{ day: day(-2), value: 7 }] } });
  await reads('listPoints', { id: 'd-flow' }, { day: day(-2), value: '7' });
  await done('uploadValues', { id: 'd-flow', body: { format: 'csv', text: `day,value\n${day(-1)},8\n` } });
  await reads('listPoints', { id: 'd-flow' }, { day: day(-1), value: '8' });
  await refused('pushValues', 422, 'rows_refused', {
    id: 'd-flow',
    body: { values: [{ day: 'today', value: 7 }] },
  });
  await refused('uploadValues', 422, 'rows_refused', {
    id: 'd-flow',
    body: { format: 'csv', text: 'day,value\ntoday,1\n' },
  });

  await done('keepRates', { id: 'EUR', body: { rates: [{ day: day(-1), currency: 'USD', rate: '0.9' }] } });
  await reads('listRates', { id: 'EUR' }, { currency: 'USD', rate: '0.9' });
  await refused('keepRates', 422, 'rows_refused', {
    id: 'EUR',
    body: { rates: [{ day: 'x', currency: 'USD', rate: '0.9' }] },
  });
  await deliveries(driver);
  await records(driver);
  await events(driver);
}

/** A delivery is known by its key for ever: another one with the same key is not taken. */
async function deliveries({ done, refused }: Driver): Promise<void> {
  const headers = { 'idempotency-key': 'delivery-1' };
  const one = (value: number) => ({ values: [{ day: day(-3), value }] });
  await done('pushValues', { id: 'd-flow', body: one(1), headers });
  await done('checkIn', { id: 'k-hand', body: { value: 2 }, headers });
  const answer = { id: 'k1', respondent_id: 'p1', score: 9, time: `${day(-3)}T10:00:00Z` };
  const event = { id: 'k2', user_id: 'u1', event: 'Left', time: `${day(-3)}T10:00:00Z` };
  const file = { format: 'jsonl', text: `${JSON.stringify(answer)}\n` };
  const others: [string, object][] = [
    ['pushValues', { id: 'd-flow', body: one(2) }],
    ['uploadValues', { id: 'd-flow', body: { format: 'csv', text: `day,value\n${day(-3)},3\n` } }],
    ['checkIn', { id: 'k-hand', body: { value: 3 } }],
    ['pushRecords', { id: 'c-rec', body: { kind: 'responses', records: [answer] } }],
    ['uploadRecords', { id: 'c-rec', body: { kind: 'responses', ...file } }],
    [
      'uploadEvents',
      {
        id: 'c-rec',
        query: { format: 'jsonl', user: 'user_id', time: 'time' },
        body: `${JSON.stringify(event)}\n`,
      },
    ],
  ];
  for (const [name, ask] of others) await refused(name, 422, 'idempotency_conflict', { ...ask, headers });
}

async function records({ done, reads, refused }: Driver): Promise<void> {
  const rows = [{ id: 'r1', respondent_id: 'p1', score: 9, time: `${day(-3)}T10:00:00Z` }];
  await done('pushRecords', { id: 'c-rec', body: { kind: 'responses', records: rows } });
  await reads('listRecords', { id: 'c-rec' }, { kind: 'responses' });
  const bad = [{ id: 'r2', time: 'never' }];
  await refused('pushRecords', 422, 'rows_refused', {
    id: 'c-rec',
    body: { kind: 'responses', records: bad },
  });
  const soon = [{ ...rows[0], id: 'r4', time: `${day(9)}T10:00:00Z` }];
  await refused('pushRecords', 422, 'records_refused', {
    id: 'c-rec',
    body: { kind: 'responses', records: soon },
  });
  const jsonl = (each: unknown) => ({
    kind: 'responses',
    format: 'jsonl',
    text: `${JSON.stringify(each)}\n`,
  });
  await done('uploadRecords', { id: 'c-rec', body: jsonl({ ...rows[0], id: 'r3' }) });
  await refused('uploadRecords', 422, 'rows_refused', { id: 'c-rec', body: jsonl(bad[0]) });
  await refused('uploadRecords', 422, 'records_refused', { id: 'c-rec', body: jsonl(soon[0]) });
  await refused('pushRecords', 409, 'not_a_records_connection', {
    id: 'shop',
    body: { kind: 'responses', records: rows },
  });
  await refused('uploadRecords', 409, 'not_a_records_connection', { id: 'shop', body: jsonl(rows[0]) });
  await refused('listRecords', 409, 'not_a_records_connection', { id: 'shop' });
}

async function events({ done, reads, refused }: Driver): Promise<void> {
  const query = { format: 'jsonl', user: 'user_id', event: 'event', time: 'time' };
  const event = { id: 'e1', user_id: 'u1', event: 'Signed Up', time: `${day(-3)}T10:00:00Z`, properties: {} };
  await done('uploadEvents', { id: 'c-rec', query, body: `${JSON.stringify(event)}\n` });
  await reads('listEventNames', { id: 'c-rec' }, { event: 'Signed Up' });
  await refused('uploadEvents', 422, 'records_refused', { id: 'c-rec', query, body: '{"id": 1}\n' });
  await refused('uploadEvents', 422, 'file_empty', { id: 'c-rec', query, body: '' });
  await refused('uploadEvents', 409, 'not_a_records_connection', {
    id: 'shop',
    query,
    body: `${JSON.stringify(event)}\n`,
  });
}
