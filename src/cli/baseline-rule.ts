import type { Body } from '../api/client-types.ts';
import { usageError } from './cli-error.ts';

type Rule = NonNullable<Body<'createKeyResult'>['baselineRule']>;

/** `last_value:7`, `mean:28` or `as-compared`, as flags say how a start is captured. */
export function baselineRuleOf(text: string, flag: string): Rule {
  if (text === 'as-compared') return { kind: 'as_compared' };
  const match = /^(last_value|mean):(\d{1,3})$/.exec(text);
  const days = Number(match?.[2]);
  if (match === null || days < 1 || days > 180) {
    throw usageError(
      `${flag} "${text}" is not a way to capture a baseline`,
      'Give last_value:7 (1 to 180 days), mean:28 or as-compared.',
    );
  }
  return { kind: match[1] === 'mean' ? 'trailing_mean' : 'last_value', days };
}
