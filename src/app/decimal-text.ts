/** A number in digits: as short as it can be written, and never with an exponent. */
export function decimalText(value: number): string {
  const text = String(value);
  return /e-/.test(text) ? value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : text;
}
