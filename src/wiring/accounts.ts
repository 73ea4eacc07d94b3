import { passwordLink, resetPassword, setDisabled } from '../app/passwords.ts';
import type { Services } from './services.ts';

export type AccountState = { id: string; email: string; name: string; disabled: boolean };

/** For the operator of the machine: a link by which an account gets a new password. */
export async function resetLink({ deps, linkBase }: Pick<Services, 'deps' | 'linkBase'>, email: string) {
  const { text, user, validSeconds } = await resetPassword(deps.access, email);
  return { email: user.email, url: passwordLink(linkBase, text), validSeconds };
}

/** For the operator of the machine: whether an account may sign in. */
export async function switchAccount(
  { deps }: Pick<Services, 'deps'>,
  email: string,
  disabled: boolean,
): Promise<AccountState> {
  const user = await setDisabled(deps.access, email, disabled);
  return { id: user.id, email: user.email, name: user.name, disabled: user.disabledAt !== null };
}
