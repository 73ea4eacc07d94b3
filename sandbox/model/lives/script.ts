import type { EpochSeconds } from '../time.ts';

/**
 * One customer's life as plain data. Any script is valid: a step that the provider would refuse at its moment, such as
 * changing a subscription that has ended, is left out.
 */
export type Life = {
  at: EpochSeconds; // when the customer is made; steps before it are left out
  currency: string;
  name?: string;
  metadata?: Readonly<Record<string, string>>;
  coupon?: string; // on everything that the customer buys without a discount of its own
  testClock?: boolean;
  steps: readonly Step[];
};

export type ScriptedItem = { price: string; quantity: number; coupon?: string; taxRates?: readonly string[] };

/** What happens to the money of a change in mid-period: on the next invoice, on one of its own, or nothing. */
export type Proration = 'create_prorations' | 'always_invoice' | 'none';

/** `subscription` counts the customer's subscriptions from 0; the latest one unless given. `item` counts its items. */
export type Step = { at: EpochSeconds; subscription?: number } & StepAction;

export type StepAction =
  | {
      do: 'subscribe';
      items: readonly ScriptedItem[];
      trialDays?: number;
      coupon?: string;
      promotionCode?: string; // instead of a coupon
      taxRates?: readonly string[];
      metadata?: Readonly<Record<string, string>>;
      payment?: 'fails'; // the first one, and for good
    }
  | { do: 'change_item'; item: number; price?: string; quantity?: number; proration: Proration }
  | { do: 'add_item'; add: ScriptedItem; proration: Proration }
  | { do: 'remove_item'; item: number; proration: Proration }
  | { do: 'add_discount'; coupon: string; promotionCode?: string }
  | { do: 'remove_discount' }
  | { do: 'customer_discount'; coupon: string | null }
  | { do: 'pause'; behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void'; days?: number }
  | { do: 'resume' }
  | CardFails
  | { do: 'recover' } // pays what is owed after it was given up
  | { do: 'cancel'; when: 'now' | 'period_end' }
  | { do: 'undo_cancel' }
  | Schedule
  | { do: 'delete_customer' }
  | { do: 'charge'; amountMinor: number }
  | { do: 'refund'; share: number; failsAfterDays?: number } // of the latest charge that can bear it
  | { do: 'dispute'; outcome: 'won' | 'lost' | 'inquiry'; days: number }
  | { do: 'credit_note'; share: number }; // of the latest invoice's largest line

/** Phases of one period each, from the next one on; with `inDays` the first begins within the running one, unbilled. */
export type Schedule = {
  do: 'schedule';
  phases: readonly { items: readonly ScriptedItem[] }[];
  inDays?: number;
};

/** The card is declined from the next invoice on: until a retry works, or until the provider gives up. */
export type CardFails = { do: 'card_fails'; recoversAtRetry: 1 | 2 | 3 | null; ends: 'unpaid' | 'canceled' };
