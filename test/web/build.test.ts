import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtPage } from './support/build.ts';

const FIRST_LOAD_LIMIT_BYTES = 200_000;

describe('the built page', () => {
  let folder: string;
  let html: string;
  beforeAll(() => {
    folder = builtPage();
    html = readFileSync(join(folder, 'index.html'), 'utf8');
  });

  it('loads less than 200 kB of script, compressed, before it shows the board', () => {
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
    expect(bytes).toBeLessThan(FIRST_LOAD_LIMIT_BYTES);
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
