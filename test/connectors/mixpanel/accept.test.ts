import { afterEach, describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { nearNames } from '../../../connectors/sdk/near-names.ts';
import { did, openProject, type Project } from '../../sandbox/mixpanel-support.ts';
import { testContext } from '../support/context.ts';
import { contextOn } from './support/read.ts';
import { type Answers, FUNNEL_LIST, INSIGHTS, NAMES, PROPERTIES, startMixpanel } from './support/server.ts';

const now = '2026-03-20T12:00:00Z';
const answers: Answers = {
  [NAMES]: () => ({ body: ['Sign Up', 'Report Shared', 'Page Viewed'] }),
  [PROPERTIES]: () => ({ body: { amount: { count: 9 }, $browser: { count: 3 } } }),
  [FUNNEL_LIST]: () => ({ body: [{ funnel_id: 7509, name: 'Sign Up to Project' }] }),
  [INSIGHTS]: () => ({
    body: { computed_at: '2026-03-20T10:00:00', headers: [], series: { A: { '2026-03-02': 5 } } },
  }),
};

/** What binding a definition says, and which addresses it asked for. */
async function accept(metric: string, params: unknown, served = answers, timeZone?: string) {
  const server = await startMixpanel(served);
  try {
    const definition = mixpanel.metrics[metric];
    const { context } = contextOn(server, now, timeZone === undefined ? {} : { timeZone });
    const accepted = await definition?.accept?.(context, definition.paramsSchema.parse(params));
    return { ...accepted, asked: server.asked.map(({ path }) => path) };
  } finally {
    await server.close();
  }
}
const fine = { problems: [], warnings: [], timeZone: null, currency: null };

describe('binding a metric to an event', () => {
  it('takes names that occur, with one question', async () => {
    expect(await accept('event_total', { event: 'Sign Up' })).toEqual({ ...fine, asked: [NAMES] });
    const both = { event: 'Report Shared', ofEvent: 'Page Viewed' };
    expect(await accept('unique_ratio', both)).toEqual({ ...fine, asked: [NAMES] });
  });

  it('says the zone of the project where its owner has: Mixpanel’s answers do not name it', async () => {
    const accepted = await accept('event_total', { event: 'Sign Up' }, answers, 'Asia/Tokyo');
    expect(accepted).toMatchObject({ timeZone: 'Asia/Tokyo', currency: null });
  });

  it('warns about a name that does not occur, with those it may mean: an event may be about to begin', async () => {
    const { problems, warnings } = await accept('unique_users', { event: 'sign_up' });
    expect(problems).toEqual([]);
    expect(warnings).toEqual(['event: Mixpanel has seen no "sign_up" of late. Do you mean "Sign Up"?']);
    const other = await accept('retention', { bornEvent: 'Sign Up', event: 'Checkout Finished' });
    expect(other.warnings).toEqual([
      'event: Mixpanel has seen no "Checkout Finished" of late. Check the name if that surprises you.',
    ]);
  });

  it('warns about a property that does not occur, also one of a filter, with one more question an event', async () => {
    const params = { event: 'Sign Up', property: 'Amout', where: 'properties["plan"]=="pro" and user["x"]' };
    const { asked, warnings } = await accept('event_property_sum', params);
    expect(asked).toEqual([NAMES, PROPERTIES]);
    expect(warnings).toEqual([
      'property: Mixpanel has seen no property "Amout" of "Sign Up" of late. Do you mean "amount"?',
      'property: Mixpanel has seen no property "plan" of "Sign Up" of late. Check the name if that surprises you.',
    ]);
    const known = await accept('nps', { event: 'Sign Up', property: 'amount' });
    expect(known).toMatchObject({ warnings: [], asked: [NAMES, PROPERTIES] });
  });

  it('does not ask for the properties of an event that never happened', async () => {
    const { asked, warnings } = await accept('event_property_sum', { event: 'Nope', property: 'x' });
    expect(asked).toEqual([NAMES]);
    expect(warnings).toHaveLength(1);
  });

  it('says nothing about names where Mixpanel may not have listed all', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `Event ${index}`);
    const served = { ...answers, [NAMES]: () => ({ body: many }) };
    expect((await accept('event_total', { event: 'Rare' }, served)).warnings).toEqual([]);
  });

  it('throws what may be better in a minute, and what the key may not do', async () => {
    const refused = (status: number) =>
      accept('event_total', { event: 'A' }, { [NAMES]: () => ({ status, body: { error: 'no' } }) });
    await expect(refused(401)).rejects.toMatchObject({ errorClass: 'auth' });
    await expect(refused(429)).rejects.toMatchObject({ errorClass: 'rate_limited' });
    await expect(refused(402)).rejects.toMatchObject({ code: 'plan' });
  });
});

describe('binding a metric to something saved', () => {
  it('refuses a funnel that is not there, and names those that are', async () => {
    expect(await accept('funnel_conversion', { funnelId: 7509 })).toEqual({ ...fine, asked: [FUNNEL_LIST] });
    expect((await accept('funnel_conversion', { funnelId: 1 })).problems).toEqual([
      'funnelId: this project has no saved funnel 1. There is 7509 "Sign Up to Project".',
    ]);
  });

  it.each([
    { metric: 'saved_report', params: { bookmarkId: 1, series: 'B' }, says: 'no series of that name' },
    { metric: 'saved_funnel', params: { bookmarkId: 1, lengthDays: 7 }, says: 'funnel' },
    { metric: 'saved_retention', params: { bookmarkId: 1 }, says: 'retention' },
  ])('refuses a report of another type or series ($metric)', async ({ metric, params, says }) => {
    const { asked, problems } = await accept(metric, params);
    expect(asked).toEqual([INSIGHTS]);
    expect(problems).toEqual([expect.stringContaining(says)]);
  });

  it('refuses a report that is not there, which Mixpanel tells with HTTP 200', async () => {
    const served = { [INSIGHTS]: () => ({ body: { error: 'Bookmark not found: 4711', status: 'error' } }) };
    const { problems } = await accept('saved_report', { bookmarkId: 4711, series: 'A' }, served);
    expect(problems).toEqual([expect.stringContaining('Bookmark not found: 4711')]);
  });

  it('takes the series it finds', async () => {
    const params = { bookmarkId: 1, series: 'A' };
    expect(await accept('saved_report', params)).toEqual({ ...fine, asked: [INSIGHTS] });
  });
});

describe('names that are near', () => {
  const names = ['Sign Up', 'Signed In', 'Sign Up Failed', 'Trial Started', 'Ürün Görüntülendi'];
  it.each([
    ['signup', ['Sign Up']],
    ['trial_startd', ['Trial Started']],
    ['ürün görüntülend', ['Ürün Görüntülendi']],
    ['Purchase', []],
  ])('to %s are %j', (wanted, near) => {
    expect(nearNames(names, wanted)).toEqual(near);
  });
});

let project: Project | null = null;
afterEach(async () => {
  await project?.close();
  project = null;
});

it('says the same of the sandbox’s project, and many definitions of one run share their questions', async () => {
  const events = [did('a', 'Sign Up', '2026-03-05T10:00:00Z', { properties: { seats: 3 } })];
  project = await openProject({ events, now });
  const { projectId, secret, username } = project.access;
  const config = mixpanel.configSchema.parse({
    projectId,
    serviceAccount: username,
    serviceAccountSecret: secret,
  });
  const { context } = testContext(config, new URL(project.url), new Date(now));
  const definitions: [metric: string, params: object][] = [
    ['event_property_sum', { event: 'Sign Up', property: 'seats' }],
    ['event_property_average', { event: 'Sign Up', property: 'seat' }],
    ['unique_users', { event: 'Sign Up' }],
    ['funnel_conversion', { funnelId: 7510 }],
    ['funnel_conversion', { funnelId: 7 }],
    ['saved_funnel', { bookmarkId: 91, lengthDays: 7 }],
    ['saved_funnel', { bookmarkId: 78, lengthDays: 7 }],
    ['saved_retention', { bookmarkId: 78, unit: 'week' }],
  ];
  const said: number[][] = [];
  for (const [metric, params] of definitions) {
    const definition = mixpanel.metrics[metric];
    const accepted = await definition?.accept?.(context, definition.paramsSchema.parse(params));
    said.push([accepted?.problems.length ?? -1, accepted?.warnings.length ?? -1]);
  }
  expect(said).toEqual([
    [0, 0],
    [0, 1], // "seat"
    [0, 0],
    [0, 0],
    [1, 0], // no funnel 7
    [0, 0],
    [1, 0], // 78 is a retention
    [0, 0],
  ]);
  // Names, properties of Sign Up, the list of funnels, and two reports.
  expect(project.server.usage().queries.asked).toBe(5);
});
