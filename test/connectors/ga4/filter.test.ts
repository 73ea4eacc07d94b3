import { describe, expect, it } from 'vitest';
import { type Filter, parseFilter, parseFilters } from '../../../connectors/ga4/filter.ts';

const text = (fieldName: string, matchType: string, value: string, caseSensitive = true) => ({
  filter: { fieldName, stringFilter: { matchType, value, caseSensitive } },
});
const list = (fieldName: string, values: string[], caseSensitive = true) => ({
  filter: { fieldName, inListFilter: { values, caseSensitive } },
});
const number = (fieldName: string, operation: string, value: object) => ({
  filter: { fieldName, numericFilter: { operation, value } },
});
const isA = text('a', 'EXACT', '1');
const isB = text('b', 'EXACT', '2');
const isC = text('c', 'EXACT', '3');

// The shapes are those of `FilterExpression` in the Data API's reference.
describe('a condition is written simply, and becomes what the Data API takes', () => {
  it.each<[string, unknown]>([
    ['eventName == share', text('eventName', 'EXACT', 'share')],
    ['eventName==share', text('eventName', 'EXACT', 'share')],
    ['eventName != share', { notExpression: text('eventName', 'EXACT', 'share') }],
    [
      'sessionDefaultChannelGroup == Organic Search',
      text('sessionDefaultChannelGroup', 'EXACT', 'Organic Search'),
    ],
    ['pagePath begins_with /pricing?a=b', text('pagePath', 'BEGINS_WITH', '/pricing?a=b')],
    ['pagePath ends_with .html', text('pagePath', 'ENDS_WITH', '.html')],
    ['pageTitle contains Price ignoring case', text('pageTitle', 'CONTAINS', 'Price', false)],
    ['pagePath matches ^/(a|b)/.*$', text('pagePath', 'FULL_REGEXP', '^/(a|b)/.*$')],
    ['pagePath matches_part (a|b)', text('pagePath', 'PARTIAL_REGEXP', '(a|b)')],
    ['pagePath not contains x', { notExpression: text('pagePath', 'CONTAINS', 'x') }],
    ['customEvent:plan in pro,team', list('customEvent:plan', ['pro', 'team'])],
    ['customEvent:plan not in "a, b", c', { notExpression: list('customEvent:plan', ['a, b', 'c']) }],
    ['country in france, italy ignoring case', list('country', ['france', 'italy'], false)],
    ['customEvent:level > 5', number('customEvent:level', 'GREATER_THAN', { int64Value: '5' })],
    ['customEvent:level >= -1', number('customEvent:level', 'GREATER_THAN_OR_EQUAL', { int64Value: '-1' })],
    ['customEvent:level < 2.5', number('customEvent:level', 'LESS_THAN', { doubleValue: 2.5 })],
    ['customEvent:level <= 2', number('customEvent:level', 'LESS_THAN_OR_EQUAL', { int64Value: '2' })],
    [
      'customEvent:level between 1 and 5',
      {
        filter: {
          fieldName: 'customEvent:level',
          betweenFilter: { fromValue: { int64Value: '1' }, toValue: { int64Value: '5' } },
        },
      },
    ],
    ['method is empty', { filter: { fieldName: 'method', emptyFilter: {} } }],
    ['method is not empty', { notExpression: { filter: { fieldName: 'method', emptyFilter: {} } } }],
    ['sessionSource == (direct)', text('sessionSource', 'EXACT', '(direct)')],
    ['pageTitle == "this or that"', text('pageTitle', 'EXACT', 'this or that')],
    [String.raw`pageTitle == "say \"hi\""`, text('pageTitle', 'EXACT', 'say "hi"')],
    ['pageTitle == ""', text('pageTitle', 'EXACT', '')],
    [
      'eventName == share and country == France',
      {
        andGroup: { expressions: [text('eventName', 'EXACT', 'share'), text('country', 'EXACT', 'France')] },
      },
    ],
  ])('%s', (written, meant) => {
    expect(parseFilter(written)).toEqual(meant);
  });
});

it.each<[string, Filter]>([
  [
    'a == 1 or b == 2 and c == 3',
    { orGroup: { expressions: [isA, { andGroup: { expressions: [isB, isC] } }] } } as Filter,
  ],
  [
    '(a == 1 or b == 2) and c == 3',
    { andGroup: { expressions: [{ orGroup: { expressions: [isA, isB] } }, isC] } } as Filter,
  ],
  ['not (a == 1 or b == 2)', { notExpression: { orGroup: { expressions: [isA, isB] } } } as Filter],
])('"and" binds closer than "or", and brackets closer than both: %s', (written, meant) => {
  expect(parseFilter(written)).toEqual(meant);
});

it('of several filters all have to hold; none narrows nothing down', () => {
  expect(parseFilters(['a == 1', 'b == 2'])).toEqual({ andGroup: { expressions: [isA, isB] } });
  expect(parseFilters([])).toBeNull();
});

describe('what cannot be read is told with the place and the next step', () => {
  it.each([
    ['eventName = share', 'In the filter "eventName = share": after eventName comes one of ==, !=, in,'],
    ['eventName', 'there is nothing'],
    ['== share', 'a condition begins with the name of a dimension'],
    ['eventName ==', 'a value is missing; write an empty one as ""'],
    ['eventName == "share', 'a quotation mark is opened and not closed'],
    ['(eventName == share', 'a bracket is opened and not closed'],
    ['a == 1) and b == 2', '") and b == 2" is left over'],
    ['level > five', 'a number is compared with a number'],
    ['level between 1', 'write "between 1 and 5"'],
    ['plan is nothing', 'after "is" write "empty" or "not empty"'],
    ['pagePath matches (', '"(" is not a regular expression'],
    ['plan in a,', 'a value is missing'],
  ])('%s', (written, problem) => {
    expect(() => parseFilter(written)).toThrow(problem);
  });
});
