import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type Bench, startBench } from '../api/support/read-source.ts';
import { fakeIo } from './support/fake-io.ts';

/** The commands against the real API, as somebody types them. */
let bench: Bench;
const day = (offset: number): string => bench.day(offset);

beforeAll(async () => {
  bench = await startBench();
  await bench.post('/api/v1/connections', {
    key: 'shop',
    connectorId: 'stripe',
    environment: 'sandbox',
    config: { apiKey: 'rk_test_definition0000000000' },
  });
  await done(`cycle add now --start ${day(-10)} --end ${day(80)}`);
  await done('objective add money --title Money --cycle now');
  for (const key of ['tickets', 'visits']) {
    await bench.post('/api/v1/metrics/values', { key, kind: 'flow', unit: 'count', title: `All ${key}` });
  }
});
afterAll(() => bench.close());

async function tidemark(line: string, env: Record<string, string> = {}) {
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const { api } = bench.server;
  const io = fakeIo({ env: { TIDEMARK_URL: api.url, TIDEMARK_TOKEN: api.localToken, ...env } });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}
async function done(line: string, env: Record<string, string> = {}): Promise<string> {
  const { code, err, out } = await tidemark(line, env);
  expect(code, `${line}\n${err}`).toBe(0);
  return out;
}
const chinese = { TIDEMARK_LANG: 'zh-CN' };
const push = (metric: string, values: [string, number][]) =>
  bench.post(`/api/v1/metrics/${metric}/values`, {
    values: values.map(([on, value]) => ({ day: on, value })),
  });

describe('tidemark kr baseline', () => {
  it('shows value, rule, window, number of points and each point with its revision', async () => {
    await done(
      'metric add income --connection shop --metric net_revenue --param currency=usd --history-days 30',
    );
    await done(
      'kr add income.down --objective money --title "Spend less" --goal change --by -30 --metric income --baseline mean:2',
    );
    expect(await done('kr baseline income.down')).toContain('It has not been captured yet');
    await bench.sync('shop', (_, on) => (on === day(-11) ? 30_000 : on < day(-10) ? 10_000 : 17_000));
    const shown = await done('kr baseline income.down');
    // (100 + 300) ÷ 2 = 200 dollars over the two days before the start.
    expect(shown).toContain(
      `$200.00: the mean before the start over ${day(-12)} to ${day(-11)}, 2 points, captured`,
    );
    expect(shown).toContain('Rule: the mean before the start (2 d)');
    expect(shown).toMatch(new RegExp(`${day(-11)} +\\$300\\.00 +1`));
    expect(shown).toMatch(new RegExp(`${day(-12)} +\\$100\\.00 +1`));
    expect(await done('kr baseline income.down', chinese)).toContain('开始前的平均值');
  });

  it('takes an owner’s value with a reason, and keeps the captured one in sight', async () => {
    const shown = await done(
      'kr baseline income.down --value "250 USD" --reason "a refund was booked twice"',
    );
    expect(shown).toMatch(/\$250\.00, stated by .+: a refund was booked twice/);
    expect(shown).toContain('Earlier baselines\n  $200.00');
    expect(await done('kr show income.down')).toContain('a refund was booked twice');
    expect(await done('explain income.down')).toContain('a refund was booked twice');
  });

  it('captures again by another rule, and refuses flags that say nothing together', async () => {
    const again = await done(
      'kr baseline income.down --recapture --rule last_value:7 --reason "June is final now"',
    );
    expect(again).toContain(
      `$300.00: the newest value before the start over ${day(-11)} to ${day(-11)}, 1 point`,
    );
    for (const [line, says] of [
      ['kr baseline income.down --value 5', 'with a reason'],
      ['kr baseline income.down --reason "only that"', 'Nothing is to be changed'],
      ['kr baseline income.down --recapture --value 5 --reason "both of them"', 'exclude each other'],
      ['kr baseline income.down --recapture --rule median:3 --reason "another rule"', 'last_value:7'],
      ['kr baseline nowhere', 'nowhere'],
    ] as const) {
      const { code, err } = await tidemark(line);
      expect(code, line).not.toBe(0);
      expect(err).toContain(says);
    }
  });

  it('C17: prints the arithmetic of an impossible one, and exits with an error', async () => {
    await bench.post('/api/v1/metrics/values', { key: 'churn', kind: 'ratio', unit: 'ratio' });
    await done(
      'kr add churn.down --objective money --title "Lose fewer" --goal change --by -10 --points --metric churn',
    );
    const { code, err } = await tidemark(
      'kr baseline churn.down --value 5% --reason "from the finance sheet"',
    );
    expect(code).not.toBe(0);
    expect(err).toContain('5 % - 10 points = -5 %');
  });
});

describe('tidemark kr override', () => {
  it('C25: shows both lines, the reason and the end, and stops when it is told to', async () => {
    const line = `kr override income.down "180 USD" --until ${day(3)} --reason "the export is late"`;
    expect(await done(line)).toContain(`is overridden for ${day(0)} to ${day(3)}`);
    const shown = await done('kr show income.down');
    expect(shown).toContain(`An owner’s value stands in for the source until ${day(3)}.`);
    expect(shown).toMatch(/\$180\.00 for .+: the export is late/);
    expect(shown).toContain(`The source says $170.00 on ${day(-2)}.`);
    expect(await done('status')).toContain('An owner’s value stands in for the source');
    expect(await done('status', chinese)).toContain('以负责人给出的值代替来源的值');
    expect(await done('kr override income.down --end')).toContain('the source speaks again');
    expect((await tidemark('kr override income.down --end')).err).toContain('No override');
    for (const wrong of ['180', `180 --until ${day(1)}`, '--until 2026-01-01 --reason "no value"']) {
      expect((await tidemark(`kr override income.down ${wrong}`)).code).toBe(2);
    }
  });
});

describe('tidemark kr guard', () => {
  it('G22: sets it, tells when it breaks in both languages, and takes it away', async () => {
    await push('tickets', [
      [day(-12), 40],
      [day(-1), 45],
    ]);
    const set = await done('kr guard income.down tickets --at-most 42');
    expect(set).toBe(`All tickets at most 42\nGuard broken: 45 on ${day(-1)}\n`);
    expect(await done('status')).toContain(`All tickets at most 42 – Guard broken: 45 on ${day(-1)}`);
    expect(await done('status', chinese)).toContain('护栏被突破');
    expect(await done('kr show income.down')).toContain('Guard broken: 45');
    expect(await done('explain income.down')).toContain('Guard broken: 45');
    expect(await done('kr guard income.down tickets --at-least 40')).toContain('Guard kept: 45');
    // The mean of the 28 days before the start is the one day of 40.
    expect(await done('kr guard income.down tickets --not-above-start')).toContain('All tickets at most 40');
    expect((await tidemark('kr guard income.down tickets')).err).toContain('one bound');
    expect((await tidemark('kr guard income.down tickets --at-most 1 --at-least 0')).code).toBe(2);
    expect((await tidemark('kr guard income.down tickets --at-most 1 --over sum')).code).toBe(0);
    expect((await tidemark('kr guard income.down income --at-most 1')).err).toContain('measured by');
    expect(await done('kr guard income.down --remove')).toContain('has no guard any more');
  });
});

describe('tidemark metric add --formula', () => {
  it('combines metrics, and says why where there is no value', async () => {
    await push('visits', [
      [day(-2), 0],
      [day(-1), 90],
    ]);
    await push('tickets', [[day(-2), 3]]);
    const made = await done('metric add contact-rate --formula "tickets / visits" --title "Contact rate"');
    expect(made).toContain('Metric contact-rate is computed, in ratio.');
    const points = await done(`metric points contact-rate --from ${day(-3)}`);
    expect(points).toMatch(new RegExp(`${day(-1)} +50 %`));
    expect(points).toMatch(
      new RegExp(`${day(-2)} +– +zero_denominator: No value: there was nothing to divide by\\.`),
    );
    expect(await done('metric points contact-rate', chinese)).toContain('没有值');
    await done(
      'kr add contact.down --objective money --title "Fewer contacts" --goal reach --from 1 --to 0 --metric contact-rate',
    );
    expect(await done('status')).toContain('Formula · Contact rate');
    expect(await done('status', chinese)).toContain('公式 · Contact rate');
    const explained = await done('explain contact.down');
    expect(explained).toContain('Combines');
    expect(explained).toMatch(new RegExp(`All visits +visits[\\s\\S]+${day(-1)} +90`));
    expect(explained).toMatch(/Brought by\n {2}ing_\w+ {2}push/);
  });

  it.each([
    ['metric add wrong --formula "tickets +"', 'At character 10 the formula ends'],
    ['metric add wrong --formula "tickets + income"', 'joins'],
    ['metric add wrong --formula "tickets / visits" --connection shop', 'does not go with --formula'],
    ['metric add wrong', '--formula to combine other metrics'],
  ])('refuses %s', async (line, says) => {
    const answer = await tidemark(line);
    expect(answer.code).toBe(2);
    expect(answer.err).toContain(says);
  });
});

describe('tidemark metric change, kr changes and kr accept', () => {
  it('C24: lead from a new definition over the jump to its acceptance', async () => {
    expect(await done('kr changes')).toBe('None yet.\n');
    const changed = await done(
      'metric change contact-rate --formula "2 * tickets / visits" --reason "each ticket is two contacts"',
    );
    expect(changed).toContain('Version 2 of contact-rate is collected. Key Results stay on the old one.');
    expect(await done('status')).toContain(
      'Version 2 of its metric waits to be accepted: each ticket is two contacts',
    );
    const seen = await done('kr changes');
    expect(seen).toContain('formula: tickets / visits → 2 * tickets / visits');
    // 45 ÷ 90 is a half, twice that is one: 50 points more, as much again.
    expect(seen).toContain(`On ${day(-1)}: 50 % becomes 100 % (+50 points, +100 %)`);
    expect(seen).toMatch(/Now: 50 %, 50 %/);
    expect(seen).toMatch(/On the new one: 100 %, 0 %/);
    expect(await done('kr changes contact.down', chinese)).toContain('采用新版后');
    expect((await tidemark('kr accept contact.down --if-version 7')).err).toContain('not 7 any more');
    expect(await done('kr accept contact.down')).toContain(
      'contact.down is on the new definition: 100 % now.',
    );
    const versions = await done('metric versions contact-rate');
    expect(versions).toMatch(/1 +tickets \/ visits/);
    expect(versions).toMatch(/2 +2 \* tickets \/ visits .+ active/);
    expect((await tidemark('kr accept contact.down')).err).toContain('the newest there is');
  });

  it('changes a parameter with the type that the source asks for, and takes it back', async () => {
    const reason = '--reason "the books moved"';
    expect(await done(`metric change income --param currency=eur ${reason}`)).toContain(
      'Version 2 of income',
    );
    expect(await done('kr changes')).toContain('It cannot be accepted: Its goal is stated in money (USD)');
    expect((await tidemark('kr accept income.down')).err).toContain('money (EUR)');
    expect(await done('metric withdraw income --reason "wrong books"')).toContain(
      'income is on version 1 again.',
    );
    expect(await done('kr changes')).toBe('None yet.\n');
    expect((await tidemark('metric change income --param currency=gbp')).err).toContain('--reason');
    expect((await tidemark('metric change income --reason "nothing to change"')).err).toContain(
      'says already',
    );
  });
});
