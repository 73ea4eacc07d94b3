/** From this length on four characters give away little enough. */
const MIN_LENGTH = 12;

/** The end of a secret, so that its owner can tell two apart; empty when it is too short to show any of it. */
export function last4(secret: string): string {
  return secret.length < MIN_LENGTH ? '' : secret.slice(-4);
}
