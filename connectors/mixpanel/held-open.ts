import {
  abortedError,
  ConnectorError,
  type Limiter,
  type LineStream,
  type Quota,
  type QuotaRule,
} from '../sdk/index.ts';

export type Gatekeeper = {
  quota: Quota;
  /** How soon after another one may begin. */
  limiter: Limiter;
  signal: AbortSignal;
  /** What a refusal for lack of quota becomes. */
  paused(scope: string, error: ConnectorError): Promise<ConnectorError>;
};

/**
 * Lines that are under way until the last one was taken: the place among those at once is held as long, and given back when
 * whoever takes them stops in the middle, too.
 */
export async function* heldOpen(
  { limiter, paused, quota, signal }: Gatekeeper,
  rule: QuotaRule,
  open: () => LineStream,
): LineStream {
  const begun = gate();
  const ended = gate();
  const held = async (): Promise<void> => {
    begun.open();
    await ended.opened;
  };
  const spent = quota.spend(rule, () => limiter.run(signal, held));
  try {
    // Without room nothing begins, and the refusal is thrown here.
    await Promise.race([begun.opened, spent]).catch((error: unknown) => {
      throw signal.aborted ? abortedError('Mixpanel', error) : error;
    });
    yield* open();
  } catch (error) {
    const refused = error instanceof ConnectorError && error.code.startsWith('http_');
    throw refused && error.errorClass === 'rate_limited' ? await paused(rule.scope, error) : error;
  } finally {
    ended.open();
    await spent.catch(() => {}); // heard above, if it has failed before anything began
  }
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
