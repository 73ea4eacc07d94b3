import { query as referenceQuery } from 'jsonpath-rfc9535';
import { describe, expect, it } from 'vitest';
import { parsePath } from '../../../connectors/http-json/path-parse.ts';
import { runPath } from '../../../connectors/http-json/path-run.ts';

const run = (path: string, root: unknown) => runPath(parsePath(path), root);

/** The document of RFC 9535, figure 1. */
const STORE = {
  store: {
    book: [
      { category: 'reference', author: 'Nigel Rees', title: 'Sayings of the Century', price: 8.95 },
      { category: 'fiction', author: 'Evelyn Waugh', title: 'Sword of Honour', price: 12.99 },
      {
        category: 'fiction',
        author: 'Herman Melville',
        title: 'Moby Dick',
        isbn: '0-553-21311-3',
        price: 8.99,
      },
      {
        category: 'fiction',
        author: 'J. R. R. Tolkien',
        title: 'The Lord of the Rings',
        isbn: '0-395-19395-8',
        price: 22.99,
      },
    ],
    bicycle: { color: 'red', price: 399 },
  },
};

describe('the examples of RFC 9535', () => {
  // Section 1.5, table 2.
  it.each([
    ['$.store.book[*].author', ['Nigel Rees', 'Evelyn Waugh', 'Herman Melville', 'J. R. R. Tolkien']],
    ['$..author', ['Nigel Rees', 'Evelyn Waugh', 'Herman Melville', 'J. R. R. Tolkien']],
    ['$.store.*', [STORE.store.book, STORE.store.bicycle]],
    ['$.store..price', [8.95, 12.99, 8.99, 22.99, 399]],
    ['$..book[2]', [STORE.store.book[2]]],
    ['$..book[2].author', ['Herman Melville']],
    ['$..book[2].publisher', []],
    ['$..book[-1]', [STORE.store.book[3]]],
    ['$..book[0,1]', [STORE.store.book[0], STORE.store.book[1]]],
    ['$..book[:2]', [STORE.store.book[0], STORE.store.book[1]]],
    ['$..book[?@.isbn]', [STORE.store.book[2], STORE.store.book[3]]],
    ['$..book[?@.price<10]', [STORE.store.book[0], STORE.store.book[2]]],
  ])('%s', (path, expected) => {
    expect(run(path, STORE)).toEqual(expected);
  });

  // Sections 2.3.1 to 2.3.5.
  const filters = {
    a: [3, 5, 1, 2, 4, 6, { b: 'j' }, { b: 'k' }, { b: {} }, { b: 'kilo' }],
    o: { p: 1, q: 2, r: 3, s: 5, t: { u: 6 } },
    e: 'f',
  };
  it.each([
    [`$.o['j j']['k.k']`, { o: { 'j j': { 'k.k': 3 } } }, [3]],
    [`$["'"]["@"]`, { "'": { '@': 2 } }, [2]],
    ['$[1:5:2]', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], ['b', 'd']],
    ['$[5:1:-2]', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], ['f', 'd']],
    ['$[::-1]', ['a', 'b', 'c'], ['c', 'b', 'a']],
    ["$.a[?@.b == 'kilo']", filters, [{ b: 'kilo' }]],
    ["$.a[?(@.b == 'kilo')]", filters, [{ b: 'kilo' }]],
    ['$.a[?@>3.5]', filters, [5, 4, 6]],
    ['$.a[?@.b]', filters, [{ b: 'j' }, { b: 'k' }, { b: {} }, { b: 'kilo' }]],
    ['$[?@.*]', filters, [filters.a, filters.o]],
    ['$[?@[?@.b]]', filters, [filters.a]],
    ['$.o[?@<3, ?@<3]', filters, [1, 2, 1, 2]],
    ['$.a[?@<2 || @.b == "k"]', filters, [1, { b: 'k' }]],
    ['$.o[?@>1 && @<4]', filters, [2, 3]],
    ['$.o[?@.u || @.x]', filters, [{ u: 6 }]],
    ['$.a[?@.b == $.x]', filters, [3, 5, 1, 2, 4, 6]],
    ['$.a[?@ == @]', filters, filters.a],
    ['$[?count(@.*) == 1]', [{ a: 1 }, { a: 1, b: 2 }], [{ a: 1 }]],
    [
      '$[?length(@.n) > 3]',
      [{ n: 'four' }, { n: 'one' }, { n: [1, 2, 3, 4] }, { n: 7 }],
      [{ n: 'four' }, { n: [1, 2, 3, 4] }],
    ],
    ['$[?value(@..c) == 1]', [{ a: { c: 1 } }, { c: 1, d: { c: 1 } }], [{ a: { c: 1 } }]],
    ['$[?!@.a]', [{ a: 1 }, { b: 1 }], [{ b: 1 }]],
    ['$[?!(@.a == 1)]', [{ a: 1 }, { a: 2 }], [{ a: 2 }]],
    ['$ .a [ 0 ]', { a: [7] }, [7]],
    ['$["\\u00e9\\n"]', { 'é\n': 4 }, [4]],
  ])('%s', (path, root, expected) => {
    expect(run(path, root)).toEqual(expected);
  });
});

it('finds what the reference library finds, where that is right', () => {
  const paths = [
    '$..*',
    '$.store..*',
    '$..[0]',
    '$..book[1:]',
    "$..['price','title']",
    '$..[?@.price > 9]',
    "$..[?@.category=='fiction' && @.price<20]",
  ];
  for (const path of paths) {
    // Its order within `..` is another one that RFC 9535 allows.
    const sorted = (values: unknown[]) => values.map((value) => JSON.stringify(value)).toSorted();
    expect([path, sorted(run(path, STORE))]).toEqual([path, sorted(referenceQuery(STORE, path))]);
  }
});

it('reads three conditions as three, which the reference library does not', () => {
  const rows = [
    { a: 1, b: 1, c: 2 },
    { a: 1, b: 1, c: 1 },
  ];
  expect(run('$[?@.a==1 && @.b==1 && @.c==1]', rows)).toEqual([rows[1]]);
});

it.each([
  ['a', 'needs "$" at character 1'],
  ['$.', 'needs a name or "*" at character 3'],
  ['$.a b', 'needs its end'],
  ['$[01]', 'without leading zeros'],
  ['$[-0]', 'without leading zeros'],
  ['$[9007199254740992]', 'at most 9007199254740991'],
  ["$['a]", "closing '"],
  ['$["\\x"]', 'an escape'],
  ['$["\\ud800"]', 'surrogate'],
  ['$[?@.a == ]', 'a value'],
  ['$[?@..a == 1]', 'must lead to one place'],
  ["$[?match(@.a, '(a+)+$')]", 'regular expressions are not run'],
  ["$[?search(@.a, 'x')]", 'regular expressions are not run'],
  ['$[?constructor(@.a) == 1]', 'there is no such function'],
  ['$[?length(@.a)]', 'a comparison'],
  [`$.${'a'.repeat(600)}`, 'has 602 characters'],
  [`$${'.a'.repeat(33)}`, 'more than 32 steps'],
  ['$..a..b..c', 'more than 2 ".."'],
  [`$${'[?@'.repeat(8)}${']'.repeat(8)}`, 'nested more than 6 levels deep'],
  [`$[?${'('.repeat(100)}@.a${')'.repeat(100)}]`, 'nested more than 6 levels deep'],
  [`$[?${'length('.repeat(50)}@${')'.repeat(50)}==1]`, 'nested more than 6 levels deep'],
  [`$[${'0,'.repeat(70)}0]`, 'more than 64 selectors'],
  [`$[?${'@.a||'.repeat(40)}@.a]`, 'more than 32 steps'],
])('refuses %s', (path, problem) => {
  expect(() => parsePath(path)).toThrow(problem);
});

/** Objects inside one another, and lists of lists: what `..` finds most in. */
const deep = (levels: number): unknown =>
  Array.from({ length: levels }).reduce((inner) => ({ a: inner, b: 1 }), {});
const wide = Array.from({ length: 20_000 }, (_, index) => ({ id: index, t: 'x'.repeat(50) }));

it.each([
  ['descendants of descendants', '$..*..*', deep(3_000)],
  ['a filter that looks at everything for every place', '$..[?count($..*) > 1]', wide],
  ['a filter that compares everything with everything', '$[?$[?@ == @]]', wide],
  ['filters inside one another', '$[?@[?$[?@.id]]]', wide],
  ['the whole compared with itself', '$..[?@ == $[0]]', Array.from({ length: 3_000 }, () => deep(300))],
  [
    'a long text measured for every place',
    '$.list[?length($.text) > 1]',
    { text: 'é'.repeat(1_000_000), list: wide },
  ],
  [
    'texts compared for every place',
    '$.list[?$.text == $.other]',
    { text: 'é'.repeat(1_000_000), other: `${'é'.repeat(999_999)}x`, list: wide },
  ],
])('%s end by counting, not by the clock', (_name, path, root) => {
  const begun = process.cpuUsage();
  expect(() => run(path, root)).toThrow(/looks at more than 2000000 places|finds more than 100000 places/);
  const { user, system } = process.cpuUsage(begun);
  // Two million steps are well under a second of work; the limit is a hundred times what a fast machine needs.
  expect((user + system) / 1_000).toBeLessThan(10_000);
});

it('looks through an answer of a hundred thousand levels without running out of stack', () => {
  const root: unknown = JSON.parse(`${'['.repeat(100_000)}7${']'.repeat(100_000)}`);
  expect(run('$..[?@ == 7]', root)).toEqual([7]);
});
