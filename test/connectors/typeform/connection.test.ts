import { describe, expect, it } from 'vitest';
import { allowedHosts, baseUrl, configSchema } from '../../../connectors/typeform/config.ts';
import { typeform } from '../../../connectors/typeform/index.ts';
import { accepted, checked } from './support/read.ts';
import { FORM, TOKEN } from './support/server.ts';

describe('the settings of a connection', () => {
  it.each([
    { change: { form: 'https://globex.typeform.com/to/u6nXL7' }, says: 'the last part of its address' },
    { change: { form: undefined }, says: 'id of the form' },
    { change: { token: 'short' }, says: 'whole personal token' },
    { change: { token: `${TOKEN} and more` }, says: 'no blanks' },
  ])('are refused with a sentence: $says', ({ change, says }) => {
    const parsed = configSchema.safeParse({ form: FORM.id, token: TOKEN, ...change });
    expect(parsed.error?.issues[0]?.message).toContain(says);
  });

  it('bind the token to Typeform, or to the data centre that the owner gave', () => {
    expect(allowedHosts(null)).toEqual(['api.typeform.com']);
    expect(baseUrl(null)).toBe('https://api.typeform.com');
    const europe = new URL('https://api.eu.typeform.com/');
    expect(allowedHosts(europe)).toEqual(['api.eu.typeform.com']);
    expect(baseUrl(europe)).toBe('https://api.eu.typeform.com');
  });
});

describe('the check', () => {
  it('names the form', async () => {
    expect(await checked({})).toEqual({
      account: 'Typeform form "How are we doing?" (u6nXL7)',
      livemode: null,
      warnings: [],
    });
  });

  it('warns of a token that sees no questions: responses can be counted all the same', async () => {
    expect(await checked({ scopes: ['responses:read'] })).toEqual({
      account: 'Typeform form u6nXL7',
      livemode: null,
      warnings: [
        'This token may not read the questions of the form. Give it the scope forms:read if you want scores and satisfaction.',
      ],
    });
  });

  it('refuses a token that sees no responses, and one that nobody knows', async () => {
    await expect(checked({ scopes: ['forms:read'] })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(checked({ token: 'tfp_another' })).rejects.toMatchObject({ errorClass: 'auth' });
    await expect(checked({ forms: [] })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a definition', () => {
  const fine = { problems: [], warnings: [], timeZone: null, currency: null };
  const respondent = 'user_id';

  it.each([
    { metric: 'nps', params: { respondent } },
    { metric: 'nps', params: { respondent, field: 'nps1' } },
    { metric: 'nps_average', params: { respondent, field: 'recommend' } }, // by its reference
    { metric: 'csat', params: {} }, // the only question from 1 to 5 stands in a group
    { metric: 'csat', params: { scaleMax: 7, positiveFrom: 6 } },
    { metric: 'response_count', params: {} },
  ])('of what the form has is taken: $metric $params', async ({ metric, params }) => {
    expect(await accepted({}, metric, params)).toEqual(fine);
  });

  it.each([
    {
      metric: 'nps',
      params: { respondent, field: 'recomend' },
      says: 'field: "How are we doing?" has no question "recomend". Do you mean "recommend"?',
    },
    {
      metric: 'nps',
      params: { respondent, field: 'welcome' },
      says: 'field: the question "welcome" is of the type short_text and not from 0 to 10. There is nps1 "Would you recommend us?" (0 to 10).',
    },
    {
      metric: 'nps',
      params: { respondent, field: 'scale1' },
      says: 'field: the question "scale1" goes from 1 to 7 and not from 0 to 10. There is nps1 "Would you recommend us?" (0 to 10).',
    },
    {
      metric: 'csat',
      params: { scaleMax: 10 },
      says: 'field: "How are we doing?" has no question from 1 to 10. There is nps1 "Would you recommend us?" (0 to 10), stars1 "How was our help?" (1 to 5), scale1 "How easy was it?" (1 to 7).',
    },
    {
      metric: 'csat',
      params: { respondent: 'userid' },
      says: 'respondent: "How are we doing?" has no hidden field "userid". Do you mean "user_id"?',
    },
    {
      metric: 'csat',
      params: { respondent: 'email' },
      says: 'respondent: "How are we doing?" has no hidden field "email". It has "user_id" or "plan".',
    },
  ])('of what it has not is refused: $says', async ({ metric, params, says }) => {
    expect((await accepted({}, metric, params)).problems).toEqual([says]);
  });

  it('that fits several questions has to say which', async () => {
    const forms = [
      {
        ...FORM,
        fields: [
          { id: 'a1', title: 'Us?', type: 'nps' },
          { id: 'b1', title: 'Our shop?', type: 'opinion_scale', steps: 11, startAtOne: false },
        ],
      },
    ];
    expect((await accepted({ forms }, 'nps', { respondent })).problems).toEqual([
      'field: "How are we doing?" has several questions from 0 to 10. Say which. There is a1 "Us?" (0 to 10), b1 "Our shop?" (0 to 10).',
    ]);
    expect((await accepted({ forms }, 'nps', { respondent, field: 'b1' })).problems).toEqual([]);
  });

  it('that wants each person once, and does not say who they are, is warned', async () => {
    const { problems, warnings } = await accepted({}, 'nps', {});
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      'respondent: nothing says who answers, so every response counts. Name a hidden field ("user_id", "plan") if people answer more than once.',
    ]);
    expect((await accepted({}, 'nps', { dedupe: 'all' })).warnings).toEqual([]);
  });

  it('with a positive answer above the scale is refused before anybody is asked', () => {
    const parsed = typeform.metrics['csat']?.paramsSchema.safeParse({ scaleMax: 3 });
    expect(parsed?.error?.issues[0]?.message).toContain('above the scale');
  });
});

describe('in the catalogue', () => {
  const define = (name: string, params: object) => {
    const metric = typeform.metrics[name];
    return metric?.catalog?.define(metric.paramsSchema.parse(params));
  };

  it('each is the very definition, over its own days', () => {
    expect(define('nps', {})).toEqual({
      params: { dedupe: 'latest_per_respondent', minResponses: 1 },
      window: { kind: 'trailing', days: 90 },
    });
    expect(define('nps_average', { days: 1, dedupe: 'all' })).toMatchObject({ window: { kind: 'day' } });
    expect(define('csat', { scaleMax: 7, positiveFrom: 6 })).toEqual({
      params: { scale: 'numbers', scaleMax: 7, positiveFrom: 6, dedupe: 'all', minResponses: 1 },
      window: { kind: 'trailing', days: 30 },
    });
  });

  it('days add up only where each answer is in one of them', () => {
    const kindOf = (params: object) => {
      const metric = typeform.metrics['nps'];
      return metric?.kindOf?.(metric.paramsSchema.parse(params));
    };
    expect(kindOf({ days: 1, dedupe: 'all' })).toBe('distribution');
    expect(kindOf({ days: 1 })).toBe('stock');
    expect(kindOf({ days: 90, dedupe: 'all' })).toBe('stock');
  });
});
