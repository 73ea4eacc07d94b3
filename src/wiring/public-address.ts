import type { AccessDeps } from '../app/ports-access.ts';
import type { Config } from './config.ts';

/**
 * Whoever can reach the port can try to get in: other machines may only when people have a way to sign in.
 *
 * @throws Error in one sentence and the next step
 */
export async function refuseWithoutSignIn(
  { host, privatePort, publicUrl }: Pick<Config, 'host' | 'privatePort' | 'publicUrl'>,
  { accounts }: Pick<AccessDeps, 'accounts'>,
): Promise<void> {
  if (isLoopback(host)) return;
  const address = new URL(publicUrl ?? `http://${host}`);
  // A container listens everywhere in itself: the operator says that its port is published on this machine only.
  if (privatePort && isLoopback(address.hostname)) return;
  const signIn = await accounts.signIn();
  if (signIn === 'password') return;
  // An invitation that is opened by https is as good: who opens it sets a password.
  if (signIn === 'invited' && address.protocol === 'https:') return;
  const why = `Listening on ${host} lets other machines in, and nobody has a password to sign in with yet.`;
  throw new Error(
    signIn === 'none'
      ? `${why} Add the first admin with \`tidemark member add --email you@example.com --name You --role admin\`, then start again.`
      : `${why} Start without HOST, let whoever was invited open the link, then start again.`,
  );
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
