import type { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import { clientOf, openSandbox } from './support.ts';

/** Field names of an object as the official client's types require them; a name that they do not know does not compile. */
const exchangeRate: (keyof Stripe.ExchangeRate)[] = ['id', 'object', 'rates'];
const taxRate: (keyof Stripe.TaxRate)[] = [
  'active',
  'country',
  'created',
  'description',
  'display_name',
  'effective_percentage',
  'flat_amount',
  'id',
  'inclusive',
  'jurisdiction',
  'jurisdiction_level',
  'livemode',
  'metadata',
  'object',
  'percentage',
  'rate_type',
  'state',
  'tax_type',
];

it('serves exactly the fields of an exchange rate', async () => {
  const sandbox = await openSandbox();
  const rate = await clientOf(sandbox).exchangeRates.retrieve('usd');
  expect(Object.keys(rate).toSorted()).toEqual(expect.arrayContaining(exchangeRate.toSorted()));
  await sandbox.close();
});

it('draws a tax rate with exactly the fields of the official type', async () => {
  const { renderTaxRate } = await import('../../sandbox/stripe/render-catalog.ts');
  const made = { id: 'txr_1', name: 'VAT', country: 'DE', percentage: '19', inclusive: true, createdAt: 0 };
  expect(Object.keys(renderTaxRate(made)).toSorted()).toEqual(taxRate.toSorted());
});
