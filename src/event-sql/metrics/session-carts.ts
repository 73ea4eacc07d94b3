import { numberParam, textParam, textsParam } from '../../domain/events/params.ts';
import { rate } from '../../domain/events/rate.ts';
import { isNamed, type Named, named } from '../named.ts';
import { placingOf } from '../placing.ts';
import { numberIn, type Plan } from '../plan.ts';
import { periodsOf } from '../spans.ts';
import type { EventAsk } from '../types.ts';
import { markedParts, sessionScope, wholeSessions } from './session-parts.ts';

/** Of the sessions in which something was put into a cart, those that bought nothing. */
export function sessionCartAbandonment({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  const added = named(textParam(params, 'addToCartEvent'));
  const bought = named(textParam(params, 'purchaseEvent'));
  const several: Named[] = [{ except: textsParam(params, 'passiveEvents') }, added, bought];
  return {
    scope: sessionScope(params, spans, several, 'lengths'),
    write(reading, dialect) {
      const placing = placingOf(spans, dialect);
      const did = (meant: Named) =>
        `CASE WHEN ${isNamed(reading.columns.event, meant, dialect)} THEN 1 ELSE 0 END`;
      return {
        parts: [
          ...reading.parts,
          ...placing.parts,
          ...markedParts(params, reading, several, { added: did(added), bought: did(bought) }, dialect),
          ...wholeSessions('max(added) AS with_cart, max(bought) AS with_purchase', ['added', 'bought']),
          ['cart', 'SELECT t, with_purchase\nFROM session\nWHERE with_cart = 1'],
          ['placed', placing.placed('cart', ['cart.with_purchase AS with_purchase'], 'cart.t')],
          [
            'present',
            'SELECT seg, count(*) AS n, sum(1 - with_purchase) AS n_left\nFROM placed\nGROUP BY seg',
          ],
        ],
        last: 'SELECT place.w AS w, sum(present.n) AS carts, sum(present.n_left) AS abandoned\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w',
      };
    },
    measure([row]) {
      const carts = numberIn(row, 'carts');
      return rate({
        numerator: numberIn(row, 'abandoned'),
        denominator: carts,
        sampleSize: carts,
        minSample: numberParam(params, 'minCohort'),
      });
    },
  };
}
