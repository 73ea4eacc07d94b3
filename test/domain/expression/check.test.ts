import { describe, expect, it } from 'vitest';
import { checkExpression } from '../../../src/domain/expression/index.ts';
import { check, checked, company, traits, treeOf } from './support.ts';

describe('units travel with values', () => {
  it.each([
    { text: 'revenue', unit: 'money', currency: 'usd' },
    { text: 'revenue - cogs', unit: 'money', currency: 'usd' },
    { text: '(revenue - cogs) / revenue', unit: 'ratio', currency: null },
    { text: 'tickets / visits', unit: 'ratio', currency: null },
    { text: 'ratio(`sign-ups`, visits)', unit: 'ratio', currency: null },
    { text: 'mrr / customers', unit: 'money', currency: 'usd' }, // USD per count is still an amount
    { text: 'mrr / customers * customers', unit: 'money', currency: 'usd' },
    { text: 'mrr / (mrr / customers)', unit: 'count', currency: null },
    { text: 'time / visits', unit: 'custom:duration per count', currency: null },
    { text: 'points / tickets', unit: 'custom:story points per count', currency: null },
    { text: 'points', unit: 'custom:story points', currency: null },
    { text: 'tickets / revenue', unit: 'custom:count per minor unit of USD', currency: null },
    { text: 'tickets * visits', unit: 'custom:count^2', currency: null },
    { text: '1 / time', unit: 'custom:per duration', currency: null },
    { text: 'nps * 2', unit: 'score', currency: null },
    { text: 'cac / (arpa * gross_margin)', unit: 'ratio', currency: null },
    { text: '1 - churn', unit: 'ratio', currency: null },
    { text: 'pct_change(revenue, 7)', unit: 'ratio', currency: null },
    { text: 'rolling_avg(revenue, 7)', unit: 'money', currency: 'usd' },
    { text: 'round(mrr, 2)', unit: 'money', currency: 'usd' },
    { text: 'max(mrr, 0)', unit: 'money', currency: 'usd' }, // a bare number takes the unit beside it
    { text: 'if(visits > 100, revenue, 0)', unit: 'money', currency: 'usd' },
    { text: '12 * mrr', unit: 'money', currency: 'usd' },
    { text: 'revenue_eur', unit: 'money', currency: 'eur' },
  ])('$text gives $unit', ({ text, unit, currency }) => {
    expect(check(text)).toMatchObject({ ok: true, expression: { traits: { unit, currency } } });
  });

  it('keeps them in a formula that reads the result of another', () => {
    const perCustomer = checked('mrr / customers').traits;
    const metrics = new Map([...company, ['per_customer', perCustomer]]);
    expect(checkExpression(treeOf('per_customer * customers'), metrics)).toMatchObject({
      expression: { traits: { unit: 'money', dimension: { 'money:usd': 1 } } },
    });
    expect(checkExpression(treeOf('per_customer + mrr'), metrics)).toMatchObject({
      problems: [{ code: 'unit' }],
    });
  });

  it('lets an owner name what has no unit of its own, and nothing else', () => {
    expect(check('tickets / visits', 'custom:tickets per visit')).toMatchObject({
      expression: { traits: { unit: 'custom:tickets per visit' } },
    });
    expect(check('cac / (arpa * gross_margin)', 'custom:months').ok).toBe(true);
    expect(check('revenue', 'money').ok).toBe(true);
    expect(check('revenue', 'count')).toMatchObject({ problems: [{ code: 'stated_unit' }] });
    expect(check('revenue', 'custom:dollars').ok).toBe(false);
  });
});

describe('how the points of a formula make a longer window', () => {
  it.each([
    { text: 'revenue - cogs', kind: 'flow', combines: 'sum' },
    { text: '-2 * revenue / 3', kind: 'flow', combines: 'sum' },
    { text: 'delta(revenue, 7)', kind: 'flow', combines: 'sum' },
    { text: 'delta(mrr)', kind: 'flow', combines: 'sum' }, // what a state gained in a day adds up
    { text: 'delta(mrr, 28)', kind: 'stock', combines: 'last' }, // such gains overlap
    { text: 'mrr * 12', kind: 'stock', combines: 'last' },
    { text: 'mrr / customers', kind: 'stock', combines: 'last' },
    { text: 'customers - trials', kind: 'stock', combines: 'last' },
    { text: 'rolling_sum(revenue, 28)', kind: 'stock', combines: 'last' },
    { text: 'rolling_avg(churn, 28)', kind: 'stock', combines: 'last' },
    { text: 'pct_change(mrr, 28)', kind: 'stock', combines: 'last' },
    { text: 'max(mrr, 0)', kind: 'stock', combines: 'last' },
    { text: 'tickets / visits', kind: 'ratio', combines: 'parts' },
    { text: 'ratio(tickets, visits)', kind: 'ratio', combines: 'parts' },
    { text: '100 * (tickets + `sign-ups`) / visits', kind: 'ratio', combines: 'parts' },
    { text: '1 - churn', kind: 'ratio', combines: 'parts' },
    { text: '1 / churn', kind: 'ratio', combines: 'parts' },
    { text: 'nps', kind: 'distribution', combines: 'parts' },
    { text: 'dau', kind: 'distinct', combines: 'never' },
    { text: 'buyers / dau', kind: 'ratio', combines: 'never' }, // days of people do not add up
    { text: 'tickets / dau', kind: 'ratio', combines: 'never' },
    { text: 'dau - buyers', kind: 'ratio', combines: 'never' },
    { text: 'delta(wau, 7)', kind: 'distinct', combines: 'never' },
    { text: 'dau / 2', kind: 'distinct', combines: 'never' },
    { text: 'churn * conversion', kind: 'ratio', combines: 'never' },
    { text: 'revenue * gross_margin', kind: 'ratio', combines: 'never' },
    { text: 'tickets * visits', kind: 'ratio', combines: 'never' },
    { text: 'visits + 10', kind: 'ratio', combines: 'never' }, // ten a day, or ten in all?
    { text: 'round(revenue / 3)', kind: 'ratio', combines: 'never' },
    { text: 'pct_change(revenue, 7)', kind: 'ratio', combines: 'never' },
    { text: 'tickets / visits * churn', kind: 'ratio', combines: 'never' },
  ])('$text: $combines', ({ text, kind, combines }) => {
    expect(check(text)).toMatchObject({ ok: true, expression: { traits: { kind, combines } } });
  });

  it('gives the grain, the window and the time zone of the result', () => {
    expect(checked('rolling_sum(tickets, 28) / `active-users-28`').traits).toMatchObject({
      timeZone: 'Europe/Berlin',
      cadence: 'day',
      window: { kind: 'trailing', days: 28 },
    });
    expect(checked('mrr / wau').traits.window).toEqual({ kind: 'trailing', days: 7 });
    expect(checked('rolling_sum(monthly_cost, 12)').traits).toMatchObject({
      cadence: 'month',
      window: { kind: 'trailing_months', months: 12 },
    });
  });
});

describe('what would give a wrong number is refused before it is stored', () => {
  it.each([
    {
      text: 'revenue + revenue_eur',
      code: 'currency',
      names: ['USD', 'EUR'],
      why: 'two currencies in a sum',
    },
    { text: 'revenue / revenue_eur', code: 'currency', names: ['USD', 'EUR'], why: 'or in a quotient' },
    {
      text: 'if(visits > 0, revenue, revenue_eur)',
      code: 'currency',
      names: ['USD', 'EUR'],
      why: 'or a choice',
    },
    { text: 'cash + revenue', code: 'no_currency', names: ['cash'], why: 'money of no currency' },
    { text: 'revenue + visits', code: 'unit', names: ['USD', 'count'], why: 'money and a count' },
    {
      text: 'customers + mrr / customers',
      code: 'unit',
      names: ['count', 'USD per count'],
      why: 'a count and a rate of money',
    },
    {
      text: 'min(time, visits)',
      code: 'unit',
      names: ['duration', 'count'],
      why: 'the smaller of unlike things',
    },
    {
      text: 'if(time > visits, 1, 0)',
      code: 'unit',
      names: ['duration', 'count'],
      why: 'a comparison of unlike things',
    },
    {
      text: 'ratio(revenue, visits)',
      code: 'unit',
      names: ['USD', 'count'],
      why: 'a share of something else',
    },
    { text: 'churn + customers', code: 'unit', names: ['ratio', 'count'], why: 'a fraction and a count' },
    {
      text: 'visits / tokyo',
      code: 'time_zone',
      names: ['Europe/Berlin', 'Asia/Tokyo'],
      why: 'days of two zones',
    },
    { text: 'revenue - monthly_cost', code: 'cadence', names: ['day', 'month'], why: 'days with months' },
    {
      text: 'tickets / `active-users-28`',
      code: 'window',
      names: ['1 day', '28 days'],
      why: 'a day by 28 days',
    },
    {
      text: 'wau / `active-users-28`',
      code: 'window',
      names: ['7 days', '28 days'],
      why: 'a week by a month',
    },
    { text: 'retention * churn', code: 'window', names: ['28 days', '1 day'], why: 'a cohort and a day' },
    {
      text: 'rolling_sum(tickets, 7) / `active-users-28`',
      code: 'window',
      names: ['7 days', '28 days'],
      why: 'widened too little',
    },
    {
      text: 'if(wau > 0, tickets, visits)',
      code: 'window',
      names: ['7 days', '1 day'],
      why: 'a choice by another window',
    },
    {
      text: 'rolling_avg(rolling_sum(tickets, 7), 7)',
      code: 'window',
      names: ['7 days'],
      why: 'days counted several times',
    },
    {
      text: 'dau + buyers',
      code: 'additivity',
      names: ['dau + buyers', 'ask the source'],
      why: 'people of two counts',
    },
    { text: 'dau + tickets', code: 'additivity', names: ['people'], why: 'people and events' },
    { text: 'rolling_sum(dau, 28)', code: 'additivity', names: ['dau', '28 days'], why: 'people of 28 days' },
    {
      text: 'rolling_sum(dau, 28) / rolling_sum(visits, 28)',
      code: 'additivity',
      names: ['dau'],
      why: 'a ratio of sums of people',
    },
    { text: 'rolling_avg(dau, 28)', code: 'additivity', names: ['dau'], why: 'the mean of people' },
    {
      text: 'revenue + mrr',
      code: 'additivity',
      names: ['revenue + mrr'],
      why: 'the total of a day and a state',
    },
    {
      text: 'rolling_sum(mrr, 28)',
      code: 'additivity',
      names: ['mrr', 'a state'],
      why: 'the sum of a state',
    },
    {
      text: 'rolling_sum(churn, 28)',
      code: 'additivity',
      names: ['churn', 'a rate'],
      why: 'the sum of rates',
    },
    {
      text: 'rolling_avg(churn * conversion, 28)',
      code: 'additivity',
      names: ['numerator'],
      why: 'the mean of rates',
    },
    { text: 'visits / 0', code: 'zero_denominator', names: ['visits / 0'], why: 'a division by zero' },
    {
      text: 'ratio(visits, 0)',
      code: 'zero_denominator',
      names: ['ratio(visits, 0)'],
      why: 'written as a function',
    },
    { text: '1 + 1', code: 'no_metric', names: ['1 + 1'], why: 'nothing measured' },
    { text: 'visits + delta(5)', code: 'no_metric', names: ['delta(5, 1)'], why: 'the change of a number' },
    {
      text: 'pageviews',
      code: 'unknown_metric',
      names: ['pageviews', '"tickets"'],
      why: 'an unknown metric',
    },
    { text: 'MRR', code: 'unknown_metric', names: ['MRR', '"mrr"'], why: 'capitals' },
  ])('$text: $why', ({ text, code, names }) => {
    const answer = check(text);
    expect(answer).toMatchObject({ ok: false, problems: [{ code }] });
    const [problem] = answer.ok ? [] : answer.problems;
    for (const name of names) expect(problem?.sentence).toContain(name);
    // One sentence: the thing, then what to do about it.
    expect(problem?.sentence).toMatch(/^[^\n]+; [^\n]+\.$/);
  });

  it('knows a key with a dash that was written without backticks', () => {
    const sentence = 'There is no metric "sign"; if `sign-ups` is meant, write it in backticks.';
    expect(check('sign-ups / visits')).toMatchObject({
      problems: [{ sentence }, { code: 'unknown_metric' }],
    });
  });

  it('tells every problem, not only the first', () => {
    const answer = check('(revenue + visits) / (dau + buyers) + tokyo');
    const codes = answer.ok ? [] : answer.problems.map(({ code }) => code);
    expect(codes).toEqual(['time_zone', 'unit', 'additivity']);
  });

  it('lets a state stand beside any window, because it has none', () => {
    expect(check('mrr / wau').ok).toBe(true);
    expect(check('tickets / customers').ok).toBe(true);
  });

  it('takes one day and a trailing window of one day for the same', () => {
    const metrics = new Map([...company, ['oneday', traits({ window: { kind: 'trailing', days: 1 } })]]);
    expect(checkExpression(treeOf('tickets / oneday'), metrics).ok).toBe(true);
  });
});
