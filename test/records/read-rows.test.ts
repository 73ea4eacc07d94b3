import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_PROBLEMS,
  type RowOptions,
  readRows,
  rowKinds,
  type UploadKind,
} from '../../src/records/index.ts';

const csv = (text: string, options: RowOptions = {}) => readRows(text, 'csv', 'values', options);
const told = (
  text: string,
  options: RowOptions = {},
  kind: UploadKind = 'values',
  format: 'csv' | 'jsonl' = 'csv',
) => {
  const read = readRows(text, format, kind, options);
  return read.ok ? [] : read.problems.map(({ problem }) => problem);
};
const rest = { numerator: null, denominator: null, unit: null, note: null, key: null };

describe('daily values', () => {
  it('keeps every digit as it was written, and a zero as a value', () => {
    expect(
      csv('day,value\n2026-03-01,0\n2026-03-02,12.50\n2026-03-03,-0.1\n2026-03-04,123456789012345\n'),
    ).toEqual({
      ok: true,
      rows: [
        { line: 2, day: '2026-03-01', value: '0', ...rest },
        { line: 3, day: '2026-03-02', value: '12.50', ...rest },
        { line: 4, day: '2026-03-03', value: '-0.1', ...rest },
        { line: 5, day: '2026-03-04', value: '123456789012345', ...rest },
      ],
    });
  });

  it('reads what Excel and other people save: a BOM, CRLF, quotes, empty lines, any order, semicolons', () => {
    const text =
      '\uFEFFNote;Value;Day\r\n\r\n"two\r\nlines; and ""quotes""";7;2026-03-01\r\n;8;2026-03-02\r\n';
    expect(csv(text)).toEqual({
      ok: true,
      rows: [
        { ...rest, line: 3, day: '2026-03-01', value: '7', note: 'two\nlines; and "quotes"' },
        { ...rest, line: 5, day: '2026-03-02', value: '8' },
      ],
    });
  });

  it('takes both sides of a ratio in the place of its value', () => {
    expect(csv('day,value,numerator,denominator\n2026-03-01,,0,0\n2026-03-02,0.5,1,2\n')).toMatchObject({
      ok: true,
      rows: [
        { value: null, numerator: '0', denominator: '0' },
        { value: '0.5', numerator: '1', denominator: '2' },
      ],
    });
  });

  it('C26: refuses two rows for one day, and names both lines', () => {
    expect(told('day,value\n2026-03-01,1\n2026-03-02,2\n2026-03-01,1\n')).toEqual([
      'Line 4, column "day": "2026-03-01" is on line 2 and on line 4; one day has one value, so leave one of them out.',
    ]);
  });

  it('takes the same day of two metrics', () => {
    expect(csv('key,day,value\na,2026-03-01,1\nb,2026-03-01,2\n')).toMatchObject({ ok: true });
    expect(told('key,day,value\na,2026-03-01,1\na,2026-03-01,2\n')[0]).toContain('2026-03-01 of a');
  });

  it.each([
    { value: '12,5', says: 'has a decimal comma; write 12.5' },
    { value: '1,234', says: 'may divide thousands or decimals; write 1234, or 1.234' },
    { value: '1,234.5', says: 'write 1234.5' },
    { value: '1.234,5', says: 'divides its thousands; write 1234.5' },
    { value: '35%', says: 'write it as a fraction' },
    { value: '1e5', says: 'write it out' },
    { value: '$5', says: 'is no number' },
    { value: 'NaN', says: 'is no number' },
    { value: 'Infinity', says: 'is no number' },
    { value: '0x10', says: 'is no number' },
    { value: '1234567890.123456', says: 'has 16 digits, and no more than 15 are kept exactly' },
  ])('refuses the value $value with the way to write it', ({ says, value }) => {
    const [problem] = told(`day,value\n2026-03-01,"${value}"\n`);
    expect(problem).toContain(`Line 2, column "value": "${value}"`);
    expect(problem).toContain(says);
  });

  it.each([
    { day: '2026-02-30', says: 'is not a day of the calendar' },
    { day: '30.3.2026', says: 'write it YYYY-MM-DD' },
    { day: '2026-03-30T00:00:00Z', says: 'write it YYYY-MM-DD' },
    { day: '2026-04-02', says: 'lies in the future, and today is 2026-04-01' },
    { day: '', says: 'is empty; every row needs it' },
  ])('refuses the day "$day"', ({ day, says }) => {
    expect(told(`day,value\n${day},1\n`, { today: '2026-04-01' })[0]).toContain(says);
  });

  it('takes today, and any day when nobody says which day it is', () => {
    expect(csv('day,value\n2026-04-01,1\n', { today: '2026-04-01' }).ok).toBe(true);
    expect(csv('day,value\n2999-01-01,1\n').ok).toBe(true);
  });

  it.each([
    { text: 'day,value\n2026-03-01,\n', says: 'write 0 if 0 was measured' },
    { text: 'day,numerator\n2026-03-01,1\n', says: 'column "denominator": "" is empty beside a numerator' },
    { text: 'day,numerator,denominator\n2026-03-01,1,-2\n', says: 'is below zero' },
  ])('refuses a row that says no value: $says', ({ says, text }) => {
    expect(told(text)[0]).toContain(says);
  });
});

describe('the file itself', () => {
  it.each([
    { text: '', says: 'Line 1: no rows follow; give a header line with "day" and at least one row.' },
    { text: 'day,value\n', says: 'Line 1: no rows follow' },
    {
      text: 'day,values\n2026-03-01,1\n',
      says: 'column "values": is not a known column; use "day", "value"',
    },
    { text: 'value\n1\n', says: 'column "day": is missing; add it to the header.' },
    { text: 'day,value,Value\n2026-03-01,1,2\n', says: 'column "value": is named twice' },
    { text: 'day,value\n2026-03-01,1,5\n', says: 'Line 2: has 3 cells and the header has 2' },
    { text: 'day,value\n2026-03-01,"1\n', says: 'Line 2: has a quotation mark that does not fit' },
    { text: 'day,value\n2026-03-01,1"2"\n', says: 'Line 2: has a quotation mark that does not fit' },
    { text: 'day,value\n2026-03-01,1\u0000\n', says: 'Line 2: holds a NUL' },
  ])('refuses a file: $says', ({ says, text }) => {
    expect(told(text)[0]).toContain(says);
  });

  it('takes nothing of a file that has one bad row', () => {
    expect(csv('day,value\n2026-03-01,1\n2026-03-02,x\n')).toMatchObject({
      ok: false,
      problems: [{ line: 3, column: 'value', value: 'x' }],
      more: false,
    });
  });

  it('tells the first twenty problems in the order of the lines, and that there are more', () => {
    const rows = Array.from({ length: 30 }, () => 'x,y').join('\n');
    const read = csv(`day,value\n${rows}\n`);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems).toHaveLength(MAX_PROBLEMS);
    expect(read.more).toBe(true);
    expect(read.problems.map(({ line }) => line)).toEqual(
      read.problems.map(({ line }) => line).toSorted((a, b) => a - b),
    );
  });

  it('refuses more rows, longer lines and larger files than it was told to take', () => {
    const text = 'day,value\n2026-03-01,1\n2026-03-02,2\n2026-03-03,3\n';
    expect(csv(text, { maxRows: 3 }).ok).toBe(true);
    expect(told(text, { maxRows: 2 })).toEqual([
      'Line 4: there are 3 rows, and 2 are taken at once; divide the file.',
    ]);
    expect(told(text, { maxLineChars: 10 })[0]).toContain(
      'Line 2: has 12 characters, and a line may have 10',
    );
    expect(told(text, { maxChars: 20 })[0]).toContain('and 20 are taken at once; divide it');
  });

  it('takes ten thousand rows and no more when nobody says how many', () => {
    const rows = (count: number) => `user_id,event,time\n${'u,open,2026-03-01T00:00:00Z\n'.repeat(count)}`;
    expect(readRows(rows(10_000), 'csv', 'events').ok).toBe(true);
    expect(told(rows(10_001), {}, 'events')[0]).toContain('10001 rows, and 10000 are taken');
  });
});

describe('records', () => {
  it('reads survey answers, in numbers and in words', () => {
    const text =
      'id,respondent_id,score,time\n1,a,0,2026-03-01T10:00:00Z\n2,b,good,2026-03-02T10:00:00+02:00\n';
    expect(readRows(text, 'csv', 'responses')).toEqual({
      ok: true,
      rows: [
        { id: '1', respondentId: 'a', score: 0, at: new Date('2026-03-01T10:00:00Z') },
        { id: '2', respondentId: 'b', score: 'good', at: new Date('2026-03-02T08:00:00Z') },
      ],
    });
  });

  it('reads the same records from JSON lines, named as in JSON or as in a sheet', () => {
    const line = (id: string) =>
      `{"id":"${id}","requesterId":"a","createdAt":"2026-03-01T10:00:00Z","status":"open","tags":["x"]}`;
    const sheet = 'id,Requester ID,created_at,status,tags\n1,a,2026-03-01T10:00:00Z,open,x\n';
    const fromSheet = readRows(sheet, 'csv', 'tickets');
    expect(readRows(`${line('1')}\n\n`, 'jsonl', 'tickets')).toEqual(fromSheet);
    expect(fromSheet).toMatchObject({ ok: true, rows: [{ id: '1', tags: ['x'], mergedInto: null }] });
  });

  it('reads the properties of an event and the segments of a subscription as JSON', () => {
    const events = 'user_id,event,time,properties\nu,cart,2026-03-01T10:00:00Z,"{""cartId"": ""k1""}"\n';
    expect(readRows(events, 'csv', 'events')).toMatchObject({ rows: [{ properties: { cartId: 'k1' } }] });
    const subscription = '{"id":"s","customerId":"c","currency":"USD","segments":[]}';
    expect(readRows(subscription, 'jsonl', 'subscriptions')).toMatchObject({
      rows: [{ id: 's', segments: [] }],
    });
    expect(
      told('user_id,event,time,properties\nu,cart,2026-03-01T10:00:00Z,k1\n', {}, 'events')[0],
    ).toContain('column "properties": "k1" is no JSON');
  });

  it('takes a bare day for its start where it knows the zone, and refuses it where it does not', () => {
    const text = 'id,time,label\n1,2026-03-02,interview\n';
    expect(readRows(text, 'csv', 'entries', { timeZone: 'Europe/Berlin' })).toMatchObject({
      rows: [{ id: '1', value: 1, at: new Date('2026-03-01T23:00:00Z') }],
    });
    expect(told(text, {}, 'entries')[0]).toContain('write it with its time, such as 2026-03-02T00:00:00Z');
    expect(told('id,time\n1,2026-03-02 10:00\n', {}, 'entries')[0]).toContain(
      'write 2026-03-02T10:00:00Z for UTC',
    );
    expect(told('id,time\n1,2026-02-30T10:00:00Z\n', {}, 'entries')[0]).toContain(
      'is not a day of the calendar',
    );
  });

  it('refuses an id that is there twice, and names both lines', () => {
    const text = 'id,time\n1,2026-03-01T10:00:00Z\n1,2026-03-02T10:00:00Z\n';
    expect(told(text, {}, 'entries')).toEqual([
      'Line 3, column "id": "1" is on line 2 and on line 3; each may be there once, so leave one of them out.',
    ]);
  });

  it('names the column whose value a record cannot have', () => {
    const text = 'id,state,completed_points\n1,done,5\n';
    expect(told(text, {}, 'sprints')).toEqual([
      'Line 2, column "state": "done" cannot be used: invalid option: expected one of "future"|"active"|"closed".',
    ]);
    const payment = 'id,customer_id,currency,amount,paid_at\n1,c,USD,10.5,2026-03-01T10:00:00Z\n';
    expect(told(payment, {}, 'payments')[0]).toContain('Line 2, column "amount": "10.5" cannot be used');
  });

  it('tells every line of a JSON lines file that is no object or has an unknown field', () => {
    expect(told('{"day":"2026-03-01","value":1}\n[1]\n{oops\n{"dya":1}\n', {}, 'values', 'jsonl')).toEqual([
      'Line 2: "[1]" is no JSON object; write one {…} a line.',
      'Line 3: "{oops" is no JSON object; write one {…} a line.',
      'Line 4, column "dya": is not a known column; use "day", "value", "numerator", "denominator", "unit", "note", "key", or leave it out.',
    ]);
    expect(told('\n\n', {}, 'values', 'jsonl')).toEqual([
      'Line 1: the file has no rows; give one JSON object a line.',
    ]);
  });

  it('keeps the digits of a number in JSON lines, and refuses one that has too many', () => {
    expect(readRows('{"day":"2026-03-01","value":0.1}', 'jsonl', 'values')).toMatchObject({
      rows: [{ value: '0.1' }],
    });
    expect(readRows('{"day":"2026-03-01","value":"0.10"}', 'jsonl', 'values')).toMatchObject({
      rows: [{ value: '0.10' }],
    });
    expect(told('{"day":"2026-03-01","value":0.30000000000000004}', {}, 'values', 'jsonl')[0]).toContain(
      '17 digits',
    );
    expect(told('{"day":"2026-03-01","value":true}', {}, 'values', 'jsonl')[0]).toContain('is no number');
  });
});

/** A row of each kind with all that it needs, as the header says it. */
const example: Record<string, string> = {
  text: 'x',
  number: '1',
  decimal: '1',
  score: '9',
  instant: '2026-03-01T10:00:00Z',
  day: '2026-03-01',
  texts: 'a|b',
  json: '[]',
};
const special: Record<string, string> = {
  currency: 'USD',
  'sprints.state': 'closed',
  'disputes.status': 'lost',
};

it.each(Object.entries(rowKinds))(
  'reads a file of %s with the columns that it needs',
  (kind, { columns }) => {
    const needed = Object.entries(columns).filter(([, column]) => 'required' in column);
    const cells = needed.map(
      ([name, { type }]) => special[`${kind}.${name}`] ?? special[name] ?? example[type] ?? '',
    );
    const text = `${needed.map(([name]) => name).join(',')}\n${cells.join(',')}\n`;
    const read = readRows(text, 'csv', kind as UploadKind);
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && read.rows).toHaveLength(1);
  },
);

it('answers any text with rows or with problems, and never throws', () => {
  const pieces = fc.constantFrom(
    'day',
    'value',
    ',',
    ';',
    '\n',
    '\r\n',
    '"',
    '""',
    '2026-03-01',
    '1',
    '0,5',
    ' ',
    '{',
    '}',
    ':',
    '\uFEFF',
    '\u0000',
    '[1]',
  );
  const text = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
  const kinds = fc.constantFrom<UploadKind>('values', 'events', 'subscriptions', 'tickets');
  fc.assert(
    fc.property(text, kinds, fc.constantFrom('csv' as const, 'jsonl' as const), (content, kind, format) => {
      const read = readRows(content, format, kind);
      const told = read.ok ? [] : read.problems;
      expect(read.ok ? read.rows.length : told.length).toBeGreaterThan(0);
      expect(told.every(({ line, problem }) => line >= 1 && problem.endsWith('.'))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
