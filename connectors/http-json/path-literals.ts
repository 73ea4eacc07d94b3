import type { PathText } from './path-text.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '/': '/',
  '\\': '\\',
};

/** A string in single or double quotes. */
export function stringLiteral(path: PathText): string {
  const quote = path.peek();
  path.expect(quote);
  let text = '';
  while (!path.take(quote)) {
    const next = path.peek();
    if (next === '' || next < ' ') path.fail(`the closing ${quote}`);
    path.take(next);
    text += next === '\\' ? escaped(path, quote) : next;
  }
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text))
    path.fail('whole characters instead of half a surrogate pair');
  return text;
}

function escaped(path: PathText, quote: string): string {
  const letter = path.peek();
  path.take(letter);
  if (letter === quote) return quote;
  if (letter === 'u') {
    let digits = '';
    for (let count = 0; count < 4; count += 1) {
      const digit = path.peek();
      if (!/^[0-9A-Fa-f]$/.test(digit)) path.fail('four hexadecimal digits');
      path.take(digit);
      digits += digit;
    }
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  return ESCAPES[letter] ?? path.fail('an escape such as \\n or \\u00e9');
}

/** A whole number without leading zeros that a double holds exactly. */
export function wholeNumber(path: PathText): number {
  const sign = path.take('-') ? '-' : '';
  const digits = path.run(/[0-9]/);
  const value = Number(sign + digits);
  if (digits === '' || (digits.startsWith('0') && sign + digits !== '0') || !Number.isSafeInteger(value))
    return path.fail('a whole number without leading zeros, at most 9007199254740991, before this');
  return value;
}

/** A number as JSON writes it; larger whole numbers than a double holds would be compared wrongly. */
export function numberLiteral(path: PathText): number {
  let text = path.take('-') ? '-' : '';
  const whole = path.run(/[0-9]/);
  text += whole;
  if (whole === '' || (whole.length > 1 && whole.startsWith('0'))) path.fail('a number before this');
  for (const mark of ['.', 'e']) {
    if (path.peek().toLowerCase() !== mark) continue;
    text += mark;
    path.take(path.peek());
    if (mark === 'e') {
      text += path.peek() === '-' ? '-' : '';
      if (path.peek() === '-' || path.peek() === '+') path.take(path.peek());
    }
    const digits = path.run(/[0-9]/);
    if (digits === '') path.fail('digits');
    text += digits;
  }
  const value = Number(text);
  if (!Number.isFinite(value) || (/^-?\d+$/.test(text) && !Number.isSafeInteger(value)))
    path.fail('a number of at most 9007199254740991 before this');
  return value;
}
