import type { Page } from 'playwright-core';
import type { Client } from '../../../src/api/client.ts';
import type { Body } from '../../../src/api/client-types.ts';
import { minorUnits } from '../../../src/domain/money.ts';

/** What the stories about the way to a Key Result have in common. */

export type NewKeyResult = Omit<Body<'createKeyResult'>, 'key'>;
let made = 0;

/** A Key Result that nothing measures yet. */
export async function unmeasured(client: Client, draft: NewKeyResult): Promise<string> {
  made += 1;
  return (await client.call('createKeyResult', { body: { key: `new-${made}`, ...draft } })).key;
}

/** The text at a place that stories know by its data attribute. */
export async function textAt(page: Page, place: string): Promise<string> {
  const text = await page.locator(`[data-${place}]`).first().textContent();
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** As the page writes it whole, in English. */
export function written(value: number | null, unit: string, currency: string | null = null): string {
  if (value === null) return '–';
  if (unit === 'money' && currency !== null) {
    const digits = minorUnits(currency);
    const style = {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    } as const;
    return new Intl.NumberFormat('en', style).format(value / 10 ** digits);
  }
  if (unit === 'ratio')
    return new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 }).format(value);
  return new Intl.NumberFormat('en', { maximumFractionDigits: 6 }).format(value);
}

const FOCUSED = `(() => {
  const at = document.activeElement;
  const labels = [...(at?.labels ?? [])].map((each) => each.textContent);
  return [at?.getAttribute('aria-label'), ...labels, at?.textContent].join(' ').replaceAll(/\\s+/g, ' ').trim();
})()`;

/** Goes on by Tab until something with this name has the focus: what the mouse can do, the keys can. */
export async function tabTo(page: Page, name: RegExp, most = 80): Promise<void> {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate<string>(FOCUSED);
    if (name.test(found)) return;
  }
  throw new Error(`no stop of the Tab key is called ${name}`);
}
