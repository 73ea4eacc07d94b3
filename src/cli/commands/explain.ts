import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderExplanation } from '../render/explanation.ts';
import { lookOf, pastNow } from '../show.ts';
import { keyResultMovementsCommand, type MovementsOptions } from './movements.ts';

export type ExplainOptions = MovementsOptions & { asOf?: string };

/**
 * `tidemark explain KEY_RESULT`: the walk from the progress number to the requests behind it; between two days, who moved
 * its metric.
 */
export async function explainCommand(
  context: Context,
  keyResult: string,
  { asOf, ...options }: ExplainOptions = {},
): Promise<number> {
  if (Object.values(options).some((given) => given !== undefined)) {
    if (asOf !== undefined)
      throw usageError('--as-of is of the walk, --from of the movements', 'Give one of them.');
    return keyResultMovementsCommand(context, keyResult, options);
  }
  return withSession(context, async ({ client }) => {
    const explanation = await client.call('explainKeyResult', {
      params: { id: keyResult },
      query: asOf === undefined ? {} : { asOf },
    });
    if (context.settings.json) printJson(context, explanation);
    else print(context, renderExplanation(explanation, lookOf(context, pastNow(context, explanation.asOf))));
    return exitCodes.done;
  });
}
