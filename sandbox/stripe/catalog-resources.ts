import type { Catalog } from '../model/catalog.ts';
import { arrayOf, booleanOf } from './query.ts';
import {
  renderCoupon,
  renderPrice,
  renderProduct,
  renderPromotionCode,
  renderTaxRate,
} from './render-catalog.ts';
import { remembered, serve, tableOf } from './resource.ts';

const catalogTables = remembered((catalog: Catalog) => {
  const table = <Row extends { id: string; createdAt: number }>(rows: ReadonlyMap<string, Row>) =>
    tableOf(
      [...rows.values()],
      ({ id }) => id,
      ({ createdAt }) => createdAt,
    );
  return {
    products: table(catalog.products),
    prices: table(catalog.prices),
    coupons: table(catalog.coupons),
    taxRates: table(catalog.taxRates),
    promotionCodes: table(catalog.promotionCodes),
  };
});

export const products = serve({
  object: 'product',
  path: '/v1/products',
  permission: 'rak_product',
  table: (world) => catalogTables(world.catalog, world).products,
  id: (product) => product.id,
  createdAt: (product) => product.createdAt,
  render: renderProduct,
  filters: { active: (_product, value) => booleanOf(value, 'active') },
  otherParams: ['ids'],
  also(query) {
    const ids = arrayOf(query, 'ids');
    return (product) => ids === null || ids.includes(product.id);
  },
});

export const prices = serve({
  object: 'price',
  path: '/v1/prices',
  permission: 'rak_plan',
  table: (world) => catalogTables(world.catalog, world).prices,
  id: (price) => price.id,
  createdAt: (price) => price.createdAt,
  render: renderPrice,
  filters: {
    active: (price, value) => price.active === booleanOf(value, 'active'),
    currency: (price, value) => price.currency === value,
    product: (price, value) => price.productId === value,
    type: (price, value) => (price.recurring === null ? 'one_time' : 'recurring') === value,
  },
});

export const coupons = serve({
  object: 'coupon',
  path: '/v1/coupons',
  permission: 'rak_coupon',
  table: (world) => catalogTables(world.catalog, world).coupons,
  id: (coupon) => coupon.id,
  createdAt: (coupon) => coupon.createdAt,
  render: renderCoupon,
  filters: {},
});

export const taxRates = serve({
  object: 'tax_rate',
  path: '/v1/tax_rates',
  permission: 'rak_tax_rate',
  table: (world) => catalogTables(world.catalog, world).taxRates,
  id: (rate) => rate.id,
  createdAt: (rate) => rate.createdAt,
  render: renderTaxRate,
  filters: {
    active: (_rate, value) => booleanOf(value, 'active'),
    inclusive: (rate, value) => rate.inclusive === booleanOf(value, 'inclusive'),
  },
});

export const promotionCodes = serve({
  object: 'promotion_code',
  path: '/v1/promotion_codes',
  permission: 'rak_promotion_code',
  table: (world) => catalogTables(world.catalog, world).promotionCodes,
  id: (code) => code.id,
  createdAt: (code) => code.createdAt,
  render: renderPromotionCode,
  filters: {
    active: (_code, value) => booleanOf(value, 'active'),
    code: (code, value) => code.code.toLowerCase() === value.toLowerCase(),
    coupon: (code, value) => code.couponId === value,
    customer: () => false,
  },
});
