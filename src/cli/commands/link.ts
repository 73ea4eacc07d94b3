import { createClient } from '../../api/client.ts';
import { type Context, hint, print, printJson, runningApi } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

/** `tidemark link`: a new one-time sign-in link to the page of the API that is running. */
export async function linkCommand(context: Context): Promise<number> {
  const url = await signInLink(await runningApi(context), context.io.interrupted);
  if (context.settings.json) printJson(context, { url });
  else print(context, url);
  hint(context, 'It opens once. Make another with: tidemark link');
  return exitCodes.done;
}

/** Asks a running API for a sign-in link that works once. Throws what the client throws. */
export async function signInLink(
  api: { url: string; token: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  const client = createClient({ url: api.url, token: api.token, signal, timeoutMs: 10_000 });
  return (await client.call('createSignInLink')).url;
}
