import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheus } from '../../../connectors/http-json/presets/index.ts';
import {
  hasPrometheus,
  prometheusNote,
  startPrometheus,
  type TestPrometheus,
} from '../../support/prometheus.ts';
import { testContext } from '../support/context.ts';
import { readMetric, valuesOf, window } from './support/read.ts';

const at = (instant: string): number => Date.parse(instant) / 1_000;

/** What it holds: samples shortly before the ends of days in Berlin, where the clock went forward on 29 March 2026. */
const SAMPLES = [
  '# TYPE queue_length gauge',
  `queue_length{shard="a"} 3 ${at('2026-03-28T22:59:00Z')}`, // Berlin: 28 March, 23:59
  `queue_length{shard="a"} 5.25 ${at('2026-03-29T21:58:00Z')}`, // 29 March, 23:58, in summer time
  `queue_length{shard="a"} 7 ${at('2026-03-30T12:00:00Z')}`, // noon: gone from sight by the end of 30 March
  `queue_length{shard="b"} 1 ${at('2026-03-28T22:59:00Z')}`,
  '# TYPE broken gauge',
  `broken NaN ${at('2026-03-28T22:59:00Z')}`,
  `broken +Inf ${at('2026-03-29T21:59:00Z')}`,
  '# TYPE orders counter',
  // The counter of 28 March grows by 30 between its first and its last minute.
  `orders_total 100 ${at('2026-03-27T23:00:30Z')}`,
  `orders_total 130 ${at('2026-03-28T22:59:30Z')}`,
  '# EOF',
  '',
].join('\n');

describe.skipIf(!hasPrometheus)(`a real Prometheus${prometheusNote}`, () => {
  let server: TestPrometheus;
  beforeAll(async () => {
    server = await startPrometheus(SAMPLES);
  }, 60_000);
  afterAll(async () => {
    await server.stop();
  });

  const asked = {
    connector: prometheus,
    window: window('2026-03-28', '2026-03-31', 'Europe/Berlin'),
    now: new Date('2026-04-02T12:00:00Z'),
  };
  const api = () => ({ endpoint: server.url });

  it('tells the state at the end of each local day, also over a change of the clock', async () => {
    const values = await valuesOf(readMetric(api(), 'query', { query: 'queue_length{shard="a"}' }, asked));
    expect(values).toEqual({ '2026-03-28': '3', '2026-03-29': '5.25' });
  });

  it('refuses several series, and says what to do', async () => {
    await expect(readMetric(api(), 'query', { query: 'queue_length' }, asked)).rejects.toMatchObject({
      code: 'several_series',
      remedy: { by: 'owner', hint: 'Aggregate them in the query, for example with sum(…).' },
    });
    const sum = await valuesOf(readMetric(api(), 'query', { query: 'sum(queue_length)' }, asked));
    expect(sum).toEqual({ '2026-03-28': '4', '2026-03-29': '5.25' }); // 3 + 1
  });

  it('takes neither NaN nor infinity for a value', async () => {
    const { points } = await readMetric(api(), 'query', { query: 'broken' }, asked);
    expect(points).toEqual([
      { day: '2026-03-28', value: null, reason: 'no_observation' },
      { day: '2026-03-29', value: null, reason: 'no_observation' },
    ]);
  });

  it('tells what a day added', async () => {
    const query = 'max_over_time(orders_total[1d]) - min_over_time(orders_total[1d])';
    const values = await valuesOf(readMetric(api(), 'query', { query, kind: 'flow' }, asked));
    expect(values['2026-03-28']).toBe('30'); // 130 - 100
  });

  it('asks for long times in pieces that the server answers', async () => {
    const year = { ...asked, window: window('2025-03-28', '2026-03-31', 'Europe/Berlin') };
    const { points, completeness } = await readMetric(api(), 'query', { query: 'sum(queue_length)' }, year);
    expect(points.map(({ day }) => day)).toEqual(['2026-03-28', '2026-03-29']);
    expect(completeness.pages).toBe(2); // 368 days, 200 at a time
  });

  it('says what the server says of a query that it cannot read', async () => {
    await expect(readMetric(api(), 'query', { query: 'sum(' }, asked)).rejects.toMatchObject({
      errorClass: 'config',
      message: expect.stringContaining('parse error') as string,
    });
  });

  it('is checked with one query', async () => {
    const { context, exchanges } = testContext(
      prometheus.configSchema.parse({ auth: 'none' }),
      server.url,
      asked.now,
    );
    await expect(prometheus.check(context)).resolves.toMatchObject({
      account: `Prometheus at ${server.url.host}`,
    });
    expect(exchanges).toHaveLength(1);
  });

  it('is tried before a metric is stored', async () => {
    const { context } = testContext(
      prometheus.configSchema.parse({ auth: 'none' }),
      server.url,
      new Date('2026-03-29T12:00:00Z'),
    );
    const definition = prometheus.metrics['query'];
    const accept = (query: string) => definition?.accept?.(context, definition.paramsSchema.parse({ query }));
    await expect(accept('sum(')).resolves.toMatchObject({
      problems: [expect.stringContaining('parse error')],
    });
    await expect(accept('vector(1)')).resolves.toMatchObject({ problems: [], warnings: [] });
    await expect(accept('absent_metric')).resolves.toMatchObject({
      warnings: [expect.stringContaining('no value')],
    });
  });
});
