import { expect, it } from 'vitest';
import { textAt, unmeasured } from '../support/binding-steps.ts';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const TIMEOUT_MS = 240_000;

/** Sentences of the casebook, with what they ask. */
const english = `Objective: Earn more from referrals
- Raise referral revenue from $20,000 to $50,000
- Increase team sprint velocity from 32 to 60 points
- Raise NPS
- Conduct 20 problem interviews with the target audience`;
const chinese = `目标：让团队学得更快
- 将急剧下降的销售收入从每月4000美元减少到1000美元
- 将单元测试的覆盖率从40%增加到50%
- 验证10个最重要的假设`;

onRealStack('Key Results out of text, and numbers of one’s own', ({ client, story, url }) => {
  const inCycle = async () => (await client().call('listKeyResults', { query: { limit: 200 } })).data;

  it(
    'reads English text, asks what only its owner knows, and saves what is ticked',
    () =>
      story({}, async (page) => {
        await page.goto(`${url()}/new`);
        await expectGood(page, 'binding-paste');
        await page.getByLabel('Objectives and Key Results').fill(english);
        await page.getByRole('button', { name: 'Read the text' }).click();
        await page.getByRole('heading', { name: 'Earn more from referrals' }).waitFor();
        const read = await client().call('readTextDrafts', { body: { text: english } });
        const drafts = read.objectives.flatMap(({ keyResults }) => keyResults);
        expect(await page.getByRole('listitem').getByRole('checkbox').count()).toBe(drafts.length);
        const save = page.getByRole('button', { name: /^Save \d Key Results?$/ });
        expect(await save.isDisabled()).toBe(true);
        await expectGood(page, 'binding-drafts');
        // What was typed and ticked outlasts a reload, and the back button leads to the text.
        await page.getByLabel('Increase team sprint velocity from 32 to 60 points').uncheck();
        await page.reload();
        await page.getByRole('heading', { name: 'Earn more from referrals' }).waitFor();
        expect(await page.getByLabel('Increase team sprint velocity from 32 to 60 points').isChecked()).toBe(
          false,
        );
        await page.goBack();
        expect(await page.getByLabel('Objectives and Key Results').inputValue()).toBe(english);
        await page.goForward();
        const [asked] = drafts.filter(({ question }) => question !== null);
        const [option] = asked?.question?.options ?? [];
        await page.getByLabel(option?.label.en ?? '', { exact: true }).check();
        // A sentence is mended where it stands.
        await page.getByRole('button', { name: /^Edit ?: Conduct 20/ }).click();
        await page.getByLabel('The sentence').fill('Conduct 25 problem interviews with the target audience');
        await page.getByRole('button', { name: 'Read it again' }).click();
        await page.getByLabel('Conduct 25 problem interviews with the target audience').waitFor();
        await save.click();
        await page.getByRole('heading', { name: /^Stored in demo/ }).waitFor();
        await expectGood(page, 'binding-imported');
        const saved = (await inCycle()).filter(
          ({ definition }) =>
            definition?.text?.startsWith('Raise referral') || definition?.text?.startsWith('Conduct'),
        );
        expect(saved.map(({ title }) => title)).toEqual(
          expect.arrayContaining(['Conduct 25 problem interviews with the target audience']),
        );
        expect(saved).toHaveLength(2);
        for (const { title } of saved)
          expect(await page.getByRole('link', { name: title, exact: true }).count()).toBe(1);
        expect((await inCycle()).some(({ title }) => title.includes('velocity'))).toBe(false);
        // The same again is refused, and nothing is stored twice.
        await page.goBack();
        await page.getByRole('button', { name: /^Save \d Key Results?$/ }).click();
        await page
          .getByText(/has this already/)
          .first()
          .waitFor();
        await expectGood(page, 'binding-refused-drafts');
        // From here each can be measured, by what it means.
        await page.goForward();
        await page.getByRole('link', { name: /^Measure it ?: Raise referral/ }).click();
        await page.getByRole('heading', { name: 'Suggested for this Key Result' }).waitFor();
      }),
    TIMEOUT_MS,
  );

  it(
    'reads Chinese text on a phone and says everything in Chinese',
    () =>
      story({ ...PHONE, locale: 'zh-CN' }, async (page) => {
        await page.goto(`${url()}/new`);
        await page.getByLabel('目标与关键结果').fill(chinese);
        await page.getByRole('button', { name: '识别文本' }).click();
        await page.getByRole('heading', { name: '让团队学得更快' }).waitFor();
        await expectGood(page, 'binding-drafts-zh');
        const read = await client().call('readTextDrafts', { body: { text: chinese } });
        for (const { question, text } of read.objectives.flatMap(({ keyResults }) => keyResults)) {
          expect(await page.getByLabel(text).count()).toBe(1);
          const [option] = question?.options ?? [];
          if (option !== undefined) await page.getByLabel(option.label.zh, { exact: true }).check();
        }
        await page.getByRole('button', { name: /^保存 \d 条关键结果$/ }).click();
        await page
          .getByRole('heading', { name: /^已保存/ })
          .or(page.getByText('前往看板'))
          .first()
          .waitFor();
        await expectGood(page, 'binding-imported-zh');
        const titles = (await inCycle()).map(({ title }) => title);
        expect(titles).toEqual(
          expect.arrayContaining(
            read.objectives.flatMap(({ keyResults }) => keyResults.map(({ text }) => text)),
          ),
        );
      }),
    TIMEOUT_MS,
  );

  it(
    'takes a pasted table, line by line, and shows what it would make of the Key Result before it is bound',
    () =>
      story({}, async (page) => {
        const goal = { kind: 'reach', startValue: 100, targetValue: 200 } as const;
        const key = await unmeasured(client(), {
          title: 'Partners who sell',
          objective: 'success',
          goal,
          unit: 'count',
        });
        const today = new Date();
        const day = (back: number) =>
          new Date(today.getTime() - back * 86_400_000).toISOString().slice(0, 10);
        await page.goto(`${url()}/key-results/${key}/bind`);
        await page.getByRole('button', { name: /^Paste a table/ }).click();
        await page.getByLabel('Days and values').fill(`day,value\n${day(2)},140\nyesterday,150`);
        await page.getByRole('button', { name: 'Show the number' }).click();
        await page
          .getByText(/Line 3, column "day"/)
          .first()
          .waitFor();
        await expectGood(page, 'binding-csv-refused');
        await page
          .getByLabel('Days and values')
          .fill(`day,value\n${day(3)},140\n${day(2)},145\n${day(1)},150`);
        await page.getByRole('button', { name: 'Show the number' }).click();
        await page.locator('[data-current]').waitFor();
        expect(await textAt(page, 'current')).toBe('150');
        // (150 - 100) / (200 - 100)
        expect(await textAt(page, 'standing')).toContain('50% done');
        await expectGood(page, 'binding-csv');
        await page.getByRole('button', { name: 'Continue' }).click();
        // A start of one's own waits for its reason.
        await page.getByText('A value of my own', { exact: true }).click();
        await page.getByLabel('Start value').fill('125');
        expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
        await page.getByRole('textbox', { name: 'Reason' }).fill('as agreed with sales');
        // (150 - 125) / (200 - 125)
        await expect.poll(() => textAt(page, 'standing')).toContain('33% done');
        await expectGood(page, 'binding-start');
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByRole('button', { name: 'Save and start' }).click();
        await page.getByRole('heading', { name: 'It is live' }).waitFor();
        const saved = await client().call('getKeyResult', { params: { id: key } });
        expect(saved).toMatchObject({ currentValue: 150, startValue: 125, tracking: 'pushed' });
        expect(saved.baselines[0]).toMatchObject({ rule: 'stated', reason: 'as agreed with sales' });
      }),
    TIMEOUT_MS,
  );

  it(
    'offers the ways that need no key: values by a program, a formula, a check-in',
    () =>
      story({}, async (page) => {
        const goal = { kind: 'reach', startValue: 0, targetValue: 10 } as const;
        const make = (title: string) =>
          unmeasured(client(), { title, objective: 'success', goal, unit: 'count' });
        const pushed = await make('Sent by a program');
        await page.goto(`${url()}/key-results/${pushed}/bind?way=push&step=metric`);
        await page.getByRole('button', { name: 'Make the number' }).click();
        await page.getByRole('heading', { name: 'Send the first value' }).waitFor();
        const curl = (await page.locator('pre').first().textContent()) ?? '';
        const [path = ''] = /\/api\/v1\/metrics\/[^/]+\/values/.exec(curl) ?? [];
        const body = JSON.parse(/-d '(.*)'/.exec(curl)?.[1] ?? '{}') as {
          values: { day: string; value: number }[];
        };
        await expectGood(page, 'binding-push');
        expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
        // The very command that is offered works.
        await client().call('pushValues', { params: { id: path.split('/')[4] ?? '' }, body });
        await page.getByRole('button', { name: 'Look again' }).click();
        await expect.poll(() => textAt(page, 'current')).toBe('1');
        expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(false);

        const computed = await make('Revenue for each customer');
        await page.goto(`${url()}/key-results/${computed}/bind?way=formula&step=metric`);
        await page.getByLabel('Formula', { exact: true }).fill('nowhere / 2');
        await page.getByRole('button', { name: 'Show the number' }).click();
        await page
          .getByText(/nowhere/)
          .nth(1)
          .waitFor();
        await expectGood(page, 'binding-formula');
        await page.getByLabel('Formula', { exact: true }).fill('`mrr` / `paying-customers`');
        await page.getByRole('button', { name: 'Show the number' }).click();
        await page.locator('[data-current]').waitFor();
        const points = async (id: string) =>
          (await client().call('listPoints', { params: { id }, query: {} })).data.at(-1);
        const [mrr, customers] = [await points('mrr'), await points('paying-customers')];
        const each = Number(mrr?.value) / Number(customers?.value);
        const shown = Number((await textAt(page, 'current')).replaceAll(/[^\d.]/g, ''));
        expect(shown).toBeCloseTo(each / 100, 2);

        const told = await make('Said by people');
        await page.goto(`${url()}/key-results/${told}/bind`);
        await page.getByRole('button', { name: /^Check in by hand/ }).click();
        await page.getByLabel('Now', { exact: true }).fill('four');
        await page.getByRole('button', { name: 'Check in now' }).click();
        await page.getByText('This is no number yet.', { exact: false }).waitFor();
        await expectGood(page, 'binding-check-in');
        await page.getByLabel('Now', { exact: true }).fill('4');
        await page.getByRole('button', { name: 'Check in now' }).click();
        await page.getByRole('heading', { name: 'Checked in: 4' }).waitFor();
        expect(await client().call('getKeyResult', { params: { id: told } })).toMatchObject({
          currentValue: 4,
        });
      }),
    TIMEOUT_MS,
  );

  it(
    'says what is wrong at the field of the form, keeps what was typed, and takes every kind of promise',
    () =>
      story({}, async (page) => {
        await page.goto(`${url()}/new?way=fill`);
        await page.getByLabel('Title of the new objective').fill('Ship what helps');
        await page.getByLabel('Key Result', { exact: true }).fill('Answer within a day');
        await page.getByText('Stay above, below or between', { exact: true }).click();
        await page.getByLabel('Counts in').selectOption({ label: 'Percent' });
        await page.getByLabel('Stay', { exact: true }).selectOption({ label: 'between' });
        await page.getByLabel('Lower limit (%)').fill('90');
        await page.getByLabel('Upper limit (%)').fill('a lot');
        await page.getByRole('button', { name: 'Save and measure it' }).click();
        await page.getByText('This is no number yet.', { exact: false }).waitFor();
        await page.getByLabel('Upper limit (%)').fill('80');
        await page.getByRole('button', { name: 'Save and measure it' }).click();
        await page
          .getByText(/lies above the upper bound/)
          .first()
          .waitFor();
        await expectGood(page, 'binding-fill-in-refused');
        // The objective was made by the attempt before, and is not made twice.
        expect(
          await page.getByLabel('Objective', { exact: true }).locator('option:checked').textContent(),
        ).toBe('Ship what helps');
        await page.reload();
        expect(await page.getByLabel('Lower limit (%)').inputValue()).toBe('90');
        await page.getByLabel('Upper limit (%)').fill('97.5');
        await page.getByRole('button', { name: 'Save and measure it' }).click();
        await page.getByRole('heading', { name: 'Measure: Answer within a day' }).waitFor();
        const id = new URL(page.url()).pathname.split('/')[2] ?? '';
        expect(await client().call('getKeyResult', { params: { id } })).toMatchObject({
          unit: 'ratio',
          objectiveTitle: 'Ship what helps',
          goal: { kind: 'guardrail', operator: 'between', lower: 0.9, upper: 0.975 },
        });
        // A source that is not connected yet is connected on the way, and the way goes on from here.
        await page.getByRole('link', { name: 'Connect another source' }).click();
        await page.waitForURL('**/connections/new**');
        expect(new URL(page.url()).searchParams.get('return')).toBe(`/key-results/${id}/bind?made=%221%22`);
      }),
    TIMEOUT_MS,
  );
});
