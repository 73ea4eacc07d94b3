import { AppError, type FieldError } from '../app/errors.ts';

const MAX_NUMBER = 1e15;
const MAX_DECIMALS = 9;
const MAX_ERRORS = 100;
/** Rows of data keep the digits that they came with: they are read as decimals, one by one. */
const ROWS = /^\/(?:values|records|rates)\//;
/** And days of a metric are refused with their line and column, by the code that reads them from a file, too. */
const VALUES = /^\/values\//;
/** What somebody pasted or exported is one long text, read by its own rules. */
const FILE_TEXT = '/text';

// oxlint-disable-next-line no-control-regex -- control characters are what is being refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The rules that hold for every value of every body, whatever field it stands in: text is NFC and holds nothing that
 * cannot be printed or stored, numbers are those that a double keeps.
 *
 * @returns the same value with its texts in NFC
 * @throws AppError `validation` that names every field
 */
export function plainValues(body: unknown): unknown {
  const errors: FieldError[] = [];
  const plain = walk(body, '', errors);
  if (errors.length === 0) return plain;
  const detail = errors.map((each) => each.detail).join('; ');
  throw new AppError('invalid', 'validation', `${detail}.`, 'Correct the fields named, then send it again.', {
    errors,
  });
}

/** As deep as JSON is taken here, which is not very. */
function walk(value: unknown, pointer: string, errors: FieldError[]): unknown {
  const no = (code: string, what: string): void => {
    const name = pointer === '' ? 'the body' : pointer.slice(1).replaceAll('/', '.');
    if (errors.length < MAX_ERRORS) errors.push({ pointer, code, detail: `${name} ${what}` });
  };
  if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value)) no('text', 'holds half of a character');
    else if (pointer === FILE_TEXT ? value.includes('\0') : CONTROL.test(value))
      no('text', 'holds control characters');
    return value.normalize('NFC');
  }
  if (typeof value === 'number') {
    const tooLarge = VALUES.test(pointer) ? !Number.isFinite(value) : Math.abs(value) > MAX_NUMBER;
    if (tooLarge) no('number', 'is no number between -1e15 and 1e15');
    else if (!ROWS.test(pointer) && Number(value.toFixed(MAX_DECIMALS)) !== value)
      no('number', `has more than ${MAX_DECIMALS} decimals`);
    return value;
  }
  if (Array.isArray(value)) return value.map((each, index) => walk(each, `${pointer}/${index}`, errors));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const part = key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
      if (/\p{Surrogate}/u.test(key) || CONTROL.test(key)) no('text', 'has a key with control characters');
      return [key.normalize('NFC'), walk(each, `${pointer}/${part}`, errors)];
    }),
  );
}
