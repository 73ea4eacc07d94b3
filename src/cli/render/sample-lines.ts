import type { KeyResultRow } from '../../api/contract.ts';
import { formatValue, percent } from './format.ts';
import type { Look } from './look.ts';
import type { Voice } from './voice.ts';

/** Of a value that answers were asked for: how many there were, and what so many cannot show. */
export function sampleLines(row: KeyResultRow, look: Look, voice: Voice): string[] {
  const { sample } = row;
  if (sample === null) return [];
  const { changeWithinNoise, goalWithinNoise, level, lower, size, upper } = sample;
  const value = (amount: number) => formatValue(amount, row, look);
  const known = lower !== null && upper !== null && level !== null;
  const bounds = known
    ? voice.say('sample.interval', {
        size,
        level: percent(level, look),
        lower: value(lower),
        upper: value(upper),
      })
    : voice.say('sample.size', { size });
  if (goalWithinNoise === true) return [bounds, voice.say('sample.goal_within_noise')];
  return changeWithinNoise === true ? [bounds, voice.say('sample.change_within_noise')] : [bounds];
}
