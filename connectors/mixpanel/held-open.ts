import { ConnectorError, type LineStream, type Quota, type QuotaRule } from '../sdk/index.ts';

/**
 * Lines that are under way until the last one was taken: the place among those at once is held as long, and given back when
 * whoever takes them stops in the middle, too.
 *
 * @param paused what a refusal for lack of quota becomes
 */
export async function* heldOpen(
  quota: Quota,
  rule: QuotaRule,
  paused: (scope: string, error: ConnectorError) => Promise<ConnectorError>,
  open: () => LineStream,
): LineStream {
  const begun = gate();
  const ended = gate();
  const spent = quota.spend(rule, async () => {
    begun.open();
    await ended.opened;
  });
  // Without room nothing begins, and the refusal is thrown here.
  await Promise.race([begun.opened, spent]);
  try {
    yield* open();
  } catch (error) {
    throw error instanceof ConnectorError && error.errorClass === 'rate_limited'
      ? await paused(rule.scope, error)
      : error;
  } finally {
    ended.open();
    await spent;
  }
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
