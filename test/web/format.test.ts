import { describe, expect, it } from 'vitest';
import { ageOf, createFormat, lastDay } from '../../src/web/format.ts';

const en = createFormat('en');
const zh = createFormat('zh-CN');
const money = (currency: string) => ({ unit: 'money', currency });
const count = { unit: 'count', currency: null };
const ratio = { unit: 'ratio', currency: null };

describe('money', () => {
  it.each([
    { minor: 8_420_050, currency: 'usd', full: '$84,200.50', short: '$84,201', why: 'cents' },
    { minor: 123_456, currency: 'jpy', full: '¥123,456', short: '¥123,456', why: 'a yen has no decimals' },
    { minor: 1_500, currency: 'kwd', full: 'KWD 1.500', short: 'KWD 1.500', why: 'a dinar has three' },
    {
      minor: 250_000,
      currency: 'isk',
      full: 'ISK 2,500',
      short: 'ISK 2,500',
      why: 'Stripe counts hundredths of a króna',
    },
    { minor: 990, currency: 'eur', full: '€9.90', short: '€9.90', why: 'a small sum keeps its cents' },
    {
      minor: 1_000,
      currency: 'eur',
      full: '€10.00',
      short: '€10',
      why: 'a whole sum drops its zeros on a row',
    },
    { minor: -5_000, currency: 'usd', full: '-$50.00', short: '-$50', why: 'a loss keeps its sign' },
    {
      minor: 123_456_789_00,
      currency: 'usd',
      full: '$123,456,789.00',
      short: '$123.5M',
      why: 'a long sum is shortened on a row',
    },
    { minor: 0, currency: 'usd', full: '$0.00', short: '$0', why: 'zero is a measurement' },
  ])('of $minor $currency reads $full: $why', ({ minor, currency, full, short }) => {
    // Intl joins a currency code and its number with a no-break space.
    const plain = (text: string) => text.replaceAll('\u00a0', ' ');
    expect(plain(en.full(minor, money(currency)))).toBe(full);
    expect(plain(en.short(minor, money(currency)))).toBe(short);
  });
});

describe('numbers', () => {
  it('show no value as a dash and never as zero', () => {
    expect(en.full(null, count)).toBe('–');
    expect(en.full(null, { unit: 'custom:hours', currency: null })).toBe('–');
    expect(en.percent(null)).toBe('–');
    expect(en.full(0, count)).toBe('0');
  });

  it('follow the language', () => {
    expect(en.short(1_234_567, count)).toBe('1.235M');
    expect(zh.short(1_234_567, count)).toBe('123.5万');
    expect(en.full(1_234_567.5, count)).toBe('1,234,567.5');
  });

  it.each([
    { value: 0.222_222, text: '0.22' },
    { value: 0.004_321, text: '0.0043' },
    { value: 0.051, text: '0.051' },
    { value: -0.000_000_4, text: '0' },
    { value: 5.698, text: '5.7' },
    { value: 0, text: '0' },
  ])('say $value in a sentence as $text', ({ value, text }) => {
    expect(en.said(value, count)).toBe(text);
  });

  it('carry the name of a custom unit in full', () => {
    expect(zh.full(4, { unit: 'custom:个假设', currency: null })).toBe('4 个假设');
    expect(zh.short(4, { unit: 'custom:个假设', currency: null })).toBe('4');
  });

  it('have no minus zero', () => {
    expect(en.full(-0, count)).toBe('0');
    expect(en.percent(-0)).toBe('0%');
  });

  it('keep what an exact decimal says', () => {
    expect(en.decimal('0.0512', ratio)).toBe('5.12%');
    expect(en.decimal(null, ratio)).toBe('–');
  });
});

describe('progress', () => {
  it.each([
    { fraction: 0.735, text: '74%', why: 'it is rounded' },
    { fraction: 1.25, text: '125%', why: 'a beaten target reads above 100 %' },
    { fraction: -0.25, text: '-25%', why: 'moving away reads below 0 %' },
    { fraction: 0.997, text: '99%', why: 'nearly is not wholly' },
    { fraction: 1, text: '100%', why: 'done is done' },
  ])('of $fraction reads $text: $why', ({ fraction, text }) => {
    expect(en.percent(fraction)).toBe(text);
  });
});

describe('age', () => {
  const now = new Date('2026-03-03T09:00:00Z');
  it.each([
    { at: '2026-03-03T08:59:30Z', age: { unit: 'seconds', count: 30 } },
    { at: '2026-03-03T08:58:59Z', age: { unit: 'minutes', count: 1 } },
    { at: '2026-03-03T07:00:00Z', age: { unit: 'hours', count: 2 } },
    { at: '2026-03-01T10:00:00Z', age: { unit: 'hours', count: 47 } },
    { at: '2026-03-01T09:00:00Z', age: { unit: 'days', count: 2 } },
    { at: '2026-03-03T09:05:00Z', age: { unit: 'seconds', count: 0 } },
  ])('of $at is $age.count $age.unit', ({ at, age }) => {
    expect(ageOf(at, now)).toEqual(age);
  });

  it('is nothing for what never happened', () => {
    expect(ageOf(null, now)).toBeNull();
    expect(ageOf('not a time', now)).toBeNull();
  });
});

describe('days', () => {
  it('are written in the language of the reader', () => {
    expect(en.day('2026-03-02')).toBe('Mar 2, 2026');
    expect(zh.day('2026-03-02')).toBe('2026年3月2日');
    expect(en.day('soon')).toBe('soon');
  });

  it('end a cycle on its last day, not on the day after', () => {
    expect(lastDay('2026-04-01')).toBe('2026-03-31');
    expect(lastDay('2026-03-01')).toBe('2026-02-28');
  });
});
