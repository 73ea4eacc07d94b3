import type { Catalog } from '../model/catalog.ts';
import type { EpochSeconds } from '../model/time.ts';
import type { World } from '../world.ts';
import {
  renderCoupon,
  renderPrice,
  renderProduct,
  renderPromotionCode,
  renderTaxRate,
} from './render-catalog.ts';
import type { Wire } from './wire.ts';

export type CatalogNews = { at: EpochSeconds; type: string; draw: (world: World) => Wire };

/** When each thing in the catalogue was made, oldest first. */
export function newsOf(catalog: Catalog): CatalogNews[] {
  const made = <Row extends { createdAt: EpochSeconds }>(
    rows: ReadonlyMap<string, Row>,
    name: string,
    draw: (row: Row, world: World) => Wire,
  ): CatalogNews[] =>
    [...rows.values()].map((row) => ({
      at: row.createdAt,
      type: `${name}.created`,
      draw: (world) => draw(row, world),
    }));
  return [
    ...made(catalog.products, 'product', renderProduct),
    ...made(catalog.prices, 'price', renderPrice),
    ...made(catalog.coupons, 'coupon', renderCoupon),
    ...made(catalog.taxRates, 'tax_rate', renderTaxRate),
    ...made(catalog.promotionCodes, 'promotion_code', renderPromotionCode),
  ].toSorted((a, b) => a.at - b.at);
}
