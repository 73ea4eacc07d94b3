import { describe, expect, it } from 'vitest';
import { themes } from '../../src/chart/theme.ts';
import type { DataState } from '../../src/domain/data-state.ts';
import type { Status } from '../../src/domain/status.ts';
import { type Badge, badgeJson, badgeSvg } from '../../src/picture/badge.ts';
import { renderPng } from '../../src/picture/render-png.ts';
import { statusColor, statusShape } from '../../src/picture/status-look.ts';
import { contrast, decodePng, inkIn } from './support.ts';

const badge: Badge = {
  label: 'Weekly active users',
  value: '13,480',
  status: 'on_track',
  dataState: 'fresh',
  lang: 'en',
};
const statuses: Status[] = [
  'not_started',
  'too_early',
  'on_track',
  'at_risk',
  'off_track',
  'achieved',
  'missed',
  'unknown',
];

describe('a badge', () => {
  it('says value and status in words, and names itself for whoever does not see it', () => {
    const svg = badgeSvg(badge);
    expect(svg).toContain('>13,480 · On track</text>');
    expect(svg).toContain('role="img" aria-label="Weekly active users: 13,480 · On track"');
  });

  it('says it in Chinese', () => {
    expect(badgeSvg({ ...badge, lang: 'zh-CN', status: 'off_track' })).toContain('13,480 · 偏离目标');
  });

  it('has no value where nothing was measured, and never a zero', () => {
    expect(badgeSvg({ ...badge, value: null, status: 'unknown' })).toContain('>Unknown</text>');
  });

  it('has another shape for each status, on a colour that white can be read on', () => {
    expect(new Set(statuses.map(statusShape)).size).toBe(statuses.length);
    for (const status of statuses)
      expect(contrast(statusColor(status), '#ffffff'), status).toBeGreaterThanOrEqual(4.5);
    expect(contrast(themes.light['--quiet'], '#ffffff')).toBeGreaterThanOrEqual(4.5);
  });

  it.each<[DataState, string]>([
    ['late', 'Late'],
    ['stale', 'Stale'],
    ['failing', 'Failing'],
    ['none', 'No data'],
    ['paused', 'Paused'],
  ])('is striped and says so while its data are %s, and keeps its colour', (dataState, word) => {
    const svg = badgeSvg({ ...badge, dataState });
    expect(svg).toContain(`· On track · ${word}</text>`);
    expect(svg).toContain('stroke-opacity');
    expect(svg).toContain(statusColor('on_track'));
    expect(badgeSvg(badge)).not.toContain('stroke-opacity');
  });

  it('holds back a title that would become markup or a page of text', () => {
    const svg = badgeSvg({ ...badge, label: `<script>"&\u0000${'x'.repeat(500)}` });
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(Number(/width="(\d+)"/.exec(svg)?.[1])).toBeLessThan(620);
  });

  it('can be drawn', async () => {
    const picture = decodePng(await renderPng(badgeSvg({ ...badge, lang: 'zh-CN', label: '周活跃用户' })));
    expect(inkIn(picture, { left: 12, right: 120, top: 8, bottom: 34 })).toBeGreaterThan(200);
  });
});

describe('a badge for shields', () => {
  it('has the shape of their endpoint', () => {
    expect(badgeJson(badge)).toEqual({
      schemaVersion: 1,
      label: 'Weekly active users',
      message: '13,480 · On track',
      color: '#16653f',
    });
  });

  it('is an error while its data cannot be trusted, and still not red', () => {
    expect(badgeJson({ ...badge, dataState: 'failing' })).toMatchObject({
      message: '13,480 · On track · Failing',
      color: '#16653f',
      isError: true,
    });
    expect(badgeJson({ ...badge, dataState: 'late' })).not.toHaveProperty('isError');
  });
});
