import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { emptyBoard } from './fixtures.ts';
import { knownBoard } from './fixtures-known.ts';
import { problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

const pages = [
  { name: 'the board', path: '/', ready: '[data-row-link]' },
  { name: 'a filtered board', path: '/?status=off_track', ready: '[data-row-link]' },
  { name: 'a Key Result', path: '/key-results/revenue.mrr', ready: 'details' },
  { name: 'the evidence of a number', path: '/key-results/revenue.mrr?evidence=1', ready: '.run' },
  { name: 'a guardrail', path: '/key-results/quality.p95', ready: 'details' },
  { name: 'a Key Result without data', path: '/key-results/satisfaction.nps', ready: '.formula' },
  {
    name: 'a board with guards, check-ins and samples',
    path: '/',
    ready: '[data-row-link]',
    answer: { status: 200, body: knownBoard },
  },
  { name: 'a Key Result with an override', path: '/key-results/known.overridden', ready: 'details' },
  { name: 'a Key Result of check-ins', path: '/key-results/known.checked-in', ready: 'details' },
  { name: 'a Key Result with its definition', path: '/key-results/known.drafted', ready: 'details' },
  { name: 'the sign-in page', path: '/sign-in', ready: 'pre' },
  { name: 'an empty board', path: '/', ready: 'main h1, main h2', answer: { status: 200, body: emptyBoard } },
  { name: 'a board that failed', path: '/', ready: '[role=alert]', answer: problem(503) },
];

inBrowser('accessibility', ({ server, story }) => {
  it.each(pages.flatMap((page) => (['light', 'dark'] as const).map((scheme) => ({ ...page, scheme }))))(
    '$name has no serious fault in the $scheme theme',
    ({ path, ready, answer, scheme }) =>
      story({ scheme }, async (page) => {
        if (answer !== undefined) server().answers.set('/board', () => answer);
        await page.goto(server().url + path);
        await page.locator(ready).first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => ({ id, at: nodes.map((node) => `${node.html} ${node.failureSummary}`) }));
        expect(serious).toEqual([]);
      }),
  );
});
