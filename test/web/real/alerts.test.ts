import { expect, it } from 'vitest';
import {
  AT_ONCE,
  alertOn,
  eventually,
  keyResultToWatch,
  outsideWorld,
  signInAs,
} from '../support/alerting-world.ts';
import { DESKTOP, expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const world = outsideWorld();
const KEY = 'alerts.interviews';
const TITLE = 'Talk to 100 teams';

onRealStack(
  'the inbox of alerts',
  ({ client, story, url }) => {
    const alert = async () => {
      const found = await alertOn(client(), KEY);
      if (found === null) throw new Error(`no alert on ${KEY}`);
      return found;
    };
    let watched: Awaited<ReturnType<typeof keyResultToWatch>>;

    it(
      'shows what fires as it happens, with its numbers, its owner and who was told',
      { timeout: 90_000 },
      () =>
        story(DESKTOP, async (page) => {
          await client().call('createChannel', {
            body: {
              key: 'mail',
              title: 'Team mail',
              kind: 'email',
              config: {
                to: ['team@acme.test'],
                from: 'okr@acme.test',
                smtp: `smtp://127.0.0.1:${world.mails().port}`,
              },
            },
          });
          await client().call('changeChannel', { params: { id: 'mail' }, body: { settings: AT_ONCE } });
          watched = await keyResultToWatch(client(), KEY, TITLE, 'Mei');
          await page.goto(`${url()}/alerts`);
          await page.getByRole('heading', { name: 'Firing now' }).waitFor();
          expect(await page.getByRole('heading', { name: TITLE }).count()).toBe(0);

          await watched.breach();
          const card = page.getByRole('region', { name: TITLE });
          await card.waitFor({ timeout: 30_000 });
          await card.getByText(/Told: .*mail/).waitFor({ timeout: 30_000 });
          const said = await alert();
          expect(said).toMatchObject({ state: 'firing', owner: 'Mei', kind: 'off_track' });
          expect(await card.innerText()).toContain('Owner: Mei');
          for (const number of said.because?.match(/\d+(?= ?%)/g) ?? [])
            expect(await card.innerText()).toContain(number);
          for (const channel of said.toldChannels) expect(await card.innerText()).toContain(channel);
          const firing = (await client().call('listAlerts', { query: { state: 'firing' } })).data;
          await page.getByRole('navigation').getByText(`${firing.length}`, { exact: true }).first().waitFor();
          await expectGood(page, 'alerts-inbox');
        }),
    );

    it('acknowledges with one press and takes it back with another', { timeout: 60_000 }, () =>
      story(DESKTOP, async (page) => {
        await page.goto(`${url()}/alerts?kind=off_track`);
        const card = page.getByRole('region', { name: TITLE });
        await card.getByRole('button', { name: /^Acknowledge/ }).click();
        await card.getByText('Acknowledged by').waitFor();
        expect((await alert()).acknowledged).not.toBeNull();
        await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
        await card.getByRole('button', { name: /^Acknowledge/ }).waitFor();
        expect((await alert()).acknowledged).toBeNull();
        await card.getByRole('button', { name: /^Acknowledge/ }).click();
        await card.getByRole('button', { name: /^Take back/ }).click();
        await eventually(alert, ({ acknowledged }) => acknowledged === null);
      }),
    );

    it('snoozes for as long as is chosen, and ends it, each with a way back', { timeout: 90_000 }, () =>
      story(DESKTOP, async (page) => {
        const silences = async () => (await client().call('listSnoozes')).data;
        await page.goto(`${url()}/alerts`);
        const card = page.getByRole('region', { name: TITLE });
        await card.getByRole('button', { name: /^Snooze/ }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('radio', { name: /1 hour/ }).check();
        await expectGood(page, 'alerts-snooze');
        await dialog.getByRole('button', { name: 'Snooze' }).click();
        await card.getByText('Snoozed until').waitFor();
        expect(await silences()).toMatchObject([{ keyResultKey: KEY, kind: 'off_track' }]);
        const hour = Date.parse((await silences())[0]?.until ?? '') - Date.now();
        expect(hour / 60_000).toBeGreaterThan(58);
        expect(hour / 60_000).toBeLessThanOrEqual(60.5);
        await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
        await eventually(silences, (all) => all.length === 0);

        await card.getByRole('button', { name: /^Snooze/ }).click();
        await dialog.getByRole('radio', { name: /Monday/ }).check();
        await dialog.getByRole('radio', { name: /Every alert about/ }).check();
        await dialog.getByRole('textbox', { name: 'Why' }).fill('<b>offsite</b>');
        await dialog.getByRole('button', { name: 'Snooze' }).click();
        await page.getByRole('heading', { name: '1 snooze in force' }).waitFor();
        const [silence] = await silences();
        expect(silence).toMatchObject({ keyResultKey: KEY, kind: null, reason: '<b>offsite</b>' });
        // The browser of these tests is in Shanghai, eight hours ahead: eight in the morning there is midnight in UTC.
        expect(new Date(silence?.until ?? '').getUTCDay()).toBe(1);
        expect(silence?.until).toContain('T00:00:00');
        await page.getByText('<b>offsite</b>').waitFor();
        expect((await alert()).snoozedUntil).toBe(silence?.until);
        await page.getByRole('button', { name: /^End now/ }).click();
        await eventually(silences, (all) => all.length === 0);
        await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
        await eventually(silences, (all) => all[0]?.until === silence?.until);
        await page.getByRole('button', { name: /^End now/ }).click();
        await eventually(silences, (all) => all.length === 0);
      }),
    );

    it('says beside its field what the server refuses of a snooze', { timeout: 60_000 }, () =>
      story(DESKTOP, async (page) => {
        await page.goto(`${url()}/alerts?snooze=${(await alert()).id}`);
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox', { name: 'Why' }).fill('x');
        await dialog.getByRole('button', { name: 'Snooze' }).click();
        await dialog.getByText('a reason says why, in a few words').first().waitFor();
        expect((await client().call('listSnoozes')).data).toEqual([]);
      }),
    );

    it(
      'leads from the mail to a page that asks, and changes nothing before the press',
      { timeout: 90_000 },
      () =>
        story(PHONE, async (page) => {
          const mine = () =>
            world
              .mails()
              .arrived.find(
                ({ mail }) => mail.subject?.includes(TITLE) && mail.subject.includes('Off track'),
              );
          await expect.poll(() => mine() !== undefined, { timeout: 30_000 }).toBe(true);
          const links = [...String(mine()?.mail.html ?? '').matchAll(/href="([^"]+)"/g)].map(
            ([, href = '']) => href,
          );
          const link = links.find((href) => href.endsWith('?do=acknowledge')) ?? '';
          expect(link).toContain(`/alerts/${(await alert()).id}`);
          expect(mine()?.mail.text).toContain(link);
          expect(links.some((href) => href.endsWith('?do=snooze'))).toBe(true);
          // It names the address that the stack is known by, which is where the page was built for.
          await page.goto(url() + new URL(link).pathname + new URL(link).search);
          const dialog = page.getByRole('dialog', { name: `Acknowledge: ${TITLE}` });
          await dialog.waitFor();
          expect((await alert()).acknowledged).toBeNull();
          await expectGood(page, 'alerts-acknowledge');
          await dialog.getByRole('textbox').fill('Calling them today');
          await dialog.getByRole('button', { name: 'Acknowledge' }).click();
          await page.getByText('Calling them today').waitFor();
          expect(new URL(page.url()).search).toBe('');
          expect((await alert()).acknowledged).toMatchObject({ note: 'Calling them today' });
          await page.getByText('Delivered').first().waitFor();
          await page.getByText('Taken.').first().waitFor();
          await expectGood(page, 'alerts-story');
        }),
    );

    it(
      'asks whoever follows such a link to sign in first, and then asks what they came for',
      { timeout: 60_000 },
      () =>
        story({ ...DESKTOP, signedIn: false }, async (page) => {
          await page.goto(`${url()}/alerts/${(await alert()).id}?do=snooze`);
          await page.getByText(/sign/i).first().waitFor();
          expect(await page.getByRole('dialog', { name: /Snooze/ }).count()).toBe(0);
        }),
    );

    it('reads in Chinese, at every width', { timeout: 60_000 }, () =>
      story(PHONE, async (page) => {
        await page.goto(`${url()}/alerts?lang=zh-CN`);
        await page.getByRole('heading', { name: '正在告警' }).waitFor();
        const card = page.getByRole('region', { name: TITLE });
        expect(await card.innerText()).toMatch(/负责人：Mei/);
        await expectGood(page, 'alerts-inbox-zh');
        await card.getByRole('link', { name: /详情/ }).click();
        await page.getByRole('heading', { name: '经过' }).waitFor();
        await expectGood(page, 'alerts-story-zh');
      }),
    );

    it(
      'shows a viewer everything and offers nothing to change; “Mine” is what they own',
      { timeout: 60_000 },
      () =>
        story({ ...DESKTOP, signedIn: false }, async (page) => {
          await signInAs(page, client(), 'Mei', 'viewer');
          await page.goto(`${url()}/alerts`);
          const card = page.getByRole('region', { name: TITLE });
          await card.waitFor();
          expect(await card.getByRole('button').count()).toBe(0);
          await page.getByRole('link', { name: /^Mine/ }).click();
          await page.waitForURL(/mine=yes/);
          const open = (await client().call('listAlerts', { query: { open: 'true', owner: 'Mei' } })).data;
          await expect.poll(() => page.getByRole('link', { name: /^Details/ }).count()).toBe(open.length);
          await page.reload();
          await expect.poll(() => page.getByRole('link', { name: /^Details/ }).count()).toBe(open.length);
          await page.goto(`${url()}/alerts/${(await alert()).id}?do=acknowledge`);
          await page.getByRole('dialog').getByText('need the role editor').waitFor();
          await page.keyboard.press('Escape');
          expect((await alert()).acknowledged?.note).toBe('Calling them today');
        }),
    );

    it('lets what is over go as it happens, and keeps it below “Over”', { timeout: 90_000 }, () =>
      story(DESKTOP, async (page) => {
        await page.goto(`${url()}/alerts`);
        const card = page.getByRole('region', { name: TITLE });
        await card.waitFor();
        await watched.recover();
        await card.waitFor({ state: 'detached', timeout: 30_000 });
        expect((await alert()).state).toBe('resolved');
        await page.getByRole('link', { name: 'Over' }).click();
        await card.waitFor();
        await card.getByText('Resolved').waitFor();
        await expectGood(page, 'alerts-over');
      }),
    );

    it(
      'says what went wrong when it cannot be read, and what it will hold while it is empty',
      { timeout: 60_000 },
      () =>
        story(DESKTOP, async (page) => {
          const body = {
            type: '/problems/unavailable',
            title: 'Not ready',
            status: 503,
            detail: 'The database does not answer.',
            code: 'not_ready',
            requestId: 'req_alerts_1',
            retryable: true,
            fix: 'Wait a moment, then try again.',
            errors: [],
          };
          const isList = (address: URL) =>
            address.pathname === '/api/v1/alerts' && address.searchParams.has('open');
          await page.route(isList, (route) =>
            route.fulfill({
              status: 503,
              contentType: 'application/problem+json',
              body: JSON.stringify(body),
            }),
          );
          await page.goto(`${url()}/alerts`);
          await page.getByText('req_alerts_1').waitFor();
          await expectGood(page, 'alerts-error');
          await page.unroute(isList);
          await page.route(isList, (route) =>
            route.fulfill({ status: 200, json: { data: [], page: { nextCursor: null } } }),
          );
          await page.getByRole('button', { name: 'Retry' }).click();
          await page.getByRole('heading', { name: 'Nothing needs you' }).waitFor();
          await expectGood(page, 'alerts-quiet');
        }),
    );
  },
  { initial: { seed: 42 } },
  world.start,
);
