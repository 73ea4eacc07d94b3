/**
 * How many decimals the smallest unit of a currency has, by Stripe's table and not by ISO 4217: ISK and UGX are given
 * in hundredths although their decimals are unusable.
 *
 * @see https://docs.stripe.com/currencies, "Zero-decimal", "Three-decimal" and "Special case currencies"
 */
const zeroDecimal: ReadonlySet<string> = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'MGA',
  'PYG',
  'RWF',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
]);
const threeDecimal: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/**
 * Decimals of the smallest unit: 2 for USD, 0 for JPY, 3 for KWD. Upper or lower case.
 *
 * @throws RangeError when the text is not three letters
 */
export function minorUnits(currency: string): 0 | 2 | 3 {
  if (!/^[A-Za-z]{3}$/.test(currency))
    throw new RangeError(`"${currency}" is not a currency code like "usd"`);
  const code = currency.toUpperCase();
  if (zeroDecimal.has(code)) return 0;
  return threeDecimal.has(code) ? 3 : 2;
}

/** Whether none of these amounts, in the smallest unit, has anything behind the point: 1,856,000 of USD has not. */
export function areWholeUnits(amountsMinor: readonly number[], currency: string): boolean {
  const unit = 10 ** minorUnits(currency);
  return amountsMinor.every((amount) => amount % unit === 0);
}
