import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import type { KeyResultDetail } from '../../../src/api/contract.ts';
import { type Lang, translator } from '../../../src/i18n/index.ts';
import { createFormat } from '../../../src/web/format.ts';
import { roughly } from '../../../src/web/outlook-words.ts';
import { currentText, reasonSentence, targetWords } from '../../../src/web/words.ts';
import { DESKTOP, expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

/** Every page is drawn, read by axe and looked at in four ways, while others use the machine, too. */
vi.setConfig({ testTimeout: 240_000 });

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

onRealStack('the page of a Key Result', ({ client, story, url }) => {
  const detailOf = (key: string) => client().call('getKeyResult', { params: { id: key } });
  const open = async (page: Page, key: string, rest = ''): Promise<void> => {
    await page.goto(`${url()}/key-results/${key}${rest}`);
    await page.getByRole('button', { name: /^(Why this number\?|这个数字怎么来的？)$/ }).waitFor();
  };
  const keys = async (): Promise<string[]> =>
    (await client().call('getBoard')).objectives.flatMap(({ keyResults }) =>
      keyResults.map(({ key }) => key),
    );

  /** What has to stand on the page, out of the API's own numbers. */
  function told(detail: KeyResultDetail, lang: Lang): string[] {
    const t = translator(lang);
    const format = createFormat(lang);
    const { chance, expected, forecast, progress, status } = detail;
    const running = detail.cycle.state === 'running' && forecast?.of === 'value' ? forecast : null;
    return [
      detail.title,
      currentText(format, detail, 'full'),
      targetWords(t, format, detail),
      progress === null ? null : format.percent(progress),
      expected === null ? null : format.percent(expected),
      reasonSentence(t, format, status.reason, detail),
      running === null ? null : roughly(format, running.p10, detail),
      running === null ? null : roughly(format, running.p90, detail),
      running === null || chance === undefined ? null : `≈ ${format.percent(chance.smoothed)}`,
      running?.needed == null ? null : roughly(format, running.needed, detail),
      running?.recent == null ? null : roughly(format, running.recent, detail),
    ].flatMap((part) => (part === null ? [] : [flat(part)]));
  }

  it.each(['en', 'zh-CN'] as const)(
    'says of every Key Result of the demo what the API says: value, target, progress, status, outlook (%s)',
    (lang) =>
      story({}, async (page) => {
        for (const key of await keys()) {
          await open(page, key, `?lang=${lang}`);
          const text = flat(await page.locator('main').innerText()).replaceAll('约 ', '≈ ');
          for (const part of told(await detailOf(key), lang)) expect(text, `${key}: ${part}`).toContain(part);
        }
      }),
  );

  it('gives under the pointer and in the table the exact value of each day', () =>
    story({}, async (page) => {
      const key = 'reach.sessions';
      await open(page, key);
      const format = createFormat('en');
      const detail = await detailOf(key);
      const known = detail.goalSeries.flatMap(({ day, value }) => (value === null ? [] : [{ day, value }]));
      const reader = page.getByRole('slider');
      await reader.focus();
      await page.keyboard.press('Home');
      for (const { day, value } of known.slice(0, 12)) {
        const said = await reader.getAttribute('aria-valuetext');
        expect(
          said?.startsWith(`${format.day(day)} · ${format.full(value, detail)}`),
          `${said} on ${day}`,
        ).toBe(true);
        await page.keyboard.press('ArrowRight');
      }
      const box = await reader.boundingBox();
      await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * 0.4, (box?.y ?? 0) + 100);
      const caption = flat(await page.getByRole('figure').locator('figcaption').innerText());
      const under = known.find(({ day }) => caption.startsWith(format.day(day)));
      expect(caption).toContain(format.full(under?.value ?? Number.NaN, detail));
      await page.getByRole('button', { name: 'View as table' }).click();
      for (const { day, value } of known.slice(-20)) {
        const row = page.getByRole('row').filter({ hasText: format.day(day) });
        expect(flat(await row.innerText())).toContain(format.full(value, detail));
      }
      await expectGood(page, 'key-result-table');
    }));

  it('walks from a day of the chart to the request that brought it, and back closes the drawer', () =>
    story({}, async (page) => {
      await open(page, 'revenue.mrr');
      const { pathname } = new URL(page.url());
      const reader = page.getByRole('slider');
      const box = await reader.boundingBox();
      await reader.click({ position: { x: (box?.width ?? 0) * 0.3, y: 90 } });
      const drawer = page.getByRole('dialog', { name: 'Why this number' });
      await drawer.locator('.formula').waitFor();
      const day = new URL(page.url()).searchParams.get('day') ?? '';
      expect(new URL(page.url()).search).toBe(`?evidence=1&day=${day}`);
      const explanation = await client().call('explainKeyResult', { params: { id: 'revenue.mrr' } });
      const text = flat(await drawer.innerText());
      const section = drawer.getByRole('region', { name: createFormat('en').day(day) });
      const { onDay } = await client().call('explainKeyResult', {
        params: { id: 'revenue.mrr' },
        query: { day },
      });
      const shown = flat(await section.innerText());
      expect(shown).toContain(
        createFormat('en').decimal(onDay?.point?.value ?? null, await detailOf('revenue.mrr')),
      );
      expect(shown).toContain(onDay?.point?.runId ?? '–');
      expect(shown).toContain('GET ');
      for (const part of [
        explanation.formula.numbers,
        explanation.snapshot?.inputsDigest ?? '–',
        explanation.metric?.definitionHash ?? '–',
        explanation.runs[0]?.id ?? '–',
        explanation.runs[0]?.evidence[0]?.exchanges[0]?.url ?? '–',
      ])
        expect(text).toContain(flat(part));
      await drawer.getByRole('button', { name: 'Day after' }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get('day')).not.toBe(day);
      await page.reload();
      await drawer.locator('.formula').waitFor();
      await expectGood(page, 'key-result-evidence');
      await page.goBack();
      await drawer.waitFor({ state: 'hidden' });
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(pathname);
      // By the button, and out by Escape and by the cross.
      await page.getByRole('button', { name: 'Why this number?' }).click();
      await drawer.locator('.formula').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => new URL(page.url()).search).toBe('');
      await page.goto(`${url()}/key-results/revenue.mrr?evidence=1`);
      await drawer.locator('.formula').waitFor();
      await drawer.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => new URL(page.url()).search).toBe('');
    }));

  it('hands out the chart as CSV, PNG and SVG, as it stands', () =>
    story({}, async (page) => {
      await open(page, 'revenue.mrr');
      const detail = await detailOf('revenue.mrr');
      const files: Record<string, Buffer> = {};
      for (const [format, name] of [
        ['csv', 'Days as CSV'],
        ['png', 'Picture as PNG'],
        ['svg', 'Drawing as SVG'],
      ] as const) {
        await page.locator('summary').filter({ hasText: 'Download' }).click();
        const waiting = page.waitForEvent('download');
        await page.getByRole('link', { name }).click();
        const download = await waiting;
        expect(download.suggestedFilename()).toBe(`revenue.mrr-${detail.data.dataThroughDay}.${format}`);
        const chunks: Buffer[] = [];
        for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
        files[format] = Buffer.concat(chunks);
      }
      const lines = files['csv']?.toString().trim().split('\r\n') ?? [];
      const last = detail.goalSeries.findLast(({ value }) => value !== null);
      expect(lines[0]).toMatch(/^keyResult,day,value,expected,measured,settled/);
      expect(lines.find((line) => line.startsWith(`revenue.mrr,${last?.day},`))).toContain(
        `,${last?.value},`,
      );
      expect(files['png']?.subarray(1, 4).toString()).toBe('PNG');
      expect(files['svg']?.toString()).toContain(detail.title);
    }));

  it('looks right in every state of the demo, at both widths and in both languages', () =>
    story({}, async (page) => {
      for (const key of ['revenue.euro', 'revenue.net', 'customers.sales-days', 'customers.trials']) {
        await open(page, key, '?lang=en');
        await expectGood(page, `key-result-${key}`);
      }
      await open(page, 'revenue.euro', '?lang=zh-CN');
      await expectGood(page, 'key-result-zh');
      await page.goto(`${url()}/key-results/revenue.euro?evidence=1`);
      await page.getByRole('dialog').locator('.formula').waitFor();
      await expectGood(page, 'key-result-evidence-zh');
    }));

  it('fits a phone from the start, and its chart is read by a finger', () =>
    story({ ...PHONE }, async (page) => {
      await open(page, 'revenue.mrr');
      const reader = page.getByRole('slider');
      await reader.scrollIntoViewIfNeeded();
      const before = page.url();
      await reader.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 150, clientY: 10 });
      expect(page.url()).toBe(before);
      await page.getByRole('button', { name: 'Why this day?' }).click();
      await page.getByRole('dialog').locator('.formula').waitFor();
      expect(page.url()).toContain('evidence=1&day=');
      await page.setViewportSize(DESKTOP);
    }));
});
