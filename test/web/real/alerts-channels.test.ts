import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { verifiedBody } from '../../e2e/receiver.ts';
import { eventually, outsideWorld, signInAs } from '../support/alerting-world.ts';
import { DESKTOP, expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const world = outsideWorld();

onRealStack(
  'channels, their messages, and rules',
  ({ client, story, url }) => {
    const channel = async (key: string) => client().call('getChannel', { params: { id: key } });
    const sent = async (channelKey: string) =>
      (await client().call('listDeliveries', { query: { channelKey } })).data;
    const cardOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

    it('adds a webhook, shows its secret once, and says what became of the test', { timeout: 90_000 }, () =>
      story(DESKTOP, async (page) => {
        await page.goto(`${url()}/alerts/channels`);
        await page.getByRole('button', { name: 'Add a channel' }).click();
        const drawer = page.getByRole('dialog', { name: 'Add a channel' });
        await expectGood(page, 'channels-add-slack');
        await drawer.getByRole('radio', { name: 'Webhook', exact: true }).check();
        await drawer.getByRole('textbox', { name: 'Name' }).fill('Data team');
        await drawer.getByRole('textbox', { name: 'Key' }).fill('data-team');
        await drawer.getByRole('textbox', { name: 'Address' }).fill('https://169.254.1.1/hook');
        await drawer.getByRole('button', { name: 'Add a channel' }).click();
        await drawer.getByText('TIDEMARK_EGRESS_ALLOW').waitFor();
        await drawer.getByRole('textbox', { name: 'Address' }).fill(`${world.hook().url}/okr`);
        await drawer.getByRole('button', { name: 'Add a channel' }).click();
        const secret = await drawer.getByText(/^whsec_/).innerText();
        await drawer.getByRole('button', { name: /^Send a test/ }).click();
        await drawer.getByText('It arrived at').waitFor({ timeout: 30_000 });
        await expectGood(page, 'channels-added');
        const [posted] = world.hook().received;
        if (posted === undefined) throw new Error('nothing was posted');
        expect(verifiedBody(posted, secret).type).toBe('test');
        await drawer.getByRole('button', { name: 'Done' }).click();
        expect(await page.getByText(secret).count()).toBe(0);
        expect(await channel('data-team')).toMatchObject({
          title: 'Data team',
          kind: 'webhook',
          enabled: true,
        });
        await cardOf(page, 'Data team').getByText('Works').waitFor();
      }),
    );

    it(
      'shows a broken channel with what to do; mended, its message is sent once more and arrives once',
      { timeout: 120_000 },
      () =>
        story(DESKTOP, async (page) => {
          const before = world.hook().received.length;
          await page.goto(`${url()}/alerts/channels`);
          const card = cardOf(page, 'Data team');
          world.answer(410);
          await card.getByRole('button', { name: /^Send a test/ }).click();
          await card
            .getByText('The other side is gone for good. Answer: 410.')
            .first()
            .waitFor({ timeout: 30_000 });
          await card.getByText('Switch it on once the address is right').first().waitFor();
          await eventually(
            () => channel('data-team'),
            ({ enabled }) => !enabled,
          );
          await card.getByText('Off', { exact: true }).waitFor();
          await expectGood(page, 'channels-broken');
          world.answer(200);
          const [dead] = await sent('data-team');
          expect(dead?.status).toBe('dead');
          await page.goto(`${url()}/alerts/deliveries?channel=data-team&open=${dead?.deliveryId}`);
          const drawer = page.getByRole('dialog');
          await drawer.getByRole('button', { name: 'Send again' }).click();
          await drawer.getByText('The channel "data-team" is off').waitFor();
          await client().call('changeChannel', { params: { id: 'data-team' }, body: { enabled: true } });
          await drawer.getByRole('button', { name: 'Send again' }).click();
          await drawer.getByText('Delivered').waitFor({ timeout: 30_000 });
          expect((await sent('data-team'))[0]).toMatchObject({
            deliveryId: dead?.deliveryId,
            status: 'delivered',
          });
          const after = world.hook().received.slice(before);
          const ids = after.map(({ headers }) => headers['webhook-id']);
          expect(ids).toEqual([dead?.deliveryId, dead?.deliveryId]); // refused once, taken once
          const one = await client().call('getDelivery', { params: { id: dead?.id ?? '' } });
          expect(JSON.parse(after[1]?.body ?? '')).toEqual(JSON.parse(one.content?.text ?? ''));
          expect(await drawer.locator('pre').innerText()).toBe(one.content?.text);
          await expectGood(page, 'deliveries-one');
        }),
    );

    it('sends mail through a real server, and keeps the password to itself', { timeout: 90_000 }, () =>
      story(PHONE, async (page) => {
        await page.goto(`${url()}/alerts/channels?add=email`);
        const drawer = page.getByRole('dialog', { name: 'Add a channel' });
        await drawer.getByRole('textbox', { name: 'Name' }).fill('Leads 负责人');
        await drawer.getByRole('textbox', { name: 'Key' }).fill('leads');
        await drawer.getByRole('textbox', { name: 'To' }).fill('mei@acme.test, jonas@acme.test');
        await drawer.getByRole('textbox', { name: 'From' }).fill('okr@acme.test');
        await drawer.getByRole('textbox', { name: 'Mail server' }).fill('mail.acme.test');
        await drawer.getByRole('button', { name: 'Add a channel' }).click();
        await drawer
          .getByText(/expected smtp:\/\/host:587/)
          .first()
          .waitFor();
        await drawer
          .getByRole('textbox', { name: 'Mail server' })
          .fill(`smtp://127.0.0.1:${world.mails().port}`);
        await drawer.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
        await expectGood(page, 'channels-add-email');
        await drawer.getByRole('button', { name: 'Add a channel' }).click();
        await drawer.getByRole('button', { name: /^Send a test/ }).click();
        await drawer.getByText('It arrived at').waitFor({ timeout: 30_000 });
        const [mail] = world.mails().arrived;
        expect(mail?.envelope.to).toEqual(['mei@acme.test', 'jonas@acme.test']);
        const [row] = await sent('leads');
        const { content } = await client().call('getDelivery', { params: { id: row?.id ?? '' } });
        expect(content).toMatchObject({ format: 'text', lang: 'zh-CN' });
        expect(mail?.mail.text?.trim()).toBe(content?.text.trim());
        await drawer.getByRole('button', { name: 'Done' }).click();
        await page.goto(`${url()}/alerts/deliveries?open=${row?.deliveryId}`);
        await page
          .getByRole('dialog')
          .getByText(content?.text.split('\n')[0] ?? '')
          .waitFor();
      }),
    );

    it(
      'keeps quiet hours, days and the digest as they are set, and tells of a change made meanwhile',
      { timeout: 90_000 },
      () =>
        story(DESKTOP, async (page) => {
          await page.goto(`${url()}/alerts/channels?settings=leads`);
          const drawer = page.getByRole('dialog');
          await drawer.getByRole('combobox', { name: 'Time zone' }).selectOption('Asia/Shanghai');
          await drawer.getByLabel('From').fill('21:30');
          await drawer.getByLabel('Until').fill('08:15');
          await drawer.getByRole('checkbox', { name: 'Saturday' }).check();
          await drawer.getByRole('radio', { name: 'Once a week' }).check();
          await drawer.getByRole('combobox', { name: 'Day' }).selectOption('5');
          await drawer.getByLabel('At', { exact: true }).fill('16:45');
          await drawer.getByRole('checkbox', { name: 'Check-ins that are due' }).uncheck();
          await expectGood(page, 'channels-settings');
          await drawer.getByRole('button', { name: 'Save' }).click();
          await drawer.waitFor({ state: 'hidden' });
          expect((await channel('leads')).settings).toMatchObject({
            timeZone: 'Asia/Shanghai',
            quietHours: { from: '21:30', to: '08:15' },
            workingDays: [1, 2, 3, 4, 5, 6],
            digest: { period: 'weekly', at: '16:45', weekday: 5 },
            topics: ['key_results', 'sources'],
          });
          const card = cardOf(page, 'Leads 负责人');
          await card.getByText('Quiet from 21:30 to 08:15 (Asia/Shanghai).').waitFor();
          await card.getByText('Digest each Friday at 16:45.').waitFor();

          await card.getByRole('button', { name: /^When and what/ }).click();
          await drawer.getByLabel('From').fill('22:00');
          await client().call('changeChannel', {
            params: { id: 'leads' },
            body: { settings: { immediatePerDay: 3 } },
          });
          await drawer.getByRole('button', { name: 'Save' }).click();
          await drawer
            .getByRole('alert')
            .getByText(/changed|version/i)
            .first()
            .waitFor();
          expect((await channel('leads')).settings?.quietHours?.from).toBe('21:30');
        }),
    );

    it('previews the digest as it would be sent, in the reader’s language', { timeout: 120_000 }, () =>
      story(DESKTOP, async (page) => {
        for (const lang of ['en', 'zh-CN'] as const) {
          const empty = lang === 'en' ? /An empty digest is not sent/ : /空摘要不会发送/;
          // What a digest says changes when something happens between the two questions: then both are asked again.
          await expect
            .poll(
              async () => {
                await page.goto(`${url()}/alerts/channels?digest=leads&lang=${lang}`);
                const { text } = await client().call('previewDigest', {
                  params: { id: 'leads' },
                  body: { lang },
                });
                const dialog = page.getByRole('dialog');
                const shown = await dialog
                  .locator('pre')
                  .or(dialog.getByText(empty))
                  .innerText({ timeout: 15_000 });
                return text === null ? empty.test(shown) : shown === text;
              },
              { timeout: 50_000, interval: 1_000 },
            )
            .toBe(true);
          await expectGood(page, `channels-digest-${lang}`);
        }
      }),
    );

    it(
      'rotates the secret, with both signing for a day, and archives with a way back',
      { timeout: 60_000 },
      () =>
        story(DESKTOP, async (page) => {
          await page.goto(`${url()}/alerts/channels`);
          const card = cardOf(page, 'Data team');
          await card.getByRole('button', { name: /^Rotate the secret/ }).click();
          const dialog = page.getByRole('dialog');
          await dialog.getByRole('button', { name: 'Rotate the secret' }).click();
          const secret = await dialog.getByText(/^whsec_/).innerText();
          await dialog.getByRole('button', { name: 'Done' }).click();
          await card.getByRole('button', { name: /^Send a test/ }).click();
          await card.getByText('It arrived at').waitFor({ timeout: 30_000 });
          const posted = world.hook().received.at(-1);
          expect(String(posted?.headers['webhook-signature']).split(' ')).toHaveLength(2);
          if (posted !== undefined) expect(verifiedBody(posted, secret).type).toBe('test');

          await card.getByRole('button', { name: /^Archive/ }).click();
          await card.waitFor({ state: 'detached' });
          await expect(channel('data-team')).rejects.toThrow('data-team');
          await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
          await card.waitFor();
          expect((await channel('data-team')).key).toBe('data-team');
        }),
    );

    it('filters the log by channel and state, in an address that can be shared', { timeout: 60_000 }, () =>
      story(DESKTOP, async (page) => {
        await page.goto(`${url()}/alerts/deliveries`);
        await page.getByRole('combobox', { name: 'Channel' }).selectOption('leads');
        await page.getByRole('combobox', { name: 'Message' }).selectOption('test');
        await page.waitForURL(/kind=test/);
        const rows = (await client().call('listDeliveries', { query: { channelKey: 'leads', kind: 'test' } }))
          .data;
        await expect.poll(() => page.locator('tbody tr').count()).toBe(rows.length);
        await page.reload();
        await expect.poll(() => page.locator('tbody tr').count()).toBe(rows.length);
        await page.goto(`${url()}/alerts/deliveries?lang=zh-CN`);
        await page.getByRole('columnheader', { name: '下次发送' }).waitFor();
        await expectGood(page, 'deliveries-zh');
        await page.goto(`${url()}/alerts/deliveries?state=suppressed&lang=en`);
        await page.getByText('No message fits these filters').waitFor();
      }),
    );

    it(
      'makes a rule that was tried on the past before, tries it again, switches it off and archives it',
      { timeout: 180_000 },
      () =>
        story(DESKTOP, async (page) => {
          const rules = async () => (await client().call('listAlertRules')).data;
          const before = (await rules()).length;
          await page.goto(`${url()}/alerts/rules`);
          await page.getByRole('button', { name: 'New rule' }).click();
          const drawer = page.getByRole('dialog');
          await drawer
            .getByRole('combobox', { name: 'For what' })
            .selectOption({ label: 'Key Result: Win paying customers 付费客户' });
          await drawer.getByRole('radio', { name: /^Early/ }).check();
          await drawer.getByLabel('Fires after days').fill('1');
          await drawer.getByLabel('Over after days').fill('2');
          const fromDay = await drawer.getByLabel('Since').inputValue();
          await drawer.getByRole('button', { name: 'Try', exact: true }).click();
          await drawer.getByText('looked at').waitFor({ timeout: 60_000 });
          const body = {
            keyResult: 'customers.paying',
            sensitivity: 'early',
            forEvaluations: 1,
            keepFiringEvaluations: 2,
            fromDay,
          } as const;
          const trial = await client().call('simulateAlertRule', { body });
          await expect.poll(() => drawer.locator('tbody tr').count()).toBe(trial.alerts.length);
          await drawer.getByText(`${trial.keyResults} Key Result looked at`).waitFor();
          await drawer.getByText('Not simulated').waitFor();
          expect(await rules()).toHaveLength(before);
          await expectGood(page, 'rules-tried');
          await drawer.getByRole('button', { name: 'Make the rule' }).click();
          await drawer.waitFor({ state: 'hidden' });
          const made = (await rules()).at(-1);
          expect(made).toMatchObject({
            forEvaluations: 1,
            keepFiringEvaluations: 2,
            fireBelow: 0.3,
            repeatDays: 7,
          });

          const line = page.getByRole('listitem').filter({ hasText: 'Win paying customers' });
          await line.getByText('below 30% on 1 evaluated day').waitFor();
          await line.getByRole('button', { name: /^Switch off/ }).click();
          await eventually(rules, (all) => all.find(({ id }) => id === made?.id)?.enabled === false);
          await line.getByText('Off', { exact: true }).waitFor();
          await expectGood(page, 'rules');
          await line.getByRole('button', { name: /^Change/ }).click();
          await drawer.getByLabel('Say again after days').fill('');
          await drawer.getByLabel('Fires after days').fill('2');
          await drawer.getByRole('button', { name: 'Save' }).click();
          await eventually(rules, (all) =>
            all.some((rule) => rule.id === made?.id && rule.repeatDays === null && rule.forEvaluations === 2),
          );
          await line.getByRole('button', { name: /^Archive/ }).click();
          await line.waitFor({ state: 'detached' });
          await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
          await line.waitFor();
          await line.getByRole('button', { name: /^Archive/ }).click();
          await eventually(rules, (all) => all.length === before);
        }),
    );

    it(
      'lets a viewer read all of it and change none of it, in Chinese and on a phone too',
      { timeout: 60_000 },
      () =>
        story({ ...PHONE, signedIn: false }, async (page) => {
          await signInAs(page, client(), 'Vera', 'viewer');
          await page.goto(`${url()}/alerts/channels?lang=zh-CN&add=slack`);
          await cardOf(page, 'Data team').waitFor();
          expect(await page.getByRole('dialog').count()).toBe(0);
          expect(await page.getByRole('button', { name: /发送测试消息|归档|停用|添加通道/ }).count()).toBe(0);
          await expectGood(page, 'channels-viewer-zh');
          await page.goto(`${url()}/alerts/rules`);
          await page
            .getByRole('button', { name: /用过去的数据试算/ })
            .first()
            .waitFor();
          expect(await page.getByRole('button', { name: /修改|归档|停用|新建规则/ }).count()).toBe(0);
          await expectGood(page, 'rules-viewer-zh');
        }),
    );
  },
  { initial: { seed: 42 } },
  world.start,
);
