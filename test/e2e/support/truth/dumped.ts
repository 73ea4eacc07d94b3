import { dumpLines, type Sandbox } from '../../../../sandbox/index.ts';

/** The raw events of the company by now. The dump leaves the price list out, which money is worked out from, too. */
export function* dumped(sandbox: Sandbox): Generator<string> {
  const model = sandbox.model();
  yield* dumpLines(model, sandbox.now());
  for (const price of model.catalog.prices.values()) yield JSON.stringify({ kind: 'price', ...price });
  for (const coupon of model.catalog.coupons.values()) yield JSON.stringify({ kind: 'coupon', ...coupon });
}
