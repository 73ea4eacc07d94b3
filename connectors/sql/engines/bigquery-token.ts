import { z } from 'zod';
import { errorFromStatus, parseAnswer, readServiceAccount, signedAssertion } from '../../sdk/index.ts';
import { below, TOKEN_HOME } from './address.ts';
import { ownersError } from './failure.ts';
import { exchange, jsonIn } from './http-exchange.ts';
import type { EngineContext, Recorder } from './session.ts';

/** Reading, and nothing else, whatever the account's roles would allow; the narrowest that jobs.query is documented with. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform.read-only';
const TIMEOUT_MS = 15_000;
const answerSchema = z.object({ access_token: z.string().min(1) });

/**
 * A token for reading, exchanged for what the service account signs. The address is Google's own and not the one that
 * the key file names: whoever hands over a key file must not choose where it is sent.
 */
export async function bigqueryToken(context: EngineContext, record: Recorder): Promise<string> {
  const account = readServiceAccount(context.settings.serviceAccountKey ?? '');
  if ('problem' in account)
    throw ownersError('auth', 'key', 'The key of BigQuery cannot be used.', account.problem);
  const url = context.address === null ? TOKEN_HOME : below(context.address, '/token');
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    // By the computer's clock: the run may have begun long before.
    assertion: signedAssertion(account, { audience: TOKEN_HOME.href, scope: SCOPE }, Date.now()),
  });
  const answer = await exchange(context, {
    who: 'Google',
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    timeoutMs: TIMEOUT_MS,
    secrets: [],
    record,
  });
  if (answer.status === 400 || answer.status === 401) {
    const what = 'Google refuses the key of the service account.';
    const hint =
      'Make a new key, or check that the account still exists and the clock of this machine is right.';
    throw ownersError('auth', 'invalid_grant', what, hint);
  }
  if (answer.status !== 200) throw errorFromStatus('Google', answer.status, answer.headers);
  return parseAnswer('Google', 'a token', answerSchema, jsonIn('Google', answer)).access_token;
}
