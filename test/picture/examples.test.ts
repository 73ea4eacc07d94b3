import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { badgeSvg } from '../../src/picture/badge.ts';
import { drawChart } from '../../src/picture/draw-chart.ts';
import { renderPng } from '../../src/picture/render-png.ts';
import { projectRoot } from '../../src/project.ts';
import { examples } from './examples.ts';
import { decodePng, inkIn } from './support.ts';

const folder = join(projectRoot(), 'test-output/charts');
mkdirSync(folder, { recursive: true });

const cases = examples.flatMap((example) =>
  (['en', 'zh-CN'] as const).flatMap((lang) =>
    (['light', 'dark'] as const).map((theme) => ({ example, lang, theme, name: example.name })),
  ),
);

it.each(cases)('draws $name in $lang and $theme, title and all', async ({ example, lang, theme }) => {
  const { input, note, request, title } = example;
  const words = { title: title[lang], note: note[lang], lang, theme };
  const { svg, summary } = drawChart(input, { ...request, ...words });
  const png = await renderPng(svg);
  const name = join(folder, `${example.name}-${lang}-${theme}`);
  writeFileSync(`${name}.png`, png);
  writeFileSync(`${name}.svg`, svg);
  expect(summary).toContain(title[lang]);
  const picture = decodePng(png);
  // Two pixels for one: the title stands 16 px from the left and down to 32 px from the top, the note under it.
  expect(inkIn(picture, { left: 32, right: 300, top: 20, bottom: 66 })).toBeGreaterThan(600);
  expect(inkIn(picture, { left: 32, right: 300, top: 76, bottom: 104 })).toBeGreaterThan(150);
  // The frame is empty, but for the round end of a line, which reaches 1 px into it.
  expect(inkIn(picture, { left: 0, right: 30, top: 0, bottom: picture.height })).toBe(0);
});

it.each([
  { name: 'fresh', dataState: 'fresh', status: 'on_track' },
  { name: 'stale', dataState: 'stale', status: 'unknown' },
  { name: 'late', dataState: 'late', status: 'at_risk' },
  { name: 'failing', dataState: 'failing', status: 'off_track' },
] as const)('draws the badge of $name data in both languages', async ({ dataState, name, status }) => {
  for (const [lang, label] of [
    ['en', 'Weekly active users'],
    ['zh-CN', '周活跃用户'],
  ] as const) {
    const png = await renderPng(badgeSvg({ label, value: '13,480', status, dataState, lang }));
    writeFileSync(join(folder, `badge-${name}-${lang}.png`), png);
    const picture = decodePng(png);
    expect(picture.height).toBe(40);
    expect(inkIn(picture, { left: 12, right: picture.width - 12, top: 4, bottom: 36 })).toBeGreaterThan(500);
  }
});
