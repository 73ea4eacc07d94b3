import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenQueues, openQueues, postgresBackend } from '../../../jobs/schedule.ts';
import { openQueuePool } from '../../../src/wiring/services.ts';
import { onRealStack, pictureFolder } from '../support/real-stack.ts';

const hour = 3_600_000;

/** It is not our page, so its contrast and its width are not measured; somebody may want to look at it. */
async function keep(page: Page, name: string): Promise<void> {
  if (process.env['TIDEMARK_SCREENSHOTS'] !== '1') return;
  mkdirSync(pictureFolder, { recursive: true });
  await page.screenshot({ path: join(pictureFolder, `${name}.png`) });
}

onRealStack('the dashboard of the queue', ({ client, demo, story, url }) => {
  let queues: OpenQueues;
  beforeAll(async () => {
    const { databaseUrl, log } = demo().stack.services;
    const pool = openQueuePool(databaseUrl, 4);
    queues = await openQueues({ ...(await postgresBackend(pool)), close: () => pool.end() }, log);
    // Far enough away that no worker takes them while somebody looks.
    const [sync] = queues.queues;
    for (const runId of ['later-1', 'later-2'])
      await sync?.add('sync', { v: 1, runId }, { jobId: `run_${runId}_1`, delay: hour });
  });
  afterAll(() => queues?.close());

  it.each([
    { lang: 'en', word: 'Queue' },
    { lang: 'zh-CN', word: '队列' },
  ])('the settings lead to it in $lang, and it shows both queues and what waits in them', ({ lang, word }) =>
    story({ locale: lang }, async (page) => {
      await page.goto(`${url()}/settings?lang=${lang}`);
      await page.getByRole('link', { name: word, exact: true }).click();
      await page.waitForURL('**/queues');
      await page.getByText('sync-quarantine').first().waitFor();
      const counts = await page.evaluate(`fetch('/queues/api/queues').then((answer) => answer.json())
        .then(({ queues }) => queues.map(({ name, counts }) => [name, counts.delayed]))`);
      expect(counts).toEqual([
        ['sync', 2],
        ['sync-quarantine', 0],
      ]);
      await keep(page, `queue-board-${lang}`);
    }),
  );

  it('a job shows its id and nothing that could be changed', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/queues/queue/sync?status=delayed`);
      await page.getByText('run_later-2_1').first().waitFor();
      expect(await page.getByText('"later-2"').count()).toBeGreaterThan(0);
      expect(
        await page.getByRole('button', { name: /promote|remove|clean|pause|add job|empty/i }).count(),
      ).toBe(0);
      await keep(page, 'queue-board-jobs');
    }));

  it('whoever is not known signs in first, and then is where they wanted to be', () =>
    story({ signedIn: false }, async (page) => {
      const answer = await page.goto(`${url()}/queues/queue/sync`);
      expect(answer?.status()).toBe(401);
      await page.getByLabel('Password').waitFor();
      await page.goto(await demo().signInLink());
      await page.waitForURL('**/queues/queue/sync');
      await page.getByText('sync-quarantine').first().waitFor();
    }));

  it('the settings of another workspace do not lead there', () =>
    story({}, async (page) => {
      const me = await client().call('getMe', {});
      expect(me.runsInstallation).toBe(true);
      await page.route('**/api/v1/me', (route) =>
        route.fulfill({ json: { ...me, runsInstallation: false } }),
      );
      await page.goto(`${url()}/settings`);
      await page.getByRole('link', { name: 'Import and export', exact: true }).waitFor();
      expect(await page.getByRole('link', { name: 'Queue', exact: true }).count()).toBe(0);
    }));
});
