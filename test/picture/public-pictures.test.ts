import { describe, expect, it } from 'vitest';
import type { KeyResultDetail } from '../../src/api/contract.ts';
import { publicPictures } from '../../src/picture/public-pictures.ts';
import { detailOf, offTrack, onTrack, stale } from '../web/fixtures.ts';
import { decodePng } from './support.ts';

const { badgeJson, badgeSvg, chartSvg, png } = publicPictures;
const drawn = (keyResult: KeyResultDetail): string => chartSvg(keyResult, 'en', 'light') ?? '';

describe('a public badge', () => {
  it('has a number, a unit and a status', () => {
    expect(badgeSvg(detailOf(onTrack), 'en')).toContain('>13,480 · On track</text>');
    const talks = { ...detailOf(onTrack), unit: 'custom:talks', currentValue: 7 };
    expect(badgeJson(talks, 'en')).toMatchObject({ message: '7 talks · On track' });
  });

  it('shows no number while the status is unknown, though one is stored', () => {
    const keyResult = detailOf({
      ...stale,
      currentValue: 13_480,
      status: { ...stale.status, state: 'unknown' },
    });
    expect(badgeJson(keyResult, 'en').message).toBe('Unknown · Stale');
    expect(badgeSvg(keyResult, 'en')).not.toContain('13,480');
    const steps = [{ name: 'Ship', weight: 1, doneOnDay: null }];
    const milestone = { ...keyResult, goal: { kind: 'milestone' as const, steps } };
    expect(badgeJson(milestone, 'en').message).toBe('Unknown · Stale');
  });

  it('shows no zero for what was not measured', () => {
    const keyResult = { ...detailOf(onTrack), currentValue: null };
    expect(badgeJson(keyResult, 'en').message).toBe('On track');
  });

  it('is labelled where its numbers are of the sandbox', () => {
    expect(offTrack.source?.environment).toBe('sandbox');
    expect(badgeJson(detailOf(offTrack), 'en').label).toBe(`${offTrack.title} · Sandbox data`);
    expect(drawn(detailOf(offTrack))).toContain('Off track · Sandbox data');
  });
});

describe('a public chart', () => {
  it('keeps to itself what people wrote about the Key Result, and who they are', () => {
    const base = detailOf(onTrack);
    const source = base.source ?? { environment: 'live' as const };
    const keyResult = {
      ...base,
      owner: 'mei@example.com',
      description: 'Inside description',
      objectiveTitle: 'Inside objective',
      source: { ...source, connectionKey: 'inside-connection', connectionTitle: 'Inside connection' },
      initiatives: [
        { id: 'ini_1', title: 'Inside initiative', startDay: base.cycle.startDay, endDay: base.today },
      ],
      overrides: [
        {
          id: 'ovr_1',
          value: 13_000,
          fromDay: base.cycle.startDay,
          untilDay: base.today,
          reason: 'Inside reason',
          author: 'mei@example.com',
          createdAt: base.now,
          endedAt: null,
          endedBy: null,
        },
      ],
    } as unknown as KeyResultDetail; // the parts that a chart could tell of
    const svg = drawn(keyResult);
    expect(svg).not.toMatch(/inside|mei@/i);
    // The line that is drawn is still said to be an owner's.
    expect(svg).toContain('<title>owner’s value 13,000</title>');
    expect(badgeSvg(keyResult, 'en')).not.toMatch(/inside|mei@/i);
  });

  it('speaks the language and has the colours that are asked for', async () => {
    const svg = chartSvg(detailOf(onTrack), 'zh-CN', 'dark') ?? '';
    expect(svg).toContain('xml:lang="zh-CN"');
    expect(svg).toContain('>进展正常</text>');
    // #141b1a, the dark ground.
    expect([...decodePng(await png(svg)).rgba.subarray(0, 3)]).toEqual([0x14, 0x1b, 0x1a]);
  });

  it('is none where steps are done or not', () => {
    const goal = { kind: 'milestone' as const, steps: [{ name: 'Ship', weight: 1, doneOnDay: null }] };
    expect(chartSvg({ ...detailOf(onTrack), goal, source: null }, 'en', 'light')).toBeNull();
  });
});
