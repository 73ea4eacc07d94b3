import { expect, it } from 'vitest';
import { calendar } from '../../connectors/calendar/index.ts';
import { feed } from '../../connectors/feed/index.ts';
import { createEgress, parseEgressAllow } from '../../src/egress/index.ts';
import { CONFIG as CALENDAR_CONFIG, entry, ics, startCalendar } from './calendar/support/read.ts';
import { startFeed, TOKEN } from './feed/support/read.ts';
import { testContext } from './support/context.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const MEGABYTE = 1_048_576;

function allowed({ host }: URL) {
  const allow = parseEgressAllow(host);
  if (!allow.ok) throw new Error(`${host} cannot be allowed`);
  return allow.rules;
}

it('a feed is found through the guarded way out, where its address redirects to', async () => {
  const host = await startFeed({ access: { kind: 'token', token: TOKEN } });
  const egress = createEgress({ allow: allowed(host.endpoint) });
  try {
    const config = feed.configSchema.parse({
      access: 'secret_address',
      address: `/feed.xml/?token=${TOKEN}`,
    });
    const { context } = testContext(config, host.endpoint, NOW);
    const fetch = egress.forHosts(feed.allowedHosts(host.endpoint));
    expect((await feed.check({ ...context, fetch })).account).toContain('Globex');
    expect(host.asked.map(({ pathname }) => pathname)).toEqual(['/feed.xml/', '/feed.xml']);
  } finally {
    await egress.close();
    await host.close();
  }
});

it('a calendar is read through the guarded way out', async () => {
  const host = await startCalendar({ entries: [entry('1', '2026-03-02T09:00')] });
  const egress = createEgress({ allow: allowed(host.endpoint) });
  try {
    const { context } = testContext(CALENDAR_CONFIG, host.endpoint, NOW);
    const fetch = egress.forHosts(calendar.allowedHosts(host.endpoint));
    expect((await calendar.check({ ...context, fetch })).warnings).toEqual([]);
  } finally {
    await egress.close();
    await host.close();
  }
});

it('an answer larger than allowed is not read to its end', async () => {
  const made = ics(`DESCRIPTION:${'x'.repeat(11 * MEGABYTE)}`);
  const host = await startCalendar({ made });
  const egress = createEgress({ allow: allowed(host.endpoint) });
  try {
    const { context } = testContext(CALENDAR_CONFIG, host.endpoint, NOW);
    const fetch = egress.forHosts(calendar.allowedHosts(host.endpoint));
    await expect(calendar.check({ ...context, fetch })).rejects.toMatchObject({ errorClass: 'too_large' });
  } finally {
    await egress.close();
    await host.close();
  }
});
