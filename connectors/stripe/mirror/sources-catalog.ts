import { couponSchema, type PriceObject, priceSchema } from './catalog-schema.ts';
import { couponRecord, priceRecord } from './map-catalog.ts';
import type { Reader } from './reader.ts';
import { source } from './source.ts';

const PRICE_PARTS = ['tiers', 'currency_options'];
const COUPON_PARTS = ['applies_to', 'currency_options'];
const inList = (paths: readonly string[]) => paths.map((path) => `data.${path}`);
/** Every currency is a path of its own; so many at once keep the address short. */
const CURRENCIES_AT_ONCE = 10;

export const prices = source({
  kind: 'price',
  what: 'prices',
  schema: priceSchema,
  list: ({ stripe }, at) => stripe.prices.list({ ...at, expand: inList(PRICE_PARTS) }),
  retrieve: ({ stripe }, id) => stripe.prices.retrieve(id, { expand: PRICE_PARTS }),
  complete: async (reader, price) => ({ object: await withForeignTiers(reader, price), records: [] }),
  map: priceRecord,
});

/** Tiers in other currencies are shown only where each currency is named, so a price that has them is asked again. */
async function withForeignTiers(reader: Reader, price: PriceObject): Promise<PriceObject> {
  if (price.billing_scheme !== 'tiered') return price;
  const lacking = Object.entries(price.currency_options ?? {})
    .filter(([currency, { tiers }]) => currency !== price.currency && (tiers ?? []).length === 0)
    .map(([currency]) => currency);
  const options = { ...price.currency_options };
  for (let from = 0; from < lacking.length; from += CURRENCIES_AT_ONCE) {
    const named = lacking.slice(from, from + CURRENCIES_AT_ONCE);
    const expand = named.map((currency) => `currency_options.${currency}.tiers`);
    const shown = await reader.one('a price', priceSchema, () =>
      reader.stripe.prices.retrieve(price.id, { expand }),
    );
    for (const currency of named) {
      const option = shown?.currency_options?.[currency];
      if (option !== undefined) options[currency] = option;
    }
  }
  return lacking.length === 0 ? price : { ...price, currency_options: options };
}

export const coupons = source({
  kind: 'coupon',
  what: 'coupons',
  schema: couponSchema,
  list: ({ stripe }, at) => stripe.coupons.list({ ...at, expand: inList(COUPON_PARTS) }),
  retrieve: ({ stripe }, id) => stripe.coupons.retrieve(id, { expand: COUPON_PARTS }),
  complete: async (reader, coupon) => {
    reader.coupons.stored(coupon.id);
    return { object: coupon, records: [] };
  },
  map: couponRecord,
});
