import { ConnectorError } from '../sdk/index.ts';

/** A setting that only the owner can change, told with the next step. */
export function forOwner(
  code: string,
  problem: string,
  hint: string,
  errorClass: 'config' | 'auth' = 'config',
) {
  return new ConnectorError(`${problem} ${hint}`, { errorClass, code, remedy: { by: 'owner', hint } });
}

/**
 * Days are the property's; a metric that cuts them elsewhere would tell other days than Google does. Zones have several
 * names, such as Asia/Kolkata and Asia/Calcutta.
 *
 * @throws ConnectorError with both zones
 */
export function refuseOtherZone(theirs: string, ours: string): void {
  if (theirs === ours || canonical(theirs) === canonical(ours)) return;
  throw forOwner(
    'time_zone',
    `This GA4 property cuts its days in ${theirs}, the metric in ${ours}.`,
    `Set the metric’s own time zone to ${theirs}.`,
  );
}

function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}

/** Google answers zero, not an error, for what the account may not see. @throws ConnectorError */
export function refuseRestricted(names: readonly string[], restricted: readonly string[]): void {
  const hidden = names.filter((name) => restricted.includes(name));
  if (hidden.length === 0) return;
  throw forOwner(
    'restricted_metric',
    `The service account may not see ${hidden.join(' and ')}, so Google answers zero.`,
    'Take the restriction "No revenue metrics" or "No cost metrics" from the service account in GA4 Admin.',
    'auth',
  );
}

/** Money of another currency than the metric's is no smaller or larger, it is another thing. @throws ConnectorError */
export function refuseOtherCurrency(theirs: string, ours: string): void {
  if (theirs.toUpperCase() === ours.toUpperCase()) return;
  const named = theirs === '' ? 'does not name its currency' : `keeps its money in ${theirs}`;
  throw forOwner(
    'currency',
    `This GA4 property ${named}, and the metric is in ${ours.toUpperCase()}.`,
    `Set the currency to that of the property, or set convert so that Google converts into ${ours.toUpperCase()}.`,
  );
}
