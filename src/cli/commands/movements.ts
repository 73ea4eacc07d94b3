import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderMovements } from '../render/movements.ts';
import { lookOf } from '../show.ts';

export type MovementsOptions = { from?: string; to?: string; limit?: string };

/** `tidemark metric explain METRIC`: the customers and movements behind the difference between two closes. */
export async function metricExplainCommand(
  context: Context,
  metric: string,
  options: MovementsOptions,
): Promise<number> {
  return explainMovements(context, 'explainMovements', metric, options);
}

/** `tidemark explain KEY_RESULT --from DAY`: the same of the metric that the Key Result is judged by. */
export async function keyResultMovementsCommand(
  context: Context,
  keyResult: string,
  options: MovementsOptions,
): Promise<number> {
  return explainMovements(context, 'explainKeyResultMovements', keyResult, options);
}

async function explainMovements(
  context: Context,
  route: 'explainMovements' | 'explainKeyResultMovements',
  key: string,
  options: MovementsOptions,
): Promise<number> {
  const { from, to } = options;
  const limit = options.limit === undefined ? {} : { limit: limitOf(options.limit) };
  const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...limit };
  return withSession(context, async ({ client }) => {
    const answer = await client.call(route, { params: { id: key }, query });
    if (context.settings.json) printJson(context, answer);
    else print(context, renderMovements(answer, lookOf(context)));
    return exitCodes.done;
  });
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw usageError(`--limit "${text}" is not a whole number from 1 to 200`);
}
