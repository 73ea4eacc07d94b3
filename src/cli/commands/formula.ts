import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { showCreated } from '../show.ts';

export type FormulaOptions = { formula: string; title?: string; unit?: string };

/** What a formula takes from its metrics cannot be said of it. @throws CliError (exit code 2) */
export function refuseReading(given: Record<string, unknown>): void {
  const flags = {
    connection: '--connection',
    metric: '--metric',
    param: '--param',
    timeZone: '--time-zone',
    historyDays: '--history-days',
  };
  const strange = Object.entries(flags).find(([name]) => given[name] !== undefined);
  if (strange === undefined) return;
  throw usageError(
    `${strange[1]} does not go with --formula`,
    'A formula takes its days from the metrics that it names.',
  );
}

/** `tidemark metric add KEY --formula "tickets / active_users"`: a metric that combines others. */
export async function formulaAddCommand(
  context: Context,
  key: string,
  options: FormulaOptions,
): Promise<number> {
  const { formula, title, unit } = options;
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createFormula', {
      body: {
        key,
        formula,
        ...(title === undefined ? {} : { title }),
        ...(unit === undefined ? {} : { unit }),
      },
    });
    const measure =
      answer.currency === null ? answer.unit : `${answer.unit} ${answer.currency.toUpperCase()}`;
    showCreated(
      context,
      answer,
      `Metric ${answer.key} is computed, in ${measure}. Next: tidemark metric points ${answer.key}`,
    );
    return exitCodes.done;
  });
}
