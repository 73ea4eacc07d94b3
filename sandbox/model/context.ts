import type { Catalog } from './catalog.ts';
import type { Company } from './company.ts';
import type { Discount, Fact, Item, PaymentMethod } from './facts.ts';
import type { EpochSeconds } from './time.ts';

/** What every part of the simulation is handed: where from, how far, and where to write what happened. */
export type Simulation = {
  seed: number;
  company: Company;
  catalog: Catalog;
  anchorAt: EpochSeconds;
  untilAt: EpochSeconds; // later facts may be written; the builder drops them
  emit: (fact: Fact) => void;
};

/** A subscription as it is signed. */
export type Contract = {
  customerId: string;
  subscriptionId: string;
  currency: string;
  items: readonly Item[];
  discounts: readonly Discount[];
  customerDiscount: Discount | null; // applies while the subscription has none of its own
  createdAt: EpochSeconds;
  startAt: EpochSeconds;
  anchorAt: EpochSeconds; // first full billing boundary
  trialEndAt: EpochSeconds | null;
  trialConverts: boolean;
  firstPayment: 'at_signup' | 'at_anchor' | 'never_succeeds';
  method: PaymentMethod;
  quiet: boolean; // true: nobody changes or leaves, for the hand-placed cases
};
