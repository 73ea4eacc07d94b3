import { describe, expect, it } from 'vitest';
import { keyResultKey, metricKey, objectiveKey } from '../../src/app/draft-keys.ts';

const none = new Set<string>();

describe('keys of what was imported', () => {
  it.each([
    { title: 'Enhance user satisfaction with our mobile app', key: 'enhance-user-satisfaction' },
    { title: 'Über-growth in the Café', key: 'uber-growth-cafe' },
    { title: "Don't lose customers", key: 'dont-lose-customers' },
    { title: '找到值得解决的问题', key: 'o3' },
    { title: '提升 NPS', key: 'o3' },
    { title: '100 % 🎯', key: 'o3' },
  ])('an objective "$title" is called $key', ({ key, title }) => {
    expect(objectiveKey(title, 3, none)).toBe(key);
  });

  it.each([
    { title: 'Increase app store rating from 4.0 to 4.5', key: 'growth.app-store-rating' },
    { title: 'Reduce by 30%', key: 'growth.reduce' },
    { title: '提升NPS从8.0到9.5', key: 'growth.kr2' },
    { title: 'Achieve a 20% increase in the number of users', key: 'growth.number-users' },
  ])('a Key Result "$title" is called $key', ({ key, title }) => {
    expect(keyResultKey('growth', title, 2, none)).toBe(key);
  });

  it('passes over keys that are taken: slugs get a number, numbers go on', () => {
    expect(objectiveKey('Growth', 1, new Set(['growth', 'growth-2']))).toBe('growth-3');
    expect(objectiveKey('增长', 1, new Set(['o1', 'o2']))).toBe('o3');
    expect(keyResultKey('o1', '增长', 1, new Set(['o1.kr1']))).toBe('o1.kr2');
    expect(metricKey('trial_to_paid_rate', new Set(['trial-to-paid-rate']))).toBe('trial-to-paid-rate-2');
  });

  it('stays within what the contract takes as a key', () => {
    const long = objectiveKey('Internationalisation internationalisation internationalisation', 1, none);
    expect(long).toMatch(/^[a-z0-9][a-z0-9._-]{0,99}$/);
    expect(long.length).toBeLessThanOrEqual(32);
  });
});
