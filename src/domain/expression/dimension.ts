import type { Unit } from '../metric.ts';

/**
 * What a value measures, as powers of base units: money per count is `{"money:usd": 1, "count": -1}`, and a fraction is
 * `{}`. Powers are never zero. A base is a unit, or `money:` with the currency.
 */
export type Dimension = Readonly<Record<string, number>>;

/** How a dimension is stored beside a metric's points. */
export type NamedUnit = { unit: Unit; currency: string | null };

const moneyBase = 'money:';
const unitMaxCharacters = 60; // of a unit as the API takes it

/** A unit as a dimension. Money without a currency has none, and null says so. */
export function dimensionOf({ unit, currency }: NamedUnit): Dimension | null {
  if (unit === 'ratio') return {};
  if (unit !== 'money') return { [unit]: 1 };
  return currency === null ? null : { [`${moneyBase}${currency.toLowerCase()}`]: 1 };
}

/** The dimension of a product (`sign` 1) or of a quotient (-1). */
export function multiplied(left: Dimension, right: Dimension, sign: 1 | -1): Dimension {
  const powers: Record<string, number> = { ...left };
  for (const [base, power] of Object.entries(right)) powers[base] = (powers[base] ?? 0) + sign * power;
  return Object.fromEntries(Object.entries(powers).filter(([, power]) => power !== 0));
}

export function sameDimension(left: Dimension, right: Dimension): boolean {
  return Object.keys(multiplied(left, right, -1)).length === 0;
}

/** The currencies in a dimension, in capitals. */
export function currenciesOf(dimension: Dimension): string[] {
  return Object.keys(dimension)
    .filter((base) => base.startsWith(moneyBase))
    .map(currencyOf);
}

/** A dimension in words: "USD per count", "ratio" when nothing is left of it. */
export function describeDimension(dimension: Dimension): string {
  const entries = Object.entries(dimension).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return 'ratio';
  const over = entries.filter(([, power]) => power > 0);
  const amount = amountOf(dimension);
  const first = amount === null ? over.map(([base, power]) => describeBase(base, power)).join(' × ') : amount;
  const under = entries.filter(([, power]) => power < 0).map(([base, power]) => describeBase(base, -power));
  return [...(first === '' ? [] : [first]), ...under.map((base) => `per ${base}`)].join(' ');
}

/** The currency when the dimension is money, or money per something: then a value is an amount. */
function amountOf(dimension: Dimension): string | null {
  const over = Object.entries(dimension).filter(([, power]) => power > 0);
  const [base, power] = over[0] ?? ['', 0];
  return over.length === 1 && power === 1 && base.startsWith(moneyBase) ? currencyOf(base) : null;
}

function currencyOf(base: string): string {
  return base.slice(moneyBase.length).toUpperCase();
}

/** Where money is not an amount to be shown as one, the number counts minor units, and says so. */
function describeBase(base: string, power: number): string {
  const isMoney = base.startsWith(moneyBase);
  const name = isMoney ? `minor unit of ${currencyOf(base)}` : base.replace(/^custom:/, '');
  return power === 1 ? name : `${name}^${power}`;
}

/**
 * The unit that points of a dimension are stored in. Money per something stays money, so that it is shown as an amount;
 * what has no unit of its own gets a custom one that says what it is.
 */
export function namedUnit(dimension: Dimension): NamedUnit {
  const entries = Object.entries(dimension);
  if (entries.length === 0) return { unit: 'ratio', currency: null };
  const amount = amountOf(dimension);
  if (amount !== null) return { unit: 'money', currency: amount.toLowerCase() };
  const [only] = entries;
  if (entries.length === 1 && only?.[1] === 1 && isUnit(only[0])) return { unit: only[0], currency: null };
  const unit: Unit = `custom:${describeDimension(dimension)}`;
  return { unit: unit.length > unitMaxCharacters ? 'custom:mixed unit' : unit, currency: null };
}

function isUnit(base: string): base is Unit {
  return ['count', 'duration', 'rating', 'score'].includes(base) || base.startsWith('custom:');
}

/**
 * Whether an owner may store a dimension under another unit than the one it gets by itself. A plain number or a unit
 * that no single word names may be called anything of its own: 2.3 tickets per user read better than 230 %.
 */
export function mayBeStatedAs(dimension: Dimension, stated: Unit): boolean {
  const own = namedUnit(dimension).unit;
  const isNamed = own !== 'ratio' && !own.startsWith('custom:') && Object.keys(dimension).length === 1;
  return stated === own || (stated.startsWith('custom:') && !isNamed);
}
