import { describe, expect, it } from 'vitest';
import { type Lang, langs } from '../../src/i18n/index.ts';
import { causeText, movementKind } from '../../src/i18n/movement-text.ts';
import { translator } from '../../src/i18n/translator.ts';

/** Every code of `MovementCause` in src/domain/billing/derived.ts. */
const codes = [
  'started',
  'trial_converted',
  'ended',
  'status',
  'plan',
  'quantity',
  'items',
  'discount_added',
  'discount_ended',
  'paused',
  'resumed',
  'tax',
] as const;

describe.each(langs)('a movement in %s', (lang: Lang) => {
  const t = translator(lang);
  it.each(codes)('has a sentence of its own for %s, with the subscription in it', (what) => {
    const text = causeText(t, { subscriptionId: 'sub_1', what, from: 'a', to: 'b' });
    expect(text).toContain('sub_1');
    expect(text).not.toContain(what.includes('_') ? what : '{');
  });

  it('shows a code that it does not know as it is, with what changed', () => {
    const text = causeText(t, { subscriptionId: 'sub_1', what: 'moved_planet', from: null, to: 'Mars' });
    for (const part of ['moved_planet', 'sub_1', '– → Mars']) expect(text).toContain(part);
    expect(movementKind(t, 'teleport')).toBe('teleport');
  });

  it('says that something changed where neither side has a name', () => {
    const text = causeText(t, { subscriptionId: 'sub_1', what: 'plan', from: null, to: null });
    expect(text).toContain(t('cause.changed'));
  });
});
