import type { Chance } from './chance.ts';
import type { AlertSeverity } from './telling.ts';

/**
 * Hardly any chance is left, lately as well as smoothed. Of the 274 alerts that the usual rule raised on the fold `train`
 * (all daily and weekly Key Results), 189 of the 208 called critical by this were missed (0.909), and 34 of the 66 others
 * (0.515); of those called so with a quarter of the cycle left 127 of 140 (0.907).
 *
 * A fall of the chance by 0.35 within seven days was proposed as a second cause and is none: of 27 such alerts 20 were
 * missed (0.741), less than of those that had not fallen (0.822); and only 3 of them were not below this border too.
 * Measured by `npm run offtrack -- --severity`.
 */
const HARDLY = 0.1;

/** How bad a breach is; without a chance nothing worse is said than a warning. */
export function severityOf(chance: Pick<Chance, 'raw' | 'smoothed'> | null): AlertSeverity {
  if (chance === null) return 'warning';
  return chance.smoothed < HARDLY && chance.raw < HARDLY ? 'critical' : 'warning';
}
