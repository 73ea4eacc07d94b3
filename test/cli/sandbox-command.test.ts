import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newState, readState, type SandboxState, writeState } from '../../sandbox/index.ts';
import { sandboxCommand } from '../../src/cli/demo/sandbox-command.ts';
import { makeWritable } from '../../src/wiring/data-folder.ts';
import { fakeIo } from './support/fake-io.ts';

const NORTHWIND = new URL('../../sandbox/companies/northwind.json', import.meta.url).pathname;
const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'sandbox-command-'));

async function sandbox(dataDir: string, ...args: string[]): Promise<{ out: string; err: string }> {
  const io = fakeIo({ env: { TIDEMARK_DATA_DIR: dataDir } });
  await sandboxCommand(args, io);
  return { out: io.out(), err: io.err() };
}

/** Runs `sandbox run` until its address is known, lets the caller look at it, and stops it as Ctrl-C would. */
async function running<T>(
  dataDir: string,
  args: string[],
  look: (url: string, said: string) => Promise<T>,
): Promise<T> {
  let tell: (text: string) => void = () => {};
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const io = fakeIo({ env: { TIDEMARK_DATA_DIR: dataDir }, stderr: { write: (text) => tell(text) } });
  const ended = sandboxCommand(['run', ...args], io);
  const said = await Promise.race([told, ended.then(() => '')]);
  try {
    return await look(/http:\/\/[\d.:]+/.exec(said)?.[0] ?? '', said);
  } finally {
    io.interrupt();
    expect(await ended).toBe(0);
  }
}

function withDemo(dataDir: string): SandboxState {
  const state = newState(new Date());
  makeWritable(join(dataDir, 'demo'));
  writeState(join(dataDir, 'demo', 'sandbox.json'), state);
  return state;
}
const demoOf = (dataDir: string) => readState(join(dataDir, 'demo', 'sandbox.json'));

it('serves another company from a state of its own, at the moment asked for, and leaves the demo alone', async () => {
  const dataDir = temporaryFolder();
  const demo = withDemo(dataDir);
  const args = ['--company', NORTHWIND, '--seed', '7', '--now', '2026-03-31T09:00:00Z', '--port', '0'];
  const own = join(dataDir, 'sandbox', 'northwind-7');
  const account = await running(dataDir, args, async (url, said) => {
    const state = readState(join(own, 'sandbox.json'));
    expect(said).toContain('Northwind (invented data)');
    expect(said).toMatch(/its clock +2026-03-31T09:00:\d\d/);
    for (const part of [state?.apiKey ?? '', join(own, 'ga4-key.json'), join(own, 'sandbox.json')]) {
      expect(said).toContain(part);
    }
    expect(said).not.toContain(state?.mixpanel.secret);
    expect(said).toContain('/zendesk');
    expect(said).not.toContain(state?.toolToken);
    const headers = { authorization: `Bearer ${state?.apiKey}` };
    return (await (await fetch(`${url}/v1/account`, { headers })).json()) as object;
  });
  expect(JSON.stringify(account)).toContain('Northwind');
  expect(readState(join(own, 'sandbox.json'))).toMatchObject({
    seed: 7,
    timeZone: 'America/New_York',
    anchorDay: '2024-12-26', // 460 days back: 90 to 31 December 2025, 365 to that of 2024, 5 more
  });
  const key = JSON.parse(readFileSync(join(own, 'ga4-key.json'), 'utf8')) as object;
  expect(key).toMatchObject({ type: 'service_account', private_key: expect.stringContaining('PRIVATE KEY') });
  expect(statSync(join(own, 'ga4-key.json')).mode & 0o777).toBe(0o600);
  expect(demoOf(dataDir)).toEqual(demo);
});

it('keeps keys and what was broken when the same company is served again', async () => {
  const dataDir = temporaryFolder();
  const own = join(dataDir, 'sandbox', 'acme-3', 'sandbox.json');
  const now = ['--seed', '3', '--now', '2026-03-31'];
  const first = await running(dataDir, [...now, '--port', '0'], async () => readState(own));
  const broken = await sandbox(dataDir, 'break', 'mixpanel', 'quota', ...now);
  expect(broken.out).toContain('Mixpanel is broken now: quota.');
  const restated = await sandbox(dataDir, 'restate', 'ga4', '2026-03-02', ...now);
  expect(restated.out).toMatch(/^a visit of that day by somebody new arrived late \(\w+\) \(2026-03-02\)\n/);
  const again = await running(dataDir, [...now, '--port', '0'], async () => readState(own));
  expect([again?.apiKey, again?.ga4, again?.mixpanel]).toEqual([first?.apiKey, first?.ga4, first?.mixpanel]);
  expect(again).toMatchObject({
    faults: { mixpanel: { kind: 'quota' } },
    restatements: [{ provider: 'ga4' }],
  });
  // Another start of the clock is another history, to which the late visit does not belong.
  const later = await running(dataDir, ['--seed', '3', '--now', '2026-04-30', '--port', '0'], async () =>
    readState(own),
  );
  expect(later?.restatements).toEqual([]);
});

it('breaks, restates and heals each provider of the demo, and says so', async () => {
  const dataDir = temporaryFolder();
  withDemo(dataDir);
  expect((await sandbox(dataDir, 'break', 'ga4')).out).toMatch(/^GA4 is broken now: server_error\./);
  expect(demoOf(dataDir)?.faults).toMatchObject({ stripe: null, ga4: { kind: 'server_error' } });
  expect((await sandbox(dataDir, 'heal', 'ga4')).out).toMatch(/^GA4 answers again\./);
  expect((await sandbox(dataDir, 'restate', 'mixpanel')).out).toMatch(/^a sign-up of that day arrived late/);
  expect((await sandbox(dataDir, 'restate', 'stripe')).out).toMatch(/\d usd minor units\)/);
  expect(demoOf(dataDir)?.restatements.map(({ provider }) => provider)).toEqual(['mixpanel', 'stripe']);
});

it('breaks and heals a tool of the demo, and says so', async () => {
  const dataDir = temporaryFolder();
  withDemo(dataDir);
  const broken = await sandbox(dataDir, 'break', 'github', 'rate_limit');
  expect(broken).toEqual({
    out:
      'GitHub is broken now: rate_limit. Mend it with `npx tidemark sandbox heal github`.\n' +
      'See what it does: npx tidemark sync now\n',
    err: '',
  });
  await sandbox(dataDir, 'break', 'app_store');
  expect(demoOf(dataDir)).toMatchObject({
    toolFaults: { github: { kind: 'rate_limit' }, app_store: { kind: 'server_error' } },
    faults: { stripe: null, ga4: null, mixpanel: null },
  });
  expect((await sandbox(dataDir, 'heal', 'github')).out).toMatch(/^GitHub answers again\.\n/);
  expect(demoOf(dataDir)?.toolFaults).toEqual({ github: null, app_store: { kind: 'server_error' } });
});

it('dumps the demo to standard output, and another company to a file, each whole', async () => {
  const dataDir = temporaryFolder();
  const demo = withDemo(dataDir);
  const { out } = await sandbox(dataDir, 'dump');
  const file = join(dataDir, 'events.jsonl');
  const other = ['--company', NORTHWIND, '--now', '2026-03-31', '--quiet'];
  const said = await sandbox(dataDir, 'dump', '--out', file, ...other);
  expect(said).toEqual({ out: '', err: `The events of Northwind (invented data) are in ${file}.\n` });
  for (const [text, head] of [
    [out, { sandbox: true, company: 'Acme', anchorDay: demo.anchorDay }],
    [readFileSync(file, 'utf8'), { company: 'Northwind', until: '2026-03-31T00:00:00.000Z' }],
  ] as const) {
    const lines = text.trimEnd().split('\n');
    const first = JSON.parse(lines[0] ?? '') as { catalog: number; facts: number; activity: number };
    expect(first).toMatchObject(head);
    expect(lines).toHaveLength(1 + first.catalog + first.facts + first.activity);
  }
  expect(existsSync(join(dataDir, 'sandbox'))).toBe(false); // looking leaves nothing behind
});

it('dumps what `run` serves: a late visit is in it', async () => {
  const dataDir = temporaryFolder();
  withDemo(dataDir);
  await sandbox(dataDir, 'restate', 'ga4');
  const personId = demoOf(dataDir)?.restatements[0]?.activity?.[0]?.personId ?? '';
  const file = join(dataDir, 'events.jsonl');
  const io = fakeIo({ env: { TIDEMARK_DATA_DIR: dataDir }, now: () => new Date(Date.now() + 1_000) });
  await sandboxCommand(['dump', '--out', file], io);
  expect(readFileSync(file, 'utf8')).toContain(personId);
});

const odd = join(temporaryFolder(), 'odd.json');
writeFileSync(odd, '{"name": "Odd", "churn": 7}');

it.each([
  [['break'], 'No provider was named', expect.stringMatching(/^Use: stripe, ga4, .*calendar\.$/)],
  [
    ['break', 'paypal'],
    'The sandbox has no provider "paypal"',
    expect.stringContaining('mixpanel, github, jira'),
  ],
  [
    ['heal', 'git-hub'],
    'The sandbox has no provider "git-hub"',
    expect.stringContaining('mixpanel, github, jira'),
  ],
  [['restate', 'paypal'], 'The sandbox has no provider "paypal"', 'Use: stripe, ga4, mixpanel.'],
  [['break', 'github', 'smoke'], 'There is no fault "smoke"', expect.stringContaining('server_error')],
  [['restate', 'zendesk'], 'Zendesk restates nothing', 'Use: stripe, ga4, mixpanel.'],
  [['break', 'ga4', 'smoke'], 'There is no fault "smoke"', expect.stringContaining('server_error')],
  [['restate', 'ga4', 'monday'], '"monday" is not a day like 2026-03-31', 'Name a past day, YYYY-MM-DD.'],
  [['restate', 'ga4', '2001-01-01'], expect.stringContaining('before the first day'), expect.anything()],
  [['fly'], 'There is no sandbox command "fly"', 'Choose break, heal, restate, run, dump or inbox.'],
  [['run', '--port', 'x'], '"x" is not a port', expect.anything()],
  [['run', '--port', '70000'], '"70000" is not a port', expect.anything()],
  [['run', '--port'], '--port needs a value', expect.anything()],
  [['run', '--seed', '-1'], '"-1" is not a seed', expect.anything()],
  [['run', '--seed', 'two'], '"two" is not a seed', expect.anything()],
  [['run', '--now', 'noon'], expect.stringContaining('"noon" is not a moment'), expect.anything()],
  [['run', '--now', '2026-02-30'], expect.stringContaining('"2026-02-30" is not'), expect.anything()],
  [['run', '--now', '2026-03-31T09:00'], expect.stringContaining('is not a moment'), expect.anything()],
  [
    ['run', '--company', odd],
    "The company's churn is 7; allowed is a number from 0 to 1",
    expect.stringContaining('northwind.json'),
  ],
  [['dump', '--out', '/no/such/folder/x'], expect.stringContaining('cannot be written'), expect.anything()],
])('refuses %j in one sentence with the next step', async (args, message, next) => {
  const dataDir = temporaryFolder();
  withDemo(dataDir);
  await expect(sandbox(dataDir, ...args)).rejects.toMatchObject({ exitCode: 2, message, next });
});

it.each([['break', 'stripe'], ['dump'], ['heal', 'ga4', '--seed', '9']])(
  'says what to do when there is no sandbox yet: %s',
  async (...args) => {
    await expect(sandbox(temporaryFolder(), ...args)).rejects.toMatchObject({
      message: 'There is no sandbox yet',
      next: expect.stringMatching(/npm run demo|sandbox run/),
    });
  },
);
