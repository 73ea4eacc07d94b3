import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { firstEn } from '../../src/i18n/first-en.ts';
import { laterEn } from '../../src/i18n/later-en.ts';
import { builtPage, firstScripts } from './support/build.ts';

const FIRST_LOAD_LIMIT_BYTES = 200_000;

describe('the built page', () => {
  let folder: string;
  let html: string;
  beforeAll(() => {
    folder = builtPage();
    html = readFileSync(join(folder, 'index.html'), 'utf8');
  });

  it.each(['en', 'zh-cn'] as const)(
    'loads less than 200 kB of script, compressed, before it shows the board in %s',
    (lang) => {
      const scripts = firstScripts(folder, lang);
      expect(scripts.some((path) => path.includes(`first-${lang}`))).toBe(true);
      const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
      expect(bytes).toBeLessThan(FIRST_LOAD_LIMIT_BYTES);
    },
  );

  it('knows the words of its first page before it is shown', () => {
    const script = firstScripts(folder, 'en')
      .filter((path) => !path.includes('first-en'))
      .map((path) => readFileSync(join(folder, path), 'utf8'))
      .join('\n');
    const quoted = (key: string): boolean =>
      ['"', "'", '`'].some((mark) => script.includes(mark + key + mark));
    expect(Object.keys(firstEn).filter(quoted).length).toBeGreaterThan(50);
    expect(Object.keys(laterEn).filter(quoted)).toEqual([]);
  });

  it('lies compressed beside itself, as it is sent', () => {
    for (const path of firstScripts(folder, 'en'))
      expect(readFileSync(join(folder, `${path}.gz`)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  it('has no script or style inside its HTML, which the content policy would block', () => {
    expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
  });

  it('asks no other host for anything', () => {
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const assets = readdirSync(join(folder, 'assets'));
    const css = assets
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(join(folder, 'assets', name), 'utf8'));
    expect(css.length).toBeGreaterThan(0);
    expect(css.join('')).not.toMatch(/@import|url\(\s*["']?(?:https?:)?\/\//);
  });
});
