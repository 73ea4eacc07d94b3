import type { CustomerState } from '../model/account.ts';
import type { World } from '../world.ts';
import { renderDiscount } from './render-catalog.ts';
import type { Wire } from './wire.ts';

/** `discount` is an object here, its coupon an id; a subscription's own discounts are not shown. */
export function renderCustomer(customer: CustomerState, world: World): Wire {
  const { discount } = customer;
  const owned = discount === null ? undefined : world.discounts.get(discount.id);
  const debts = customer.subscriptionIds.some(
    (id) => world.account.subscriptions.get(id)?.status === 'past_due',
  );
  return {
    id: customer.customerId,
    object: 'customer',
    address: {
      city: null,
      country: customer.country,
      line1: null,
      line2: null,
      postal_code: null,
      state: null,
    },
    balance: customer.balanceMinor,
    created: customer.at,
    currency: customer.currency,
    customer_account: null,
    default_source: null,
    delinquent: debts,
    description: null,
    discount: owned === undefined ? null : renderDiscount(owned, world.account),
    email: customer.email,
    invoice_prefix: customer.customerId.slice(4, 12).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: `pm_${customer.customerId.slice(4)}`,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: { ...customer.metadata },
    name: customer.name,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: customer.testClockId,
  };
}
