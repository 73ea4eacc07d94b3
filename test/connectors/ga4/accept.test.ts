import { describe, expect, it } from 'vitest';
import type { Ga4Config } from '../../../connectors/ga4/config.ts';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { nearNames } from '../../../connectors/ga4/names.ts';
import type { Acceptance } from '../../../connectors/sdk/index.ts';
import { testContext } from '../support/context.ts';
import { funnelsOf } from './support/people.ts';
import { fixture, property } from './support/property.ts';
import { config, later } from './support/read.ts';
import { type Call, type Respond, startGrpc, startRest } from './support/server.ts';

type Named = Record<string, unknown>;
const made = fixture('get_metadata.json').response as unknown as { dimensions: Named[]; metrics: Named[] };
const named = (apiName: string, more: Named = {}): Named => ({ apiName, uiName: apiName, ...more });
/** The made catalogue is cut down; these are in every property. */
const catalogue = {
  ...made,
  dimensions: [...made.dimensions, named('eventName'), named('pagePath')],
  metrics: [
    ...made.metrics,
    named('eventCount'),
    named('sessions'),
    named('engagedSessions'),
    named('customEvent:credits'),
    named('customEvent:price', { type: 'TYPE_CURRENCY' }),
  ],
};
const refusal = (message: string) => ({
  status: 400,
  grpc: 3,
  body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } },
});
const knowing: Respond = (call) => (call.method === 'getMetadata' ? { body: catalogue } : property({})(call));

async function accept(
  metric: string,
  params: object,
  { respond = knowing, transport = 'rest' }: { respond?: Respond; transport?: 'rest' | 'grpc' } = {},
): Promise<Acceptance & { asked: Call[] }> {
  const server = await (transport === 'rest' ? startRest(respond) : startGrpc(respond));
  try {
    const { context } = testContext<Ga4Config>({ ...config, transport }, server.endpoint, later);
    const definition = ga4.metrics[metric];
    const parsed: unknown = definition?.paramsSchema.parse(params);
    const accepted = await definition?.accept?.(context, parsed);
    if (accepted === undefined) throw new Error(`${metric} accepts without asking`);
    return { ...accepted, asked: server.asked };
  } finally {
    await server.close();
  }
}

it('every metric is held against the property before it is stored', () => {
  for (const [key, { accept: asks }] of Object.entries(ga4.metrics))
    expect([key, typeof asks]).toEqual([key, 'function']);
});

describe.each(['rest', 'grpc'] as const)('what fits is accepted over %s', (transport) => {
  it('with the zone and the currency of the property', async () => {
    const params = { metric: 'eventCount', filter: ['eventName == share', 'customEvent:plan in pro,team'] };
    const { asked, ...accepted } = await accept('report_total', params, { transport });
    expect(accepted).toEqual({ problems: [], warnings: [], timeZone: 'Europe/Berlin', currency: 'EUR' });
    expect(asked.map(({ method }) => method)).toEqual([
      'getMetadata',
      'batchRunReports',
      'checkCompatibility',
    ]);
    // What is asked is the report itself: its date, its metric and its filter.
    const { body } = asked[2] ?? {};
    expect(body).toMatchObject({ dimensions: [{ name: 'date' }], metrics: [{ name: 'eventCount' }] });
    expect(JSON.stringify(body)).toContain('customEvent:plan');
  });

  it('what Google cannot put together is told in its own words', async () => {
    const message = 'Please remove pagePath to make the request compatible.';
    const respond: Respond = (call) =>
      call.method === 'checkCompatibility' ? refusal(message) : knowing(call);
    const params = { metric: 'sessions', filter: 'pagePath == /' };
    const { problems } = await accept('report_total', params, { respond, transport });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});

describe('a name that the property does not know', () => {
  it.each([
    ['report_total', { metric: 'evntCount' }, 'no metric "evntCount". Did you mean "eventCount"?'],
    [
      'report_total',
      { metric: 'customEvent:credit' },
      'Did you mean "customEvent:credits"? Create it in GA4 Admin, Custom definitions',
    ],
    [
      'report_total',
      { metric: 'eventCount', filter: 'evenName == a' },
      'no dimension "evenName". Did you mean "eventName"?',
    ],
    [
      'report_total',
      { metric: 'eventCount', filter: 'customEvent:tier == a' },
      'no custom dimension "customEvent:tier"',
    ],
    ['report_total', { metric: 'eventCount', filter: 'zzzzzzzzz == a' }, 'Write it as the Data API does'],
    [
      'key_event_conversion',
      { keyEvent: 'sign_upp' },
      'no key event "sign_upp". Did you mean "sessionKeyEventRate:sign_up"?',
    ],
    ['users', { filter: 'pagepaht == /' }, 'Did you mean "pagePath"?'],
  ])('is refused by %s %j with the near ones', async (metric, params, told) => {
    const { asked, problems } = await accept(metric, params);
    expect(problems.join(' ')).toContain(told);
    // A name that is not there goes with nothing.
    expect(asked.some(({ method }) => method === 'checkCompatibility')).toBe(false);
  });
});

it('an old name is accepted, with the name of today', async () => {
  const params = { metric: 'conversions', filter: 'sessionDefaultChannelGrouping == Referral' };
  const { problems, warnings } = await accept('report_total', params);
  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    '"conversions" is an old name, and Google will stop taking it: it is "keyEvents" today.',
    '"sessionDefaultChannelGrouping" is an old name, and Google will stop taking it: it is "sessionDefaultChannelGroup" today.',
  ]);
});

it('a metric that the account may not see would always be zero, and is refused', async () => {
  const { problems } = await accept('revenue', { metric: 'purchaseRevenue', currency: 'EUR' });
  expect(problems).toEqual([
    expect.stringContaining('may not see revenue, so "purchaseRevenue" would always be zero'),
  ]);
});

it('a rate and an amount that their names do not give away are refused as totals', async () => {
  const rates = {
    ...catalogue,
    metrics: [...catalogue.metrics, named('stickyShare', { expression: 'a/b' })],
  };
  const respond: Respond = (call) => (call.method === 'getMetadata' ? { body: rates } : knowing(call));
  const rate = await accept('report_total', { metric: 'stickyShare' }, { respond });
  expect(rate.problems.join()).toContain('use "report_ratio"');
  const amount = await accept('report_total', { metric: 'customEvent:price' });
  expect(amount.problems.join()).toContain('use the metric "revenue"');
});

describe('revenue', () => {
  it('in another currency than the property’s is refused, with the way to have it converted', async () => {
    const { problems } = await accept('revenue', { currency: 'USD' });
    expect(problems).toEqual([
      'The property keeps its money in EUR, not in USD: set currency to EUR, or convert to true.',
    ]);
  });

  it('that is to be converted is accepted with a warning', async () => {
    const { problems, warnings } = await accept('revenue', { currency: 'USD', convert: true });
    expect(problems).toEqual([]);
    expect(warnings.join()).toContain('from EUR into USD');
  });
});

describe('a funnel', () => {
  const respond: Respond = (call) =>
    call.method === 'getMetadata' ? { body: catalogue } : funnelsOf(() => [2, 1])(call);

  it('is tried once, because nobody says what goes together in one', async () => {
    const { asked, problems } = await accept('funnel_conversion', { steps: ['a', 'b'] }, { respond });
    expect(problems).toEqual([]);
    expect(asked.filter(({ method }) => method === 'runFunnelReport')).toHaveLength(1);
  });

  it('that Google refuses is told in its own words', async () => {
    const refusing: Respond = (call) =>
      call.method === 'runFunnelReport' ? refusal('No such parameter.') : respond(call);
    const { problems } = await accept('funnel_conversion', { steps: ['a', 'b'] }, { respond: refusing });
    expect(problems.join()).toContain('No such parameter.');
  });
});

it('a property that cannot be asked is no problem of the definition', async () => {
  const denied = { status: 403, body: { error: { code: 403, message: 'No.', status: 'PERMISSION_DENIED' } } };
  await expect(accept('sessions', {}, { respond: () => denied })).rejects.toMatchObject({
    errorClass: 'auth',
  });
});

it('near names are at most three, the nearest first, and those of equal distance by the alphabet', () => {
  // One letter is missing from "sessions"; two changes lead to "session" and to "sesame".
  expect(nearNames('sesions', ['newUsers', 'session', 'sessions', 'sessionsx', 'sesion'])).toEqual([
    'sesion',
    'sessions',
    'session',
  ]);
});
