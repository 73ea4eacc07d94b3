import { toConnectorError } from '../../../connectors/sdk/index.ts';
import type { ReadFailure } from '../../app/ports.ts';

/** What a failure is called when it says nothing about the connection: others of its metrics may be read. */
const OF_ONE_METRIC: readonly string[] = [
  'statement_timeout',
  'answer_too_large',
  'data_unreadable',
  'too_costly',
  'cannot_be_asked',
];

export function failureOf(error: unknown, title: string): ReadFailure {
  const known = toConnectorError(error, title);
  return {
    errorClass: known.errorClass,
    message: known.message,
    hint: known.remedy.by === 'owner' ? known.remedy.hint : null,
    afterMs: known.remedy.by === 'time' ? (known.remedy.afterMs ?? null) : null,
    ...(OF_ONE_METRIC.includes(known.code) ? { concerns: 'metric' as const } : {}),
  };
}

/** Whether the session is of no more use: what follows would fail in the same way, or has nobody to ask. */
export function endsReading(error: unknown): boolean {
  const known = toConnectorError(error);
  if (OF_ONE_METRIC.includes(known.code)) return false;
  return known.errorClass !== 'rate_limited' || !known.code.startsWith('quota_');
}
