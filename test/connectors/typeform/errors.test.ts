import { describe, expect, it } from 'vitest';
import { ConnectorError, memoryQuota } from '../../../connectors/sdk/index.ts';
import { typeform } from '../../../connectors/typeform/index.ts';
import { testContext } from '../support/context.ts';
import { CONFIG, planned, readAll, window } from './support/read.ts';
import { FORM, NOW, response, startTypeform, TOKEN, type World, worldOf } from './support/server.ts';

const march = window('2026-03-01', '2026-03-04');

async function failureOf(
  world: Partial<World>,
  metric = 'response_count',
  params: object = {},
): Promise<ConnectorError> {
  const outcome = await readAll(world, [planned(metric, march, params)]).catch((error: unknown) => error);
  if (!(outcome instanceof ConnectorError)) throw new Error('no failure');
  return outcome;
}

describe('a limit', () => {
  it('of requests a second is left to time, since Typeform names no wait', async () => {
    const failure = await failureOf({ requestsPerSecond: 0 });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', code: 'http_429', remedy: { by: 'time' } });
  });

  it('that names a wait keeps everybody from asking for as long', async () => {
    const server = await startTypeform(
      worldOf({ refuse: () => ({ status: 429, headers: { 'retry-after': '30' } }) }),
    );
    try {
      const quota = memoryQuota(() => Date.parse(NOW));
      const read = planned('response_count', march);
      const again = () => {
        const { context } = testContext(CONFIG, server.endpoint, new Date(NOW));
        return typeform.metrics['response_count']?.read({ ...context, quota }, read.window, read.params);
      };
      await expect(again()).rejects.toMatchObject({ code: 'http_429', remedy: { afterMs: 30_000 } });
      await expect(again()).rejects.toMatchObject({ code: 'quota_paused', remedy: { afterMs: 30_000 } });
      expect(server.requestCount()).toBe(1);
    } finally {
      await server.close();
    }
  });

  it('is kept by asking for half of what Typeform allows, two requests a second, one at a time', () => {
    expect(typeform.limits).toEqual({ requestsPerSecond: 2 / 2, concurrent: 1 });
  });
});

describe('a refusal', () => {
  it('of the token is told by its code, since the status is that of a missing scope', async () => {
    const unknown = await failureOf({ token: 'tfp_another' });
    expect(unknown).toMatchObject({ errorClass: 'auth', code: 'unauthorized', remedy: { by: 'owner' } });
    expect(unknown.message).toContain('Typeform refused the token (403)');
    expect(unknown.message).not.toContain(TOKEN);
    const scope = await failureOf({ scopes: ['forms:read'] });
    expect(scope).toMatchObject({ errorClass: 'config', code: 'forbidden' });
    expect(scope.message).toContain(`may not read the responses of ${FORM.id} (403)`);
    expect(scope.message).toContain('responses:read');
  });

  it('of a form that is not there names the other data centre', async () => {
    const failure = await failureOf({ forms: [] });
    expect(failure).toMatchObject({ errorClass: 'config', code: 'not_found', remedy: { by: 'owner' } });
    expect(failure.message).toContain('https://api.eu.typeform.com');
  });

  it('of the question is one of the parameters, in Typeform’s words', async () => {
    const body = { code: 'VALIDATION_ERROR', description: 'since is no time' };
    const failure = await failureOf({ refuse: () => ({ status: 400, body }) });
    expect(failure).toMatchObject({ errorClass: 'config', code: 'http_400' });
    expect(failure.message).toContain('Typeform says: since is no time.');
  });
});

describe('a list', () => {
  const item = (token: string, submitted_at = '2026-03-02T10:00:00Z') => ({
    token,
    submitted_at,
    answers: null,
  });

  it('with fewer than were counted is not believed', async () => {
    const body = { total_items: 2, page_count: 1, items: [] };
    const failure = await failureOf({ refuse: () => ({ status: 200, body }) });
    expect(failure).toMatchObject({ errorClass: 'bad_payload', code: 'list_cut_off' });
  });

  it('that goes round in circles is not followed', async () => {
    const body = { total_items: 3, page_count: 3, items: [item('a')] };
    const failure = await failureOf({ refuse: () => ({ status: 200, body }) });
    expect(failure).toMatchObject({ errorClass: 'bad_payload', code: 'repeated_page' });
  });

  it('in pages shorter than was asked for is walked on while some are missing', async () => {
    let page = 0;
    const pages = [item('a'), item('b')];
    const { readings } = await readAll(
      {
        refuse: () => ({
          status: 200,
          body: { total_items: 2, page_count: 2, items: pages.slice(page, (page += 1)) },
        }),
      },
      [planned('response_count', march)],
    );
    expect(readings[0]?.points).toMatchObject([{}, { day: '2026-03-02', value: '2' }, {}]);
  });

  it('of another shape names the field and shows no value', async () => {
    const body = { total_items: 1, page_count: 1, items: [{ token: 'a' }] };
    const failure = await failureOf({ refuse: () => ({ status: 200, body }) });
    expect(failure).toMatchObject({ errorClass: 'schema_drift', code: '/items/0/submitted_at' });
  });
});

describe('a form that was changed', () => {
  const responses = [response('2026-03-02T10:00:00Z', { nps1: 9 })];

  it('and lost its question stops the metric, and no other', async () => {
    const forms = [{ ...FORM, fields: FORM.fields.filter(({ id }) => id !== 'nps1') }];
    const failure = await failureOf({ forms, responses }, 'nps', { field: 'nps1' });
    expect(failure).toMatchObject({ errorClass: 'config', code: 'other_form', concerns: 'metric' });
    expect(failure.message).toContain('has no question "nps1"');
    const { readings } = await readAll({ forms, responses }, [planned('response_count', march)]);
    expect(readings[0]?.points[1]).toEqual({ day: '2026-03-02', value: '1' });
  });

  it('and has another scale now is no longer read as the old one', async () => {
    const forms = [{ ...FORM, fields: [{ id: 'stars1', title: 'Stars', type: 'rating', steps: 10 }] }];
    const failure = await failureOf({ forms, responses }, 'csat', { field: 'stars1' });
    expect(failure.message).toContain('goes from 1 to 10 and not from 1 to 5');
  });
});
