import { expect, it } from 'vitest';
import { z } from 'zod';
import { mergeCompleteness, parseAnswer, walkPages } from '../../../connectors/sdk/index.ts';

const walk = {
  provider: 'Acme',
  what: 'orders',
  signal: new AbortController().signal,
  keyOf: (item: string) => item,
};

it('gives up on a list that has no end', async () => {
  let next = 0;
  const page = async () => {
    next += 1;
    return { items: [`order_${next}`], hasMore: true };
  };
  const endless = walkPages({ ...walk, page, maxPages: 5 });
  await expect(endless).rejects.toMatchObject({
    errorClass: 'too_large',
    message: expect.stringContaining('5 pages of orders'),
  });
  expect(next).toBe(5);
});

it('asks nothing more once the run was stopped', async () => {
  const stop = new AbortController();
  let pages = 0;
  const page = async () => {
    pages += 1;
    stop.abort();
    return { items: ['order_1'], hasMore: true };
  };
  await expect(walkPages({ ...walk, signal: stop.signal, page })).rejects.toMatchObject({ code: 'aborted' });
  expect(pages).toBe(1);
});

it('is whole only when every part is', () => {
  const whole = { pages: 2, items: 150, lastPageReached: true, notes: ['a'] };
  const torn = { pages: 1, items: 10, lastPageReached: false, notes: [] };
  expect(mergeCompleteness(whole, torn)).toEqual({
    pages: 3,
    items: 160,
    lastPageReached: false,
    notes: ['a'],
  });
});

it('names the field that does not fit, through unions, and no value', () => {
  const schema = z.object({ data: z.array(z.union([z.string(), z.object({ amount: z.int() })])) });
  const parse = () =>
    parseAnswer('Acme', 'its list of orders', schema, { data: ['id', { amount: 'private' }] });
  expect(parse).toThrow(expect.objectContaining({ errorClass: 'schema_drift', code: '/data/1/amount' }));
  expect(parse).not.toThrow(/private/);
});
