import { describe, expect, it } from 'vitest';
import { allowedHosts, baseUrl, configSchema } from '../../../connectors/zendesk/config.ts';
import { zendesk } from '../../../connectors/zendesk/index.ts';
import { accepted, checked } from './support/read.ts';
import { EMAIL, TOKEN } from './support/server.ts';

const rated = [
  { id: 1, ticketId: 1, requesterId: 1, score: 'good', createdAt: '2026-03-01T10:00:00Z' },
] as const;
const agent = { id: 7, name: 'Rita Reader', role: 'agent', ticketRestriction: null } as const;

describe('the settings of a connection', () => {
  it.each([
    { change: { email: 'rita' }, says: 'e-mail address of the agent' },
    { change: { apiToken: 'short' }, says: 'whole API token' },
    { change: { apiToken: `${TOKEN} and more` }, says: 'no blanks' },
    { change: { apiToken: undefined }, says: 'API token of Zendesk' },
  ])('are refused with a sentence: $says', ({ change, says }) => {
    const parsed = configSchema.safeParse({ email: EMAIL, apiToken: TOKEN, ...change });
    expect(parsed.error?.issues[0]?.message).toContain(says);
  });

  it('bind the token to the account’s own host, and all requests below its address', () => {
    const account = new URL('https://globex.zendesk.com/');
    expect(zendesk.needsEndpoint).toBe(true);
    expect(allowedHosts(account)).toEqual(['globex.zendesk.com']);
    expect(baseUrl(account)).toBe('https://globex.zendesk.com');
    expect(baseUrl(new URL('https://globex.zendesk.com/api/v2/'))).toBe('https://globex.zendesk.com');
    expect(baseUrl(new URL('http://127.0.0.1:1234/zendesk'))).toBe('http://127.0.0.1:1234/zendesk');
  });

  it('without an address are a problem of the owner, and the token goes nowhere', () => {
    expect(allowedHosts(null)).toEqual(['address-missing.invalid']);
    expect(() => baseUrl(null)).toThrow('Enter the address of the account');
  });
});

describe('the check', () => {
  it('names account and agent, and nothing is missing', async () => {
    const { account, warnings } = await checked({ ratings: rated });
    expect(account).toMatch(/^Zendesk 127\.0\.0\.1:\d+ as Rita Reader \(admin\)$/);
    expect(warnings).toEqual([]);
  });

  it('warns of an agent who sees only some tickets, and may not read ratings', async () => {
    const { warnings } = await checked({ agent: { ...agent, ticketRestriction: 'groups' } });
    expect(warnings).toEqual([
      'Rita Reader sees only some tickets (groups), and only those would be counted. Use an agent that sees all.',
      'This agent may not read satisfaction ratings. Use an administrator if you want customer satisfaction.',
    ]);
  });

  it('warns of an account without ratings, whose survey may be the newer one', async () => {
    const { warnings } = await checked({});
    expect(warnings).toEqual([
      'There is no good or bad rating. Accounts with the newer CSAT survey keep their answers elsewhere, and those are not read.',
    ]);
  });

  it('warns of an agent who may not search', async () => {
    const { warnings } = await checked({
      ratings: rated,
      refuse: (url) => (url.pathname.endsWith('/search/export') ? { status: 403 } : null),
    });
    expect(warnings).toEqual([
      'Rita Reader may not search tickets. Use an agent that may, if they are to be counted.',
    ]);
  });

  it('refuses a token that opens nothing, however it is told', async () => {
    await expect(checked({ apiToken: 'another-token-0123456789' })).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const body = { user: { id: null, name: 'Anonymous user', role: 'end-user' } };
    await expect(checked({ refuse: () => ({ status: 200, body }) })).rejects.toMatchObject({
      errorClass: 'auth',
      code: 'anonymous',
      remedy: { by: 'owner' },
    });
  });
});

describe('a definition', () => {
  const tickets = [
    { id: 1, createdAt: '2026-03-19T10:00:00Z', tags: ['billing', 'refund'], channel: 'email' },
    { id: 2, createdAt: '2026-03-18T10:00:00Z', tags: ['billing'], channel: 'web' },
    { id: 3, createdAt: '2025-06-01T10:00:00Z', tags: ['migration'], channel: 'chat' },
  ];
  const fine = { problems: [], warnings: [], timeZone: null, currency: null };

  it.each([
    { metric: 'ticket_count', params: {} },
    { metric: 'ticket_count', params: { tags: ['Billing', 'refund'] } },
    // Not used for months, and there all the same.
    { metric: 'ticket_count', params: { tags: ['migration'] } },
    { metric: 'ticket_count', params: { channel: 'web' } },
    { metric: 'csat', params: {} },
  ])('of names that are there is taken: $metric $params', async ({ metric, params }) => {
    expect(await accepted({ tickets, ratings: rated }, metric, params)).toEqual(fine);
  });

  it('with a tag that no ticket carries is refused, with what is near', async () => {
    const { problems } = await accepted({ tickets }, 'ticket_count', { tags: ['biling', 'vip'] });
    expect(problems).toEqual([
      'tags: no ticket carries the tag "biling". Do you mean "billing"?',
      'tags: no ticket carries the tag "vip". There is "billing", "refund".',
    ]);
  });

  it('with a channel by which nothing came is taken with a warning', async () => {
    const { problems, warnings } = await accepted({ tickets }, 'ticket_count', { channel: 'emails' });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      'channel: none of the tickets of the last 30 days came by "emails". Do you mean "email"?',
    ]);
  });

  it('of satisfaction is warned of ratings that cannot be read', async () => {
    expect((await accepted({ agent }, 'csat', {})).warnings).toEqual([
      'This agent may not read satisfaction ratings. Use an administrator if you want customer satisfaction.',
    ]);
  });

  it.each([
    { params: { tags: ['vip'], excludedTags: ['vip'] }, says: 'wanted and left out' },
    { params: { tags: ['two words'] }, says: 'A tag has no blanks' },
    { params: { channel: 'E-Mail' }, says: 'as the API calls it' },
  ])('that can count nothing is refused before anybody is asked: $says', ({ params, says }) => {
    const parsed = zendesk.metrics['ticket_count']?.paramsSchema.safeParse(params);
    expect(parsed?.error?.issues[0]?.message).toContain(says);
  });
});

describe('in the catalogue', () => {
  const meaning = (params: object) => {
    const metric = zendesk.metrics['ticket_count'];
    return metric?.catalog?.define(metric.paramsSchema.parse(params));
  };

  it('tickets of one tag are those of the catalogue, by day or by month', () => {
    expect(meaning({ tags: ['billing'] })).toEqual({
      params: { tag: 'billing', perThousandActive: false },
      window: { kind: 'day' },
    });
    expect(meaning({ tags: ['billing'], per: 'month' })).toMatchObject({ window: { kind: 'month' } });
  });

  it.each([
    { params: {}, why: 'any tag' },
    { params: { tags: ['a', 'b'] }, why: 'two tags' },
    { params: { tags: ['a'], channel: 'web' }, why: 'one channel' },
    { params: { tags: ['a'], followUps: true }, why: 'follow-ups are counted' },
    { params: { tags: ['a'], excludedTags: [] }, why: 'merged tickets are counted' },
    { params: { tags: ['a'], excludedTags: ['closed_by_merge', 'vip'] }, why: 'others are left out' },
  ])('and with other parameters they are another number: $why', ({ params }) => {
    expect(meaning(params)).toBeNull();
  });
});
