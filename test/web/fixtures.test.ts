import { expect, it } from 'vitest';
import { boardSchema, explanationSchema, keyResultSchema } from '../../src/api/contract.ts';
import { routes } from '../../src/api/routes.ts';
import {
  board,
  boardWithoutCycle,
  detailOf,
  emptyBoard,
  explanationOf,
  largeBoard,
  rows,
} from './fixtures.ts';
import {
  checkInsOf,
  closedBoard,
  closingBoard,
  hints,
  knownBoard,
  knownDetailOf,
  knownExplanationOf,
  knownRows,
} from './fixtures-known.ts';

it.each([
  ['a full board', board],
  ['an empty board', emptyBoard],
  ['a board without a cycle', boardWithoutCycle],
  ['a large board', largeBoard()],
  ['a board of everything that is known', knownBoard],
  ['a board of a cycle whose last days settle', closingBoard],
  ['a board of a closed cycle', closedBoard],
])('the page is tested with answers that the API may give: %s', (_, answer) => {
  expect(boardSchema.parse(answer)).toEqual(answer);
});

it.each(rows)('the page is tested with answers that the API may give: $key', (row) => {
  const [detail, explanation] = [detailOf(row), explanationOf(row)];
  expect(keyResultSchema.parse(detail)).toEqual(detail);
  expect(explanationSchema.parse(explanation)).toEqual(explanation);
});

it.each(knownRows)('the page is tested with answers that the API may give: $key', (row) => {
  const [detail, explanation, checkIns] = [knownDetailOf(row), knownExplanationOf(row), checkInsOf(row.key)];
  expect(keyResultSchema.parse(detail)).toEqual(detail);
  expect(explanationSchema.parse(explanation)).toEqual(explanation);
  expect(routes.listCheckIns.answer.parse(checkIns)).toEqual(checkIns);
});

it('the page is tested with hints that the API may give', () => {
  expect(routes.listHints.answer.parse(hints)).toEqual(hints);
});
