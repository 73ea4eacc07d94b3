import { ConnectorError } from '../sdk/index.ts';

/** A calendar beyond what is worked through: one sentence that says what there is too much of. */
export function tooLarge(provider: string, code: string, problem: string): ConnectorError {
  const hint = 'Use a calendar of its own for what is counted.';
  return new ConnectorError(`The calendar at ${provider} ${problem}. Nothing was taken from it. ${hint}`, {
    errorClass: 'too_large',
    code,
    remedy: { by: 'owner', hint },
  });
}
