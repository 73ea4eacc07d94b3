import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../src/picture/draw-chart.ts';
import { fontFile } from '../../src/picture/font.ts';
import { renderPng } from '../../src/picture/render-png.ts';
import { examples } from './examples.ts';
import { decodePng, inkIn } from './support.ts';

const svgOf = (text: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#ffffff"/><text x="10" y="28" font-size="20"${more}>${text}</text></svg>`;
const pixelsOf = async (text: string) => decodePng(await renderPng(svgOf(text), { scale: 1 }));

describe('text in a picture', () => {
  it.each(['Target 1,200', '目标值 1,200', 'Цель', 'Größe', '¥ € £ ₩ 80% – · ’ → ≥ ≤ −'])(
    'has ink where "%s" belongs',
    async (text) => {
      const picture = await pixelsOf(text);
      // Letters stand from 12 px above the baseline at 28 to a little under it.
      expect(inkIn(picture, { left: 10, right: 120, top: 10, bottom: 34 })).toBeGreaterThan(40);
      expect(inkIn(picture, { left: 0, right: 9, top: 0, bottom: 40 })).toBe(0);
    },
  );

  it('draws each Chinese character differently, and none of them as the box of an unknown one', async () => {
    const characters = new Set('目标预测周期累计值实际节奏告警解除暂定修订举措签到界限负责人给出的今天');
    // Straight to the renderer, which is handed a code point that the font does not draw.
    const options = { font: { loadSystemFonts: false, fontFiles: [fontFile('Regular')] } };
    const box = decodePng(new Resvg(svgOf('\ue123'), options).render().asPng());
    expect(inkIn(box, { left: 10, right: 60, top: 5, bottom: 38 })).toBeGreaterThan(40);
    const drawn = new Set([box.rgba.join(), (await pixelsOf('?')).rgba.join()]);
    for (const character of characters) drawn.add((await pixelsOf(character)).rgba.join());
    expect(drawn.size).toBe(characters.size + 2);
  });

  it('says a question mark where the font has no drawing, drops emoji, and takes accents off', async () => {
    const same = async (one: string, other: string) =>
      expect((await pixelsOf(one)).rgba).toEqual((await pixelsOf(other)).rgba);
    await same('한', '?');
    await same('\ue123', '?');
    await same('go 🚀', 'go ');
    await same('Č', 'C');
  });
});

describe('a PNG', () => {
  const example = examples[2];
  if (example === undefined) throw new Error('the example is there');
  const { svg } = drawChart(example.input, {
    ...example.request,
    title: example.title['zh-CN'],
    lang: 'zh-CN',
  });

  it('is the same bytes every time, whatever was drawn before', async () => {
    const first = await renderPng(svg);
    await renderPng(svgOf('别的字'));
    expect((await renderPng(svg)).equals(first)).toBe(true);
  });

  it('has two pixels for each of the drawing, or as many as were asked for', async () => {
    const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
    expect(decodePng(await renderPng(svg)).width).toBe(width * 2);
    expect(decodePng(await renderPng(svg, { widthPx: 500, scale: 1 })).width).toBe(500);
  });

  it('takes well under 100 ms after the first', async () => {
    await renderPng(svg);
    const times: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const began = process.cpuUsage();
      await renderPng(svg);
      const { system, user } = process.cpuUsage(began);
      times.push((system + user) / 1000);
    }
    // The processor's own time, of all threads: it does not depend on who else is at work. Measured at 42 to 51 ms.
    expect(Math.min(...times)).toBeLessThan(80);
  });

  it.each([0, -5, Number.NaN, 100_000])('of %d pixels is refused', async (widthPx) => {
    await expect(renderPng(svg, { widthPx, scale: 1 })).rejects.toThrow(RangeError);
  });
});
