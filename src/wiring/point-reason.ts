import type { PointReading } from '../../connectors/sdk/index.ts';
import type { NoValueReason } from '../domain/key-result.ts';
import { noValueReasonCodes } from '../domain/reason.ts';

/** No value is ever a silent zero: where the connector does not say why, its flag or the missing denominator does. */
export function reasonOf({ value, reason, flags, denominator }: PointReading): NoValueReason | null {
  if (value !== null) return null;
  const flagged = noValueReasonCodes.find((code) => code === flags?.['reason']);
  const nobody = denominator !== undefined && Number(denominator) === 0;
  return reason ?? flagged ?? (nobody ? 'zero_denominator' : 'no_observation');
}
