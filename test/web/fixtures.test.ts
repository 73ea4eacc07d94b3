import { expect, it } from 'vitest';
import { boardSchema, explanationSchema, keyResultSchema } from '../../src/api/contract.ts';
import {
  board,
  boardWithoutCycle,
  detailOf,
  emptyBoard,
  explanationOf,
  largeBoard,
  rows,
} from './fixtures.ts';

it.each([
  ['a full board', board],
  ['an empty board', emptyBoard],
  ['a board without a cycle', boardWithoutCycle],
  ['a large board', largeBoard()],
])('the page is tested with answers that the API may give: %s', (_, answer) => {
  expect(boardSchema.parse(answer)).toEqual(answer);
});

it.each(rows)('the page is tested with answers that the API may give: $key', (row) => {
  const [detail, explanation] = [detailOf(row), explanationOf(row)];
  expect(keyResultSchema.parse(detail)).toEqual(detail);
  expect(explanationSchema.parse(explanation)).toEqual(explanation);
});
