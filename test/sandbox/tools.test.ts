import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectorError, type ErrorClass, type Remedy } from '../../connectors/sdk/index.ts';
import { calendarPath, FAULT_KINDS, type FaultKind, TOOLS, type Tool } from '../../sandbox/index.ts';
import { type OpenTools, openTools } from './tools-support.ts';

// The company's other tools, each read by its real connector: what a fault is taken for, and that nothing is made of it.

let tools: OpenTools;
beforeAll(async () => {
  tools = await openTools();
}, 60_000);
afterAll(() => tools?.sandbox.close());

async function failureOf(reading: Promise<unknown>): Promise<ConnectorError> {
  const outcome = await reading.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`there was an answer: ${JSON.stringify(outcome.value)}`);
  if (outcome.error instanceof ConnectorError) return outcome.error;
  throw outcome.error;
}

describe('without a key', () => {
  const doors: readonly [tool: Tool, path: string, status: number, said: string][] = [
    ['github', '/repos/acme-sandbox/app', 401, 'Bad credentials'],
    ['jira', '/rest/api/3/myself', 401, 'Client must be authenticated'],
    ['codecov', '/api/v2/github/acme-sandbox/', 401, 'Invalid token.'],
    ['google_sheets', '/v4/spreadsheets/acme-sandbox-numbers-2026', 403, 'unregistered callers'],
    ['google_play', '/storage/v1/b/pubsite_prod_rev_01234567890123456789/o', 401, 'Anonymous caller'],
    ['zendesk', '/api/v2/tickets', 401, "Couldn't authenticate you"],
    ['typeform', '/forms/acmeUsers', 403, 'AUTHENTICATION_FAILED'],
    ['calendar', calendarPath('guessed'), 404, 'Not found'],
    // What everybody may see.
    ['app_store', '/lookup?id=1234567890&country=us', 200, '"resultCount":1'],
    ['feed', '/feed.xml', 200, '<rss'],
  ];
  it.each(doors)('%s answers %s with %i', async (tool, path, status, said) => {
    const answer = await fetch(`${tools.sandbox.url}/${tool}${path}`);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(said)]);
  });

  it('is every tool asked', () => {
    expect(doors.map(([tool]) => tool).toSorted()).toEqual(TOOLS.toSorted());
  });
});

const WRONG_KEYS: Partial<Record<Tool, Record<string, unknown>>> = {
  github: { token: 'github_pat_0fSomebodyElse1234567890' },
  jira: { apiToken: 'token-of-somebody-else' },
  codecov: { token: 'token-of-somebody-else' },
  zendesk: { apiToken: 'token-of-somebody-else' },
  typeform: { token: 'tfp_token_of_somebody_else' },
  calendar: { address: calendarPath('guessed') },
};

describe('with a key', () => {
  it.each(TOOLS)('%s says whose account it is, and that it is invented', async (tool) => {
    expect(await tools.check(tool)).toMatch(/acme|sandbox|tidemark|globex/i);
  });

  it.each(Object.entries(WRONG_KEYS))('%s asks the owner of a wrong one', async (tool, config) => {
    const { remedy } = await failureOf(tools.check(tool as Tool, config));
    expect(remedy).toMatchObject({ by: 'owner', hint: expect.stringMatching(/\w/) });
  });
});

type Meaning = { errorClass: ErrorClass; remedy: Remedy | { by: 'owner' } };

const passing = (errorClass: ErrorClass, afterMs?: number): Meaning => ({
  errorClass,
  remedy: afterMs === undefined ? { by: 'time' } : { by: 'time', afterMs },
});
const owners = (errorClass: ErrorClass): Meaning => ({ errorClass, remedy: { by: 'owner' } });
const drift: Meaning = { errorClass: 'schema_drift', remedy: { by: 'maintainer' } };

const MEANS: Readonly<Record<FaultKind, Meaning>> = {
  rate_limit: passing('rate_limited'),
  rate_limit_retry_after: passing('rate_limited', 30_000),
  quota: passing('rate_limited', 30_000),
  server_error: passing('transient'),
  timeout: passing('transient'),
  drip: passing('transient'),
  cut_off: passing('bad_payload'),
  revoked: owners('auth'),
  forbidden: owners('config'),
  changed_shape: drift,
  empty: passing('bad_payload'),
  empty_list: drift,
  not_json: passing('bad_payload'),
};

/** Where a tool is different. */
const OTHERWISE: Partial<Record<Tool, Partial<Record<FaultKind, Meaning>>>> = {
  // These ask for a minute where they name no wait.
  github: { rate_limit: passing('rate_limited', 60_000) },
  zendesk: { rate_limit: passing('rate_limited', 60_000) },
  google_sheets: { rate_limit: passing('rate_limited', 60_000) },
  google_play: { rate_limit: passing('rate_limited', 60_000) },
  codecov: { forbidden: owners('auth') }, // a key reads all of an owner or nothing
  feed: { forbidden: owners('auth') },
  // An address that is a key leads nowhere when it was reset.
  calendar: { revoked: owners('config'), forbidden: owners('auth') },
  // There is no key. Apple says 403 to whoever asks too often.
  app_store: { revoked: passing('rate_limited'), forbidden: passing('rate_limited') },
};

const cases = TOOLS.flatMap((tool) =>
  FAULT_KINDS.map((kind) => ({ tool, kind, meaning: OTHERWISE[tool]?.[kind] ?? MEANS[kind] })),
);

it.each(cases)('$tool, $kind: $meaning.errorClass and no point', async ({ kind, meaning, tool }) => {
  tools.set(tool, kind);
  try {
    const { errorClass, message, remedy } = await failureOf(tools.read(tool));
    expect({ errorClass, remedy }).toMatchObject(meaning);
    if (remedy.by === 'time' && meaning.remedy.by === 'time') expect(remedy).toEqual(meaning.remedy);
    expect(message).not.toContain(tools.sandbox.state().toolToken);
  } finally {
    tools.set(tool, null);
  }
});

it.each(TOOLS)('%s tells the same after a fault as before it', async (tool) => {
  const before = await tools.read(tool);
  expect(before.filter(({ value }) => value !== null && Number(value) !== 0)).not.toEqual([]);
  tools.set(tool, 'server_error');
  await failureOf(tools.read(tool));
  tools.set(tool, null);
  expect(await tools.read(tool)).toEqual(before);
});

it('breaks one address of a tool: what else it tells is told, and nothing is made of a part', async () => {
  tools.set('google_sheets', {
    kind: 'server_error',
    path: '/v4/spreadsheets/acme-sandbox-numbers-2026/values',
  });
  try {
    expect(await tools.check('google_sheets')).toContain('Acme in numbers');
    expect((await failureOf(tools.read('google_sheets'))).errorClass).toBe('transient');
  } finally {
    tools.set('google_sheets', null);
  }
});

it('breaks one tool and no other', async () => {
  tools.set('github', 'server_error');
  try {
    expect(await tools.check('codecov')).toContain('acme-sandbox');
  } finally {
    tools.set('github', null);
  }
});
