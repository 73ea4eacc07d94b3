import { join } from 'node:path';
import { expect, it } from 'vitest';
import { breakProvider, heal, readState, type SandboxState, writeState } from '../../../sandbox/index.ts';
import { tabTo, textAt, unmeasured, written } from '../support/binding-steps.ts';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

/** Pictures of each step in both themes and widths take their time. */
const TIMEOUT_MS = 240_000;

onRealStack('the way to a Key Result that updates itself', ({ client, demo, story, url }) => {
  const keyResult = (id: string) => client().call('getKeyResult', { params: { id } });
  const preview = (id: string, body: Parameters<typeof asked>[1]) => asked(id, body);
  const asked = (id: string, source: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    client().call('previewBinding', { params: { id }, body: { source, ...more } as never });
  const change = (next: (state: SandboxState) => SandboxState): void => {
    const path = join(demo().dataDir, 'sandbox.json');
    const state = readState(path);
    if (state === null) throw new Error('the sandbox keeps no state');
    writeState(path, next(state));
  };

  it(
    'takes less than two minutes from the empty form to a live value of Stripe',
    () =>
      story({}, async (page) => {
        const started = performance.now();
        let looked = 0;
        const look = async (name: string) => {
          const from = performance.now();
          await expectGood(page, `binding-${name}`);
          looked += performance.now() - from;
        };
        await page.goto(`${url()}/new?way=fill`);
        await page
          .getByLabel('Objective', { exact: true })
          .selectOption({ label: 'Grow revenue that stays' });
        await page.getByLabel('Key Result', { exact: true }).fill('Grow annual recurring revenue');
        await page.getByLabel('Counts in').selectOption({ label: 'Money' });
        await page.getByLabel('Target (USD)').fill('1,200,000');
        await look('fill-in');
        await page.getByRole('button', { name: 'Save and measure it' }).click();
        await page.getByRole('heading', { name: 'Suggested for this Key Result' }).waitFor();
        await look('source');
        const key = new URL(page.url()).pathname.split('/')[2] ?? '';
        await page.getByRole('button', { name: /^ARR · Stripe of Acme/ }).click();
        await page.getByLabel('currency', { exact: true }).waitFor();
        expect(await page.getByLabel('currency', { exact: true }).inputValue()).toBe('usd');
        await look('params');
        await page.getByRole('button', { name: 'Show the number' }).click();
        await page.locator('[data-current]').waitFor();
        const shown = await preview(key, {
          kind: 'connector',
          connection: 'stripe',
          metric: 'arr',
          params: { currency: 'usd' },
        });
        expect(await textAt(page, 'current')).toBe(written(shown.current?.value ?? null, 'money', 'usd'));
        const earlier = await textAt(page, 'earlier');
        expect(earlier).toContain(written(shown.earlier?.startValue ?? null, 'money', 'usd'));
        expect(earlier).toContain(written(shown.earlier?.endValue ?? null, 'money', 'usd'));
        await look('preview');
        await page.getByRole('button', { name: 'View as table' }).click();
        await look('preview-table');
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByText('Early', { exact: true }).click();
        await page.locator('[data-trial]').waitFor();
        await look('rule');
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByText('The same by a program').click();
        await look('save');
        await page.getByRole('button', { name: 'Save and start' }).click();
        await page.getByRole('heading', { name: 'It is live' }).waitFor({ timeout: 60_000 });
        const seconds = Math.round((performance.now() - started - looked) / 1000);
        console.info(`from the empty form to a live Key Result: ${seconds} s`);
        expect(seconds).toBeLessThan(120);
        await look('live');
        const saved = await keyResult(key);
        expect(saved).toMatchObject({
          currentValue: shown.standing?.currentValue,
          startValue: shown.standing?.startValue,
          progress: shown.standing?.progress,
          status: { state: shown.standing?.status },
          currency: 'usd',
        });
        const rules = await client().call('listAlertRules');
        expect(rules.data.filter(({ keyResultId }) => keyResultId === saved.id)).toHaveLength(1);
      }),
    TIMEOUT_MS,
  );

  it(
    'is walked by the keyboard alone, on Google Analytics',
    () =>
      story({}, async (page) => {
        const goal = { kind: 'reach', startValue: null, targetValue: 900 } as const;
        const key = await unmeasured(client(), {
          title: 'People who are active in a week',
          objective: 'reach',
          goal,
          unit: 'count',
        });
        await page.goto(`${url()}/key-results/${key}/bind`);
        await page.getByRole('heading', { name: 'Read from a connection' }).waitFor();
        await tabTo(page, /^Google Analytics of Acme/);
        await page.keyboard.press('Enter');
        await page.getByLabel('Search the metrics').waitFor();
        await tabTo(page, /Search the metrics/);
        await page.keyboard.type('active_users');
        await tabTo(page, /active_users/);
        await page.keyboard.press('Enter');
        await page.getByLabel('days', { exact: true }).waitFor();
        await tabTo(page, /^days/);
        await page.keyboard.press('7');
        await tabTo(page, /^Show the number$/);
        await page.keyboard.press('Enter');
        await page.locator('[data-current]').waitFor();
        const shown = await preview(key, {
          kind: 'connector',
          connection: 'ga4',
          metric: 'active_users',
          params: { days: 7 },
        });
        expect(await textAt(page, 'current')).toBe(written(shown.current?.value ?? null, 'count'));
        // Google counts tokens: the page says how many this look has taken, and of how many.
        expect(shown.quota.spent?.tokens).toBeGreaterThan(0);
        expect(await textAt(page, 'cost')).toContain('token');
        await tabTo(page, /^Read the chart day by day/);
        await page.keyboard.press('Home');
        await tabTo(page, /^Continue$/);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Where progress starts from' }).waitFor();
        await tabTo(page, /^Continue$/);
        await page.keyboard.press('Enter');
        await tabTo(page, /^Save and start$/);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'It is live' }).waitFor({ timeout: 60_000 });
        expect(await keyResult(key)).toMatchObject({
          currentValue: shown.standing?.currentValue,
          progress: shown.standing?.progress,
        });
      }),
    TIMEOUT_MS,
  );

  it(
    'says at the field what is wrong, and loses nothing when Mixpanel fails (in Chinese, on a phone)',
    () =>
      story({ ...PHONE, locale: 'zh-CN' }, async (page) => {
        const goal = { kind: 'accumulate', targetValue: 400 } as const;
        const key = await unmeasured(client(), {
          title: '分享报告的次数',
          objective: 'success',
          goal,
          unit: 'count',
        });
        await page.goto(
          `${url()}/key-results/${key}/bind?way=connector&connection=mixpanel&metric=event_total`,
        );
        await page.goto(
          `${url()}/key-results/${key}/bind?way=connector&connection=mixpanel&metric=event_total&step=metric`,
        );
        await page.getByRole('button', { name: '查看数字' }).click();
        await page.getByText('此项必填。').waitFor();
        await page.getByLabel('event', { exact: true }).fill('Project Created');
        change((state) => breakProvider(state, 'mixpanel', 'server_error'));
        await page.getByRole('button', { name: '查看数字' }).click();
        await page.getByRole('heading', { name: '无法读取该数字' }).waitFor();
        await expectGood(page, 'binding-refused');
        await page.reload();
        await page.getByRole('heading', { name: '无法读取该数字' }).waitFor();
        change((state) => heal(state, 'mixpanel'));
        await page.getByRole('button', { name: '重试' }).click();
        await page.locator('[data-current]').waitFor({ timeout: 60_000 });
        await expectGood(page, 'binding-preview-zh');
        const shown = await preview(key, {
          kind: 'connector',
          connection: 'mixpanel',
          metric: 'event_total',
          params: { event: 'Project Created' },
        });
        expect(await textAt(page, 'cost')).toContain(String(shown.quota.spent?.calls));
        await page.getByRole('button', { name: '继续' }).click();
        await page.getByRole('heading', { name: '告警', exact: true }).waitFor();
        await expectGood(page, 'binding-rule-zh');
        await page.goBack();
        await page.locator('[data-current]').waitFor();
        await page.getByRole('button', { name: '继续' }).click();
        await page.getByRole('button', { name: '继续' }).click();
        await page.getByRole('button', { name: '保存并开始' }).click();
        await page.getByRole('heading', { name: '已开始自动更新' }).waitFor({ timeout: 60_000 });
        expect(await keyResult(key)).toMatchObject({
          currentValue: shown.standing?.currentValue,
          progress: shown.standing?.progress,
        });
      }),
    TIMEOUT_MS,
  );

  it(
    'measures what was read from a text by what it means, in one step',
    () =>
      story({}, async (page) => {
        const text = 'Objective: Earn\n- Raise net revenue retention from 95% to 105%';
        const drafts = await client().call('readTextDrafts', { body: { text } });
        const [draft] = drafts.objectives.flatMap(({ keyResults }) => keyResults);
        const answers =
          draft?.question == null ? [] : [{ line: draft.at, option: draft.question.options[0]?.id ?? '' }];
        const imported = await client().call('importText', { body: { text, cycle: 'demo', answers } });
        const key = imported.keyResults[0]?.key ?? '';
        expect(imported.keyResults[0]).toMatchObject({ means: 'nrr', metric: null });
        await page.goto(`${url()}/key-results/${key}/bind`);
        await page.getByRole('button', { name: /^Net revenue retention · Stripe of Acme/ }).click();
        await page.getByRole('button', { name: 'Show the number' }).click();
        await page.locator('[data-current]').waitFor();
        const shown = await textAt(page, 'standing');
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByRole('button', { name: 'Save and start' }).click();
        await page.getByRole('heading', { name: 'It is live' }).waitFor({ timeout: 60_000 });
        const saved = await keyResult(key);
        expect(saved.source?.connectionKey).toBe('stripe');
        expect(saved.definition?.metric).toBe('nrr');
        const again = await asked(key, { kind: 'metric', metric: saved.source?.metricKey });
        expect(saved).toMatchObject({
          currentValue: again.standing?.currentValue,
          progress: again.standing?.progress,
        });
        expect(shown).toContain(`${Math.round((saved.progress ?? 0) * 100)}% done`);
      }),
    TIMEOUT_MS,
  );

  it('shows the period before as hand calculation has it, and stores nothing of a look', async () => {
    const { points, before } = {
      points: await client().call('listPoints', { params: { id: 'mrr' }, query: {} }),
      before: await counts(),
    };
    const key = await unmeasured(client(), {
      title: 'Lift MRR',
      objective: 'revenue',
      goal: { kind: 'reach', startValue: null, targetValue: 9_000_000 },
      unit: 'money',
    });
    const seen = await asked(key, { kind: 'metric', metric: 'mrr' }, { rule: { sensitivity: 'early' } });
    const valueOn = (day: string) => Number(points.data.find((point) => point.day === day)?.value);
    const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    const { cycle, earlier, standing } = seen;
    // A level is captured as it stood on the day before; the period before has as many days, right before the cycle.
    const start = valueOn(dayBefore(cycle.startDay));
    const then = valueOn(dayBefore(earlier?.startDay ?? ''));
    const end = valueOn(dayBefore(cycle.startDay));
    expect(earlier?.endDay).toBe(cycle.startDay);
    expect(Date.parse(cycle.startDay) - Date.parse(earlier?.startDay ?? '')).toBe(
      Date.parse(cycle.endDay) - Date.parse(cycle.startDay),
    );
    expect(standing?.startValue).toBeCloseTo(start, 6);
    expect(standing?.progress).toBeCloseTo(((standing?.currentValue ?? 0) - start) / (9_000_000 - start), 9);
    expect(earlier?.startValue).toBeCloseTo(then, 6);
    expect(earlier?.endValue).toBeCloseTo(end, 6);
    // The same way from where it stood: target = start then + (target now - start now).
    expect(earlier?.standing.targetValue).toBeCloseTo(then + 9_000_000 - start, 6);
    expect(earlier?.standing.progress).toBeCloseTo((end - then) / (9_000_000 - start), 9);
    expect(earlier?.standing.status).toBe(end >= then + 9_000_000 - start ? 'achieved' : 'missed');
    // A mean of the window that is asked for, and a start that is stated.
    const rule = { kind: 'trailing_mean', days: 14 };
    const mean = await asked(key, { kind: 'metric', metric: 'mrr' }, { baseline: { rule } });
    const window = points.data.filter(({ day }) => day < cycle.startDay).slice(-14);
    const sum = window.reduce((total, { value }) => total + Number(value), 0);
    expect(mean.baseline?.value).toBeCloseTo(sum / 14, 6);
    const stated = await asked(key, { kind: 'metric', metric: 'mrr' }, { baseline: { value: 8_000_000 } });
    expect(stated.standing?.startValue).toBe(8_000_000);
    const after = await counts();
    expect(after).toEqual({ ...before, keyResults: before.keyResults + 1 });
    expect(await keyResult(key)).toMatchObject({ source: null, startValue: null, baselines: [] });
  });

  it('tries a rule on the days of the cycle as the trial of a saved rule does', async () => {
    const key = await unmeasured(client(), {
      title: 'Far too much',
      objective: 'revenue',
      goal: { kind: 'reach', startValue: null, targetValue: 20_000_000 },
      unit: 'money',
    });
    const rule = { forEvaluations: 2, keepFiringEvaluations: 3, sensitivity: 'early' } as const;
    const tried = await asked(key, { kind: 'metric', metric: 'mrr' }, { rule });
    await client().call('bindKeyResult', { params: { id: key }, body: { metric: 'mrr' } });
    const simulated = await client().call('simulateAlertRule', { body: { ...rule, keyResult: key } });
    const own = (tried.trial?.alerts ?? []).filter(({ period }) => period === 'cycle');
    expect(own.map(({ firedDay, resolvedDay }) => ({ firedDay, resolvedDay }))).toEqual(
      simulated.alerts.map(({ firedDay, resolvedDay }) => ({ firedDay, resolvedDay })),
    );
    expect(own.length).toBeGreaterThan(0);
  });

  it(
    'explains itself to whoever may not change anything, and while it waits',
    () =>
      story({}, async (page) => {
        await page.route('**/api/v1/me', async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, json: { ...(await answer.json()), role: 'viewer' } });
        });
        await page.goto(`${url()}/new`);
        await page.getByRole('heading', { name: 'You may look, and not change anything' }).waitFor();
        await expectGood(page, 'binding-viewer');
        await page.unroute('**/api/v1/me');
        await page.route('**/binding-previews', async () => {}); // never answers
        await page.goto(`${url()}/key-results/revenue.mrr/bind?way=metric&metric=mrr&step=preview`);
        await page.getByText('Loading').waitFor();
        await expectGood(page, 'binding-waiting');
      }),
    TIMEOUT_MS,
  );

  async function counts() {
    const [metrics, rules, baselines, keyResults] = await Promise.all([
      client().call('listMetrics', { query: { limit: 200 } }),
      client().call('listAlertRules'),
      client().call('listBaselines', { params: { id: 'revenue.mrr' } }),
      client().call('listKeyResults', { query: { limit: 200 } }),
    ]);
    return {
      metrics: metrics.data.length,
      rules: rules.data.length,
      baselines: baselines.baselines.length,
      keyResults: keyResults.data.length,
    };
  }
});
