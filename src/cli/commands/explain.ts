import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderExplanation } from '../render/explanation.ts';
import { lookOf } from '../show.ts';
import { keyResultMovementsCommand, type MovementsOptions } from './movements.ts';

/**
 * `tidemark explain KEY_RESULT`: the walk from the progress number to the requests behind it; between two days, who moved
 * its metric.
 */
export async function explainCommand(
  context: Context,
  keyResult: string,
  options: MovementsOptions = {},
): Promise<number> {
  if (Object.values(options).some((given) => given !== undefined))
    return keyResultMovementsCommand(context, keyResult, options);
  return withSession(context, async ({ client }) => {
    const explanation = await client.call('explainKeyResult', { params: { id: keyResult } });
    if (context.settings.json) printJson(context, explanation);
    else print(context, renderExplanation(explanation, lookOf(context)));
    return exitCodes.done;
  });
}
