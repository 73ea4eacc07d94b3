import { describe, expect, it } from 'vitest';
import { calendar } from '../../../connectors/calendar/index.ts';
import type { CalendarWorld } from '../../../sandbox/calendar/world.ts';
import { testContext } from '../support/context.ts';
import { ADDRESS, CONFIG, entry, read, startCalendar, window } from './support/read.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const entries = [entry('1', '2026-03-02T09:00', { title: 'Ann #interview', categories: ['Research'] })];

async function check(world: Partial<CalendarWorld>, config: object = CONFIG) {
  const host = await startCalendar(world);
  try {
    return await calendar.check(testContext(calendar.configSchema.parse(config), host.endpoint, NOW).context);
  } finally {
    await host.close();
  }
}

describe('the settings of a connection', () => {
  it.each([
    { config: {}, says: 'Enter the secret address of the calendar in iCal format' },
    { config: { address: 'https://x.example/a b' }, says: 'a blank' },
    { config: { address: '/x', user: 'ann' }, says: 'Enter the password' },
    { config: { address: '/x', password: 'pass' }, says: 'Enter the user' },
    { config: { address: '/x', user: 'a:b', password: 'pass' }, says: 'no colon' },
  ])('are refused with a sentence: $says', ({ config, says }) => {
    expect(calendar.configSchema.safeParse(config).error?.issues[0]?.message).toContain(says);
  });

  it('bind the secret address to the host of the connection, and to nobody while there is none', async () => {
    expect(calendar.allowedHosts(new URL('https://calendar.google.com'))).toEqual(['calendar.google.com']);
    expect(calendar.allowedHosts(null)).toEqual(['address-missing.invalid']);
    await expect(calendar.check(testContext(CONFIG, null, NOW).context)).rejects.toMatchObject({
      code: 'no_address',
      remedy: { by: 'owner' },
    });
  });

  it('take the whole address as it was copied, but not one at another host', async () => {
    const host = await startCalendar({ entries });
    try {
      const at = (address: string) => calendar.check(testContext({ address }, host.endpoint, NOW).context);
      expect((await at(`${host.endpoint.origin}${ADDRESS}`)).account).toBe(
        `Calendar "Research" at ${host.endpoint.host}`,
      );
      // The guard knows https only, and this server speaks http: it is the origin that decides.
      for (const address of [`webcal://elsewhere.example${ADDRESS}`, `https://elsewhere.example${ADDRESS}`]) {
        const outcome = at(address);
        await expect(outcome).rejects.toMatchObject({ code: 'address_elsewhere', errorClass: 'config' });
        await expect(outcome).rejects.toThrow('lies at https://elsewhere.example');
        await expect(outcome).rejects.not.toThrow('kEpt0utOfSight');
      }
    } finally {
      await host.close();
    }
  });
});

describe('the check', () => {
  it('names the calendar and warns of nothing', async () => {
    const { account, warnings } = await check({ entries });
    expect(account).toMatch(/^Calendar "Research" at 127\.0\.0\.1:\d+$/);
    expect(warnings).toEqual([]);
  });

  it('says that there are no events, or no titles', async () => {
    expect((await check({})).warnings).toEqual(['This calendar has no events yet.']);
    expect((await check({ entries, busyOnly: true })).warnings[0]).toContain('no titles');
  });

  it('asks for the address again when its key was reset', async () => {
    const outcome = check({ entries, path: ADDRESS.replace('kEpt', 'reset') });
    await expect(outcome).rejects.toMatchObject({
      errorClass: 'config',
      code: 'http_404',
      remedy: { by: 'owner' },
    });
    await expect(outcome).rejects.toThrow('Copy the secret address of the calendar again');
  });

  it('asks for user name and password where these are refused', async () => {
    const account = { user: 'ann', password: 'an-app-password' };
    expect((await check({ entries, account }, { ...CONFIG, ...account })).warnings).toEqual([]);
    const outcome = check({ entries, account }, { ...CONFIG, user: 'ann', password: 'wrong' });
    await expect(outcome).rejects.toMatchObject({ errorClass: 'auth', code: 'http_401' });
    await expect(outcome).rejects.toThrow('Check user name and password');
  });

  it('waits for as long as a host asks for', async () => {
    await expect(check({ requestsPerSecond: 0 })).rejects.toMatchObject({
      errorClass: 'rate_limited',
      remedy: { by: 'time', afterMs: 60_000 },
    });
  });
});

it('nothing of the address is written down', async () => {
  const { exchanges } = await read({ entries }, window('2026-03-01', '2026-03-03'));
  expect(exchanges).toHaveLength(1);
  expect(exchanges[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\[redacted\]$/);
});

describe('a definition', () => {
  async function accepted(tag: string, world: Partial<CalendarWorld> = { entries }) {
    const host = await startCalendar(world);
    try {
      const metric = calendar.metrics['event_count'];
      const params: unknown = metric?.paramsSchema.parse({ tag });
      return await metric?.accept?.(testContext(CONFIG, host.endpoint, NOW).context, params);
    } finally {
      await host.close();
    }
  }

  it.each(['interview', '#Interview', 'RESEARCH'])(
    'with a tag that an event carries is taken: %s',
    async (tag) => {
      expect(await accepted(tag)).toEqual({ problems: [], warnings: [], timeZone: null, currency: null });
    },
  );

  it('with one that no event carries yet is taken with a warning that names those near', async () => {
    expect((await accepted('interveiw'))?.warnings).toEqual([
      'tag: none of the 1 events has "interveiw". Do you mean "interview"? It counts from the first event with it on.',
    ]);
    expect((await accepted('meet-up'))?.warnings[0]).toContain('There is "Research", "interview".');
    expect((await accepted('meet-up', { entries: [] }))?.warnings[0]).toContain('no word with #');
  });
});
