import fc from 'fast-check';
import { LIFE_CURRENCIES, type Life, playLives } from '../../sandbox/index.ts';

export const LIVES_ANCHOR_DAY = '2025-01-01';
export const lifeStartAt = Date.parse(`${LIVES_ANCHOR_DAY}T00:00:00Z`) / 1_000;
const DAY_SECONDS = 86_400;

const KINDS = [
  'base_month',
  'plus_month',
  'seats_month',
  'seats_quarter',
  'base_week',
  'volume_month',
  'packs_month',
];

/** A random life in one currency: any order of steps at any second of a year. */
export const anyLife: fc.Arbitrary<Life> = fc
  .constantFrom(...Object.keys(LIFE_CURRENCIES))
  .chain((currency) => {
    const price = fc.constantFrom(...KINDS).map((kind) => `life_${kind}_${currency}`);
    const quantity = fc.integer({ min: 0, max: 12 });
    const item = fc.record({ price, quantity });
    const proration = fc.constantFrom('create_prorations', 'always_invoice', 'none');
    const coupon = fc.constantFrom('LIFE_ONCE', 'LIFE_THREE_MONTHS', 'LIFE_TEN', `LIFE_FIVE_OFF_${currency}`);
    const action = fc.oneof(
      fc.record({
        do: fc.constant('subscribe'),
        items: fc.array(item, { minLength: 1, maxLength: 3 }),
        trialDays: fc.constantFrom(0, 0, 14),
        taxRates: fc.constantFrom([], ['txr_life_vat_inclusive'], ['txr_life_sales']),
      }),
      fc.record({
        do: fc.constant('change_item'),
        item: fc.integer({ min: 0, max: 2 }),
        price,
        quantity,
        proration,
      }),
      fc.record({ do: fc.constant('add_item'), add: item, proration }),
      fc.record({ do: fc.constant('remove_item'), item: fc.integer({ min: 0, max: 2 }), proration }),
      fc.record({ do: fc.constant('add_discount'), coupon }),
      fc.constantFrom(
        { do: 'remove_discount' },
        { do: 'pause', behavior: 'void', days: 40 },
        { do: 'resume' },
        { do: 'card_fails', recoversAtRetry: 2, ends: 'unpaid' },
        { do: 'card_fails', recoversAtRetry: null, ends: 'unpaid' },
        { do: 'recover' },
        { do: 'cancel', when: 'now' },
        { do: 'cancel', when: 'period_end' },
        { do: 'undo_cancel' },
        { do: 'delete_customer' },
        { do: 'refund', share: 0.4, failsAfterDays: 9 },
        { do: 'dispute', outcome: 'lost', days: 12 },
        { do: 'credit_note', share: 0.3 },
      ),
    );
    const at = fc.integer({ min: 0, max: 365 * DAY_SECONDS }).map((seconds) => lifeStartAt + seconds);
    // The pieces fit the union of steps one by one; fast-check only cannot tell which belongs to which.
    const step = fc.tuple(at, action).map(([when, what]) => ({ at: when, ...what }));
    const first = {
      at: lifeStartAt + 60,
      do: 'subscribe',
      items: [{ price: `life_base_month_${currency}`, quantity: 2 }],
    } as const;
    return fc
      .array(step, { maxLength: 14 })
      .map((steps): Life => ({ at: lifeStartAt, currency, steps: [first, ...steps] }));
  });

export const play = (lives: readonly Life[], days = 400) =>
  playLives(lives, { anchorDay: LIVES_ANCHOR_DAY }, lifeStartAt + days * DAY_SECONDS);
