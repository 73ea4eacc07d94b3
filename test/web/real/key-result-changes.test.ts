import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { createFormat } from '../../../src/web/format.ts';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

/** Every page is drawn, read by axe and looked at in four ways, while others use the machine, too. */
vi.setConfig({ testTimeout: 240_000 });

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
const mrr = 'revenue.mrr';

onRealStack('changing a Key Result on its page', ({ client, story, url }) => {
  const detailOf = (key: string) => client().call('getKeyResult', { params: { id: key } });
  const open = async (page: Page, key: string, rest = ''): Promise<void> => {
    await page.goto(`${url()}/key-results/${key}${rest}`);
    await page.getByRole('button', { name: /^(Why this number\?|这个数字怎么来的？)$/ }).waitFor();
  };
  const more = async (page: Page, name: string) => {
    await page.locator('summary').filter({ hasText: 'More' }).click();
    await page.getByRole('button', { name, exact: true }).click();
  };
  const told = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text).waitFor();

  it('takes the first check-in with value, confidence and note, and shows it', () =>
    story({}, async (page) => {
      const goal = { kind: 'reach' as const, startValue: 0, targetValue: 12 };
      const body = {
        key: 'customers.partners',
        title: 'Win partners 伙伴',
        objective: 'customers',
        unit: 'count',
        goal,
      };
      await client().call('createKeyResult', { body });
      await open(page, body.key);
      await expectGood(page, 'key-result-no-data');
      await page.getByRole('button', { name: 'Check in' }).first().click();
      const window = page.getByRole('dialog', { name: 'Check in' });
      await window.getByLabel('Value').fill('many');
      await window.getByRole('button', { name: 'Check in' }).click();
      await window.getByText('Write a number').waitFor();
      await expectGood(page, 'key-result-check-in');
      await window.getByLabel('Value').fill('3');
      await window.getByLabel('Confidence').selectOption('0.7');
      await window.getByLabel('Note').fill('Three <b>signed</b>.');
      await window.getByRole('button', { name: 'Check in' }).click();
      await told(page, 'Checked in.');
      await page.getByText('Three <b>signed</b>.').first().waitFor();
      const { data } = await client().call('listCheckIns', { params: { id: body.key } });
      expect(data.map(({ confidence, note, value }) => [value, confidence, note])).toEqual([
        ['3', 0.7, 'Three <b>signed</b>.'],
      ]);
      expect((await detailOf(body.key)).currentValue).toBe(3);
      await page.getByText('confidence 70%').first().waitFor();
      await more(page, 'Check-in reminders');
      await page.getByLabel('Ask when nobody has checked in for').selectOption('7');
      await page.getByRole('button', { name: 'Save' }).click();
      await told(page, 'after 7 days without a check-in');
      const cadence = await client().call('getCadence', { params: { id: body.key } });
      expect(cadence.everyDays).toBe(7);
    }));

  it('ticks a step and takes it back', () =>
    story({ ...PHONE }, async (page) => {
      const steps = async () => {
        const { goal } = await detailOf('customers.interviews');
        return goal.kind === 'milestone' ? goal.steps.map(({ doneOnDay }) => doneOnDay !== null) : [];
      };
      await open(page, 'customers.interviews');
      const before = await steps();
      await page.getByRole('checkbox', { name: 'Findings shared' }).click();
      await told(page, '“Findings shared” is done.');
      expect(await steps()).toEqual([true, true, true]);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(steps).toEqual(before);
      await expectGood(page, 'key-result-steps');
    }));

  it('lets a value of one’s own stand in with its reason, draws it, and ends it', () =>
    story({}, async (page) => {
      await open(page, mrr);
      await more(page, 'State a value');
      const window = page.getByRole('dialog', { name: 'State a value' });
      await window.getByLabel('Value').fill('84999.50');
      await window.getByLabel('Reason').fill('A refund is booked twice.');
      await expectGood(page, 'key-result-override');
      await window.getByRole('button', { name: 'State a value' }).click();
      await page.getByRole('heading', { name: /^An owner’s value stands in for the source until/ }).waitFor();
      // Money is stored in cents.
      expect((await detailOf(mrr)).override?.value).toBe(8_499_950);
      await page.locator('.chart-override').first().waitFor({ state: 'attached' });
      await expectGood(page, 'key-result-overridden');
      await page.getByRole('button', { name: 'End the owner’s value' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'End the owner’s value' }).click();
      await told(page, 'the source speaks again');
      await expect.poll(async () => (await detailOf(mrr)).override).toBe(null);
    }));

  it('changes the target with a reason, keeps the earlier one on the chart, and tells of both', () =>
    story({}, async (page) => {
      const key = 'reach.sessions';
      const before = (await detailOf(key)).targetValue ?? 0;
      await open(page, key);
      await more(page, 'Edit');
      const window = page.getByRole('dialog', { name: 'Edit' });
      await window.getByLabel('Target', { exact: true }).fill(String(before + 1000));
      await window.getByText(/^The target changes from/).waitFor();
      await window.getByLabel('Reason').fill('A partner joined in.');
      await expectGood(page, 'key-result-edit');
      await window.getByRole('button', { name: 'Save' }).click();
      await told(page, 'Saved.');
      await page.locator('.chart-target-before').first().waitFor({ state: 'attached' });
      const detail = await detailOf(key);
      expect(detail.targetValue).toBe(before + 1000);
      expect(detail.targets?.map(({ reason, targetValue }) => [targetValue, reason])).toEqual([
        [before, null],
        [before + 1000, 'A partner joined in.'],
      ]);
      const text = flat(await page.getByRole('region', { name: 'Definition and baseline' }).innerText());
      const format = createFormat('en');
      for (const part of [
        format.full(before, detail),
        format.full(before + 1000, detail),
        'A partner joined in.',
      ])
        expect(text).toContain(part);
      await expectGood(page, 'key-result-target-changed');
    }));

  it('tells that somebody else was quicker, keeps what was typed, and saves only that', () =>
    story({}, async (page) => {
      const key = 'reach.sign-ups';
      await open(page, key);
      await more(page, 'Edit');
      const window = page.getByRole('dialog', { name: 'Edit' });
      await window.getByLabel('Description').fill('Ours.');
      const version = '*';
      await client().call('updateKeyResult', {
        params: { id: key },
        body: { owner: 'Somebody' },
        ifMatch: version,
      });
      await window.getByRole('button', { name: 'Save' }).click();
      await window.getByText('Somebody else has changed this Key Result meanwhile.').waitFor();
      await window.getByText('By now: Somebody').waitFor();
      expect(await window.getByLabel('Description').inputValue()).toBe('Ours.');
      await expectGood(page, 'key-result-conflict');
      await window.getByRole('button', { name: 'Save mine' }).click();
      await told(page, 'Saved.');
      const { description, owner } = await detailOf(key);
      expect([owner, description]).toEqual(['Somebody', 'Ours.']);
    }));

  it('states the baseline by hand, and keeps the earlier one with its reason', () =>
    story({}, async (page) => {
      await open(page, mrr);
      await page.getByRole('button', { name: 'Change the baseline' }).click();
      const window = page.getByRole('dialog', { name: 'Change the baseline' });
      await window.getByLabel('Start (USD)').fill('80000');
      await window.getByLabel('Reason').fill('The old book was closed late.');
      await window.getByRole('button', { name: 'Save' }).click();
      await told(page, 'The baseline is stated.');
      const detail = await detailOf(mrr);
      expect([detail.startValue, detail.baselines[0]?.reason]).toEqual([
        8_000_000,
        'The old book was closed late.',
      ]);
      await page.getByText('The old book was closed late.').first().waitFor();
    }));

  it('sets a guard and takes it away', () =>
    story({}, async (page) => {
      await open(page, mrr);
      await more(page, 'Set a guard');
      const window = page.getByRole('dialog', { name: 'Set a guard' });
      await window.getByLabel('Metric').selectOption('paying-customers');
      await window.getByLabel('It has to stay').selectOption('at_least');
      await window.getByLabel('Held against').selectOption('value');
      await window.getByLabel('Limit').fill('5');
      await window.getByRole('button', { name: 'Save' }).click();
      await page.getByText(/^Guard (kept|broken|unknown)/).waitFor();
      expect((await detailOf(mrr)).guard).toMatchObject({ metricKey: 'paying-customers', bound: 5 });
      await more(page, 'Change the guard');
      await page.getByRole('button', { name: 'Remove the guard' }).click();
      await expect.poll(async () => (await detailOf(mrr)).guard).toBe(null);
    }));

  it('adds work, marks it on the chart, changes it and takes it away', () =>
    story({}, async (page) => {
      await open(page, 'revenue.net');
      await more(page, 'Add an initiative');
      const window = page.getByRole('dialog', { name: 'Initiative' });
      await window.getByLabel('Title').fill('New price page');
      await window.getByLabel('Link').fill('javascript:alert(1)');
      await window.getByRole('button', { name: 'Save' }).click();
      await window.getByRole('alert').first().waitFor();
      await window.getByLabel('Link').fill('https://example.com/plan');
      await window.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('link', { name: 'New price page' }).waitFor();
      expect(await page.locator('rect.chart-initiative').count()).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Edit “New price page”' }).click();
      await window.getByLabel('State').selectOption('done');
      await window.getByRole('button', { name: 'Save' }).click();
      await page.getByText('· Done').waitFor();
      await expectGood(page, 'key-result-initiatives');
      await page.getByRole('button', { name: 'Remove “New price page”' }).click();
      await page.getByRole('button', { name: 'Remove for good' }).click();
      await told(page, '“New price page” is removed.');
      expect((await detailOf('revenue.net')).initiatives).toEqual([]);
    }));

  it('shows what a newer definition would change in both numbers, and accepts it', () =>
    story({}, async (page) => {
      const key = 'revenue.net';
      const { source } = await detailOf(key);
      await client().call('changeMetric', {
        params: { id: source?.metricKey ?? '' },
        body: { params: { excludeTax: true }, reason: 'Tax is not revenue.' },
      });
      await open(page, key);
      await page.getByRole('button', { name: 'See what it changes' }).click();
      const window = page.getByRole('dialog', { name: 'A newer definition' });
      await window.getByText('Tax is not revenue.').waitFor();
      const change = await client().call('getDefinitionChange', { params: { id: key } });
      const text = flat(await window.innerText());
      const format = createFormat('en');
      for (const standing of [change.onOld, change.onNew])
        if (standing !== null) expect(text).toContain(format.full(standing.currentValue, change.metric));
      await expectGood(page, 'key-result-accept');
      await window.getByRole('button', { name: `Accept version ${change.to.version}` }).click();
      await told(page, `Version ${change.to.version} is in use from now on.`);
      expect((await detailOf(key)).newDefinition).toBe(null);
    }));

  it('reads the source now and says in place what came of it', () =>
    story({}, async (page) => {
      await open(page, 'reach.new-users');
      const before = (await client().call('listRuns', { query: { limit: 1 } })).data[0]?.id;
      await page.getByRole('button', { name: 'Sync now' }).click();
      await page
        .getByText(/points? read, (none|\d+) changed\.|nothing was due\./)
        .waitFor({ timeout: 60_000 });
      const [newest] = (await client().call('listRuns', { query: { limit: 1 } })).data;
      expect(newest?.id).not.toBe(before);
      expect(newest?.trigger).toBe('manual');
    }));

  it('makes a public link whose badge shows on the page of somebody else, until it is revoked', () =>
    story({}, async (page) => {
      await open(page, mrr);
      await page.getByRole('button', { name: 'Share' }).click();
      const window = page.getByRole('dialog', { name: 'Share its badge and chart' });
      await window.getByLabel('What is it for?').fill('README');
      await window.getByRole('button', { name: 'Make a public link' }).click();
      const html = await window.getByLabel('HTML').inputValue();
      const address = await window.getByLabel('Badge', { exact: true }).inputValue();
      expect(html).toBe(`<img src="${address}" alt="Lift monthly recurring revenue">`);
      expect(await window.getByLabel('Markdown').inputValue()).toBe(
        `![Lift monthly recurring revenue](${address})`,
      );
      await window.getByRole('img', { name: /^Badge of/ }).waitFor();
      await expect
        .poll(() => page.evaluate('document.querySelector(".badge-preview img").naturalWidth'))
        .toBeGreaterThan(100);
      await expectGood(page, 'key-result-share');
      const shown = await elsewhere(page, html);
      expect(shown.width).toBeGreaterThan(100);
      expect(shown.origin).not.toBe(new URL(url()).origin);
      await window.getByRole('button', { name: 'Revoke', exact: true }).click();
      await window.getByRole('button', { name: 'Revoke for good' }).click();
      await window.getByText('None yet.').waitFor();
      expect((await elsewhere(page, html)).width).toBe(0);
    }));

  it('is archived, leads to the board, and can be brought back for a while', () =>
    story({}, async (page) => {
      const key = 'reach.sign-ups';
      await open(page, key);
      await more(page, 'Archive');
      await page.waitForURL((to) => to.pathname === '/');
      await told(page, /is archived/);
      await expect(detailOf(key)).rejects.toThrow(key);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.waitForURL(`**/key-results/${key}`);
      expect((await detailOf(key)).key).toBe(key);
    }));

  it('says what was refused beside the form, and what could not be read', () =>
    story({}, async (page) => {
      await open(page, mrr, '?do=override');
      const window = page.getByRole('dialog', { name: 'State a value' });
      await window.getByLabel('Value').fill('1');
      await window.getByLabel('Reason').fill('x');
      await window.getByRole('button', { name: 'State a value' }).click();
      await window.getByText('a reason says why, in a few words').first().waitFor();
      await page.goBack();
      const refused = JSON.stringify({
        status: 503,
        code: 'database_down',
        detail: 'The database is away.',
        fix: 'Wait.',
        requestId: 'req_1',
      });
      await page.route('**/explanation*', (route) =>
        route.fulfill({ status: 503, contentType: 'application/problem+json', body: refused }),
      );
      await page.goto(`${url()}/key-results/${mrr}?evidence=1`);
      const drawer = page.getByRole('dialog', { name: 'Why this number' });
      for (const part of ['The database is away.', 'Wait.', 'req_1']) await drawer.getByText(part).waitFor();
      await expectGood(page, 'key-result-evidence-error');
    }));

  it('offers whoever may only look nothing to change', () =>
    story({}, async (page) => {
      await page.route('**/api/v1/me', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), role: 'viewer' } });
      });
      await open(page, mrr);
      for (const name of ['Check in', 'Share', 'Sync now', 'Change the baseline'])
        expect(await page.getByRole('button', { name }).count(), name).toBe(0);
      await page.goto(`${url()}/key-results/${mrr}?do=edit`);
      await page.getByRole('slider').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    }));

  /** The line as it stands on a page of another origin, in a browser that nobody knows. */
  async function elsewhere(page: Page, html: string): Promise<{ width: number; origin: string }> {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<!doctype html><title>README</title>${html}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const context = await page.context().browser()?.newContext();
    const other = await context?.newPage();
    try {
      await other?.goto(origin, { waitUntil: 'load' });
      const width = await other?.evaluate<number>('document.querySelector("img").naturalWidth');
      return { width: width ?? 0, origin };
    } finally {
      await context?.close();
      server.close();
    }
  }
});
