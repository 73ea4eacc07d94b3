import type { MixpanelAccess } from '../state.ts';
import { type Asked, basicOf } from './asked.ts';
import { badCredentials, badRequest, importRefusal, Refusal } from './errors.ts';

/** Reading takes the service account and names its project. @throws Refusal */
export function demandAccount(asked: Asked, access: MixpanelAccess): void {
  if (!isAccount(asked, access)) throw badCredentials();
  const projectId = asked.url.searchParams.get('project_id');
  if (projectId === null) throw badRequest(asked.request, 'Missing required parameter: project_id');
  // A project that was not shared with the account looks like wrong credentials.
  if (projectId !== String(access.projectId)) throw badCredentials();
}

/** Importing takes the service account with its project, or the project's token alone. @throws Refusal */
export function demandImporter(asked: Asked, access: MixpanelAccess): void {
  const basic = basicOf(asked);
  if (access.token !== '' && basic?.user === access.token && basic.password === '') return;
  const shared = asked.url.searchParams.get('project_id') === String(access.projectId);
  if (!isAccount(asked, access) || !shared) throw importRefusal(401, 'Invalid credentials');
}

function isAccount(asked: Asked, { username, secret }: MixpanelAccess): boolean {
  const basic = basicOf(asked);
  return secret !== '' && basic?.user === username && basic.password === secret;
}

/** @throws Refusal */
export function demandShortBody({ tooLong }: Asked): void {
  if (tooLong) throw new Refusal(413, { error: 'request entity too large', status: 'error' });
}
