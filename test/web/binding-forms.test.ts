import { describe, expect, it } from 'vitest';
import { storedAmount, typedAmount } from '../../src/web/amount-text.ts';
import { commandsOf } from '../../src/web/binding-commands.ts';
import { newKey } from '../../src/web/new-key.ts';
import { missingFields, paramFields, typedParams } from '../../src/web/param-form.ts';

const usd = { unit: 'money', currency: 'usd' };
const yen = { unit: 'money', currency: 'jpy' };
const share = { unit: 'ratio', currency: null };
const count = { unit: 'count', currency: null };

describe('amounts as people type them', () => {
  it.each([
    { text: '1,100.50', measure: usd, stored: 110_050 },
    { text: '1100', measure: yen, stored: 1100 },
    { text: '73 %', measure: share, stored: 0.73 },
    { text: '97.5', measure: share, stored: 0.975 },
    { text: '-4.29', measure: usd, stored: -429 },
    { text: '1，200', measure: count, stored: 1200 },
    { text: '0', measure: count, stored: 0 },
    { text: '', measure: count, stored: null },
    { text: 'a lot', measure: count, stored: null },
    { text: '1.2.3', measure: count, stored: null },
  ])('$text in $measure.unit is $stored', ({ measure, stored, text }) => {
    expect(storedAmount(text, measure)).toBe(stored);
  });

  it('can be typed again as they were', () => {
    expect(typedAmount(110_050, usd)).toBe('1100.5');
    expect(typedAmount(0.975, share)).toBe('97.5');
    expect(typedAmount(null, count)).toBe('');
  });
});

describe('a form out of the parameters of a metric', () => {
  const fields = paramFields({
    properties: {
      days: { anyOf: [{ const: 1 }, { const: 7 }, { const: 28 }], default: 1 },
      event: { type: 'string', description: 'Name of the event' },
      steps: { type: 'array', items: { type: 'string' } },
      funnelId: { type: 'integer', minimum: 1 },
      excludeTax: { type: 'boolean', default: false },
      query: { type: 'string', contentMediaType: 'application/sql', default: 'SELECT 1' },
    },
    required: ['event', 'funnelId', 'days'],
  });

  it('asks first for what only its owner knows; what has a default need not be said', () => {
    expect(fields.map(({ kind, name, required }) => [name, kind, required])).toEqual([
      ['event', 'text', true],
      ['funnelId', 'number', true],
      ['days', 'choice', false],
      ['steps', 'list', false],
      ['excludeTax', 'flag', false],
      ['query', 'lines', false],
    ]);
    expect(missingFields(fields, { event: 'Sign Up', funnelId: ' ' })).toEqual(['funnelId']);
  });

  it('sends each value in its own type and leaves out what was left empty', () => {
    const texts = {
      event: 'Sign Up',
      days: '7',
      steps: 'open, buy',
      funnelId: '7509',
      excludeTax: '',
      query: 'SELECT 1\n  -- two lines',
    };
    expect(typedParams(fields, texts)).toEqual({
      event: 'Sign Up',
      days: 7,
      steps: ['open', 'buy'],
      funnelId: 7509,
      query: 'SELECT 1\n  -- two lines',
    });
  });
});

it('makes readable keys that are free, also of titles without Latin words', () => {
  expect(newKey('Grow MRR from $80k to $100k!', 'kr', [])).toBe('grow-mrr-from-80k-to');
  expect(newKey('Grow', 'kr', ['grow', 'grow-2'])).toBe('grow-3');
  expect(newKey('月活跃用户', 'kr', [])).toMatch(/^kr-[a-z0-9]{5}$/);
});

it('prints the same as commands, with quotes where the terminal needs them', () => {
  const { commands, requests } = commandsOf(
    {
      keyResult: 'shares',
      source: {
        kind: 'connector',
        connection: 'mixpanel',
        metric: 'event_total',
        params: { event: "Joe's Event" },
      },
      known: null,
      newMetric: { key: 'event-total', title: 'Events' },
      baseline: { value: 12 },
      reason: 'as agreed',
      rule: { sensitivity: 'early', forEvaluations: 3, keepFiringEvaluations: 5 },
    },
    'http://127.0.0.1:4400',
  );
  expect(commands).toEqual([
    "npx tidemark metric add event-total --connection mixpanel --metric event_total --param 'event=Joe'\\''s Event' --history-days 400",
    'npx tidemark kr bind shares event-total',
    "npx tidemark kr baseline shares --value 12 --reason 'as agreed'",
    'npx tidemark rule add --key-result shares --sensitivity early',
  ]);
  expect(requests).toHaveLength(4);
  expect(requests.join('\n')).not.toMatch(/tdm_/);
});
