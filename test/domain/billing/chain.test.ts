import { expect, it } from 'vitest';
import { inOrder, type Link } from '../../../src/domain/billing/chain.ts';

const at = (seconds: number) => new Date(seconds * 1_000);
const link = (value: string, from: string | null, to: string | null, seconds = 1): Link<string> => ({
  at: at(seconds),
  from,
  to,
  value,
});

it.each([
  {
    why: 'a change of nothing goes before the one that leads on',
    links: [link('paid', 'used', 'active'), link('billed', 'new', 'used'), link('touched', 'new', 'new')],
    order: ['touched', 'billed', 'paid'],
  },
  {
    why: 'a way out and back is gone before the way that does not come back',
    links: [
      link('away', 'new', 'end'),
      link('out', 'new', 'aside'),
      link('back', 'aside', 'new'),
      link('made', null, 'new'),
    ],
    order: ['made', 'out', 'back', 'away'],
  },
  {
    why: 'time goes before everything',
    links: [link('late', 'a', 'b', 3), link('early', 'b', 'c', 2)],
    order: ['early', 'late'],
  },
  {
    why: 'what leads from nowhere known is kept',
    links: [link('made', null, 'a'), link('lost', 'x', 'y')],
    order: ['made', 'lost'],
  },
])('orders what was told of one second by what each tells was before it: $why', ({ links, order }) => {
  expect(inOrder(links)).toEqual(order);
  expect(inOrder(links.toReversed())).toEqual(order);
});
