import type { Vector } from '../vector-file.ts';

/** The day at whose close a Key Result is judged. @throws RangeError when the vector names none */
export function asOfDay({ metric, window }: Vector): { day: string; timeZone: string } {
  if (window.type === 'asOf' || window.type === 'snapshot')
    return { day: window.date, timeZone: window.timeZone };
  throw new RangeError(`${metric} needs a window of type "asOf", and this one is "${window.type}"`);
}
