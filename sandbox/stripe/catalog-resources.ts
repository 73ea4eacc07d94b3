import { arrayOf, booleanOf } from './query.ts';
import { renderCoupon, renderPrice, renderProduct } from './render-catalog.ts';
import { serve } from './resource.ts';

export const products = serve({
  object: 'product',
  path: '/v1/products',
  permission: 'rak_product',
  all: (world) => world.catalog.products.values(),
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
  all: (world) => world.catalog.prices.values(),
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
  all: (world) => world.catalog.coupons.values(),
  id: (coupon) => coupon.id,
  createdAt: (coupon) => coupon.createdAt,
  render: renderCoupon,
  filters: {},
});
