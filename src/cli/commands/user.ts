import { type AccountState, resetLink, switchAccount } from '../../wiring/accounts.ts';
import { CliError } from '../cli-error.ts';
import { type Context, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withOperator } from '../operator.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';

/** `tidemark user reset-password EMAIL`: a link by which somebody sets a new password. Not served by the API. */
export async function resetPasswordCommand(context: Context, email: string): Promise<number> {
  const reset = await explained(() => withOperator(context, (services) => resetLink(services, email)));
  if (context.settings.json) printJson(context, reset);
  else {
    print(context, voiceOf(lookOf(context)).say('access.reset', { email: reset.email }));
    print(context, reset.url);
  }
  return exitCodes.done;
}

/** `tidemark user disable|enable EMAIL`. */
export async function switchUserCommand(context: Context, email: string, disabled: boolean): Promise<number> {
  const state: AccountState = await explained(() =>
    withOperator(context, (services) => switchAccount(services, email, disabled)),
  );
  const { say } = voiceOf(lookOf(context));
  showCreated(context, state, say(disabled ? 'access.disabled' : 'access.enabled', { email: state.email }));
  return exitCodes.done;
}

/** A refusal of a use case, as the command line says it. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AppError') throw error;
    const { fix, kind } = error as Error & { fix: string; kind: string };
    const exitCode = kind === 'not_found' ? exitCodes.notFound : exitCodes.conflict;
    throw new CliError(error.message, { exitCode, next: fix, cause: error });
  }
}
