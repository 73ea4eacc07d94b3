import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartSvg, fitted } from '../../src/chart/chart-svg.ts';
import { renderChart } from '../../src/chart/render-chart.ts';
import { roleStyle, styleAttributes } from '../../src/chart/role-style.ts';
import type { ChartRole, SceneElement } from '../../src/chart/scene.ts';
import { type Theme, type ThemeName, themes } from '../../src/chart/theme.ts';
import { projectRoot } from '../../src/project.ts';
import { contrast } from '../picture/support.ts';

const css = (file: string) => readFileSync(join(projectRoot(), 'src/web', file), 'utf8');
const names: ThemeName[] = ['light', 'dark'];

const scene = renderChart(
  {
    startDay: '2026-01-01',
    endDay: '2026-01-11',
    today: '2026-01-05',
    points: [
      { day: '2026-01-01', value: 10, expected: 5, settled: true, restated: true, restatedTitle: 'was 9' },
    ],
    target: 100,
    bounds: null,
    initiatives: [{ title: 'A <b> "page"', startDay: '2026-01-02', endDay: null }],
  },
  {
    width: 600,
    height: 240,
    formatValue: String,
    formatDay: (day) => day.slice(5),
    words: { target: 'Target', now: 'Today' },
  },
);
const words = { lang: 'en', title: 'Grow <users> & "more"\u0001', summary: 'From 10 to 100.' };

describe('a chart that stands alone', () => {
  it('needs no style sheet, no script, and nothing from anywhere', () => {
    const svg = chartSvg(scene, 'light', words);
    expect(svg).not.toMatch(/class=|<style|<script|href|url\(|var\(|@import|data:/);
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });

  it('says what it is and what it shows, whatever stands in its title', () => {
    const svg = chartSvg(scene, 'light', words);
    expect(svg).toContain(
      '<title>Grow &lt;users&gt; &amp; &quot;more&quot;</title><desc>From 10 to 100.</desc>',
    );
    expect(svg).toContain('role="img" xml:lang="en"');
    expect(svg).toContain('<title>A &lt;b&gt; &quot;page&quot;</title>');
  });

  it.each(names)('has a ground of its own in the %s theme', (theme) => {
    expect(chartSvg(scene, theme, words)).toContain(`fill="${themes[theme]['--surface']}"/>`);
  });

  it('names in its legend what it draws, and nothing else', () => {
    const svg = chartSvg(scene, 'light', {
      ...words,
      legend: { value: 'Actual', forecast: 'Forecast', initiative: 'Work', 'point-restated': 'Restated' },
    });
    expect(['Actual', 'Forecast', 'Work', 'Restated'].map((word) => svg.includes(`>${word}</text>`))).toEqual(
      [true, false, true, true],
    );
  });

  it('cuts a title that does not fit, between characters', () => {
    // Characters of 12 px and dots of 10.56 px: eight of them take 106.56 px, nine would take 118.56.
    expect(fitted('周活跃用户从一万增长到一万五千', 110)).toBe('周活跃用户从一万…');
    expect(fitted('  two   words ', 110)).toBe('two words');
    expect(fitted('👩‍💻'.repeat(40), 110)).not.toMatch(/\ud83d…|\u200d…/);
  });
});

describe('the colours', () => {
  /** `--name: light-dark(#value, #value)` of the first block of the page's style sheet. */
  const tokensOf = (text: string, theme: 'light' | 'dark'): Record<string, string> =>
    Object.fromEntries(
      [
        ...text
          .slice(text.indexOf(':root {'), text.indexOf('}', text.indexOf(':root {')))
          .matchAll(/(--[\w-]+): light-dark\((#\w+), (#\w+)\);/g),
      ].map(([, name = '', light = '', dark = '']) => [name, theme === 'light' ? light : dark]),
    );

  it.each(names)('of the %s theme are those of the page', (name) => {
    expect(tokensOf(css('styles.css'), name)).toMatchObject(themes[name]);
  });

  it.each(names)('of the %s theme keep 4.5:1 for text and 3:1 for what is drawn', (name) => {
    const theme = themes[name];
    const on = (token: keyof Theme, ground: keyof Theme = '--surface') =>
      contrast(theme[token], theme[ground]);
    for (const token of ['--ink', '--muted', '--accent'] as const)
      expect(on(token), token).toBeGreaterThanOrEqual(4.5);
    for (const token of ['--quiet-fill', '--warn-fill', '--bad-fill', '--good-fill', '--calm-fill'] as const)
      expect(on(token), token).toBeGreaterThanOrEqual(3);
    for (const ground of ['--good-soft', '--accent-soft', '--calm-soft'] as const)
      expect(on('--accent', ground), ground).toBeGreaterThanOrEqual(4.5);
  });
});

it('looks as on the page: every role that chart.css styles says the same here', () => {
  const kinds: SceneElement['kind'][] = ['line', 'path', 'circle', 'rect', 'text'];
  const ours = (role: ChartRole, kind: SceneElement['kind']) =>
    Object.fromEntries(
      Object.entries(roleStyle(role, kind)).map(([name, value]) => [name, String(value).toLowerCase()]),
    );
  const rules = [...css('chart.css').matchAll(/([^{}/]+)\{([^}]*)\}/g)];
  let compared = 0;
  for (const selector of new Set(
    rules.flatMap(([, list = '']) => list.split(',').map((one) => one.trim())),
  )) {
    const [, kind = '', role = ''] = /^(?:.*\n)*\s*(\w*)\.chart-([\w-]+)$/.exec(selector) ?? [];
    // The cursor is of the page alone.
    if (role === '' || role.startsWith('cursor')) continue;
    const body = rules.filter(([, list = '']) => list.split(',').some((one) => one.trim() === selector));
    const said = Object.fromEntries(
      body.flatMap(([, , text = '']) =>
        [...text.matchAll(/([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [
          name,
          value.replace(/^var\((.*)\)$/, '$1').replace(/px$/, ''),
        ]),
      ),
    );
    delete said['font-variant-numeric'];
    const kindOf = kinds.find((one) => one === kind) ?? (role.startsWith('spark') ? 'path' : 'circle');
    expect(ours(role as ChartRole, kindOf), selector).toEqual(said);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(20);
});

it('writes colours where a style names them', () => {
  expect(styleAttributes({ fill: '--ink', stroke: 'none', 'stroke-width': 2 }, themes.light)).toBe(
    ' fill="#15201f" stroke="none" stroke-width="2"',
  );
});
