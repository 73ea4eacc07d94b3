import type { Compared, Filter, MatchType, NumericOperation, NumericValue } from './filter.ts';
import type { Scanner } from './filter-text.ts';

/** `eventName`, `customEvent:plan`, `customUser:tier`. */
const NAME = /[A-Za-z]\w*(?::[\w-]+)*/;
const NUMBER = /-?\d+(?:\.\d+)?(?![\w.])/;

const MATCHES: Record<string, MatchType> = {
  begins_with: 'BEGINS_WITH',
  ends_with: 'ENDS_WITH',
  contains: 'CONTAINS',
  matches_part: 'PARTIAL_REGEXP',
  matches: 'FULL_REGEXP',
};
const NUMERIC: Record<string, NumericOperation> = {
  '<=': 'LESS_THAN_OR_EQUAL',
  '>=': 'GREATER_THAN_OR_EQUAL',
  '<': 'LESS_THAN',
  '>': 'GREATER_THAN',
};

export const COMPARISONS =
  '==, !=, in, begins_with, ends_with, contains, matches, matches_part, <, <=, >, >=, between … and …, is empty';

/** One comparison: a name, how to compare, and with what. */
export function condition(scan: Scanner): Filter {
  const fieldName = scan.takeMatch(NAME);
  if (fieldName === null)
    throw scan.fail('a condition begins with the name of a dimension, such as eventName');
  if (scan.takeWord('is')) {
    const isNot = scan.takeWord('not');
    if (!scan.takeWord('empty')) throw scan.fail('after "is" write "empty" or "not empty"');
    return negated(isNot, { filter: { fieldName, emptyFilter: {} } });
  }
  const isNot = scan.takeWord('not');
  const { compared, isUnequal } = comparison(scan, fieldName);
  return negated(isNot !== isUnequal, { filter: { fieldName, ...compared } });
}

function negated(isNot: boolean, filter: Filter): Filter {
  return isNot ? { notExpression: filter } : filter;
}

function comparison(scan: Scanner, fieldName: string): { compared: Compared; isUnequal: boolean } {
  if (scan.takeWord('in')) return { compared: inList(scan), isUnequal: false };
  if (scan.takeWord('between')) return { compared: between(scan), isUnequal: false };
  for (const [word, matchType] of Object.entries(MATCHES)) {
    if (scan.takeWord(word)) return { compared: text(scan, matchType), isUnequal: false };
  }
  const sign = scan.takeMatch(/==|!=|<=|>=|<|>/);
  if (sign === null) {
    const found = scan.rest() === '' ? 'nothing' : `"${scan.rest().slice(0, 30)}"`;
    throw scan.fail(`after ${fieldName} comes one of ${COMPARISONS}; there is ${found}`);
  }
  const operation = NUMERIC[sign];
  if (operation === undefined) return { compared: text(scan, 'EXACT'), isUnequal: sign === '!=' };
  return { compared: { numericFilter: { operation, value: number(scan) } }, isUnequal: false };
}

function text(scan: Scanner, matchType: MatchType): Compared {
  const value = scan.value(false);
  if (matchType.endsWith('REGEXP')) refuseBrokenPattern(scan, value);
  return { stringFilter: { matchType, value, caseSensitive: !ignoresCase(scan) } };
}

/** Google's patterns are RE2; what JavaScript cannot read either is a slip of the pen, best told at once. */
function refuseBrokenPattern(scan: Scanner, pattern: string): void {
  try {
    RegExp(pattern.replace(/^\(\?[a-z]+\)/, ''));
  } catch {
    throw scan.fail(`"${pattern}" is not a regular expression`);
  }
}

function inList(scan: Scanner): Compared {
  const values = [scan.value(true)];
  while (scan.take(',')) values.push(scan.value(true));
  return { inListFilter: { values, caseSensitive: !ignoresCase(scan) } };
}

function between(scan: Scanner): Compared {
  const fromValue = number(scan);
  if (!scan.takeWord('and')) throw scan.fail('write "between 1 and 5"');
  return { betweenFilter: { fromValue, toValue: number(scan) } };
}

function ignoresCase(scan: Scanner): boolean {
  return scan.takeMatch(/ignoring\s+case(?!\w)/i) !== null;
}

function number(scan: Scanner): NumericValue {
  const digits = scan.takeMatch(NUMBER);
  if (digits === null) throw scan.fail('a number is compared with a number; write == for a text');
  return digits.includes('.') ? { doubleValue: Number(digits) } : { int64Value: digits };
}
