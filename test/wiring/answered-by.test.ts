import { expect, it } from 'vitest';
import type { ReadOutcome, ReadRequest } from '../../src/app/ports.ts';
import { answeredBy } from '../../src/wiring/answered-by.ts';

const asked = (metric: string): ReadRequest => ({
  metric,
  params: {},
  startDay: '2026-06-01',
  endDay: '2026-06-02',
  timeZone: 'UTC',
});

/** Answers each request with its own name, and writes down what it was asked together. */
function answering(calls: string[][]) {
  return async (requests: ReadRequest[]): Promise<ReadOutcome[]> => {
    calls.push(requests.map(({ metric }) => metric));
    return requests.map(({ metric }) => ({
      ok: false,
      failure: { errorClass: 'bug', message: metric, hint: null, afterMs: null },
      exchanges: [],
    }));
  };
}

it('gives each request its own answer in the order of asking, and asks each side once', async () => {
  const [here, there]: [string[][], string[][]] = [[], []];
  const requests = ['a1', 'b1', 'b2', 'a2', 'b3'].map(asked);
  const answers = await answeredBy(
    requests,
    ({ metric }) => metric.startsWith('a'),
    answering(here),
    answering(there),
  );
  expect(answers.map((each) => (each.ok ? '' : each.failure.message))).toEqual([
    'a1',
    'b1',
    'b2',
    'a2',
    'b3',
  ]);
  expect({ here, there }).toEqual({ here: [['a1', 'a2']], there: [['b1', 'b2', 'b3']] });
});

it('asks nobody who has nothing to answer', async () => {
  const [here, there]: [string[][], string[][]] = [[], []];
  await answeredBy([asked('b1')], () => false, answering(here), answering(there));
  await answeredBy([asked('a1')], () => true, answering(here), answering(there));
  expect({ here, there }).toEqual({ here: [['a1']], there: [['b1']] });
});
