import { alertWordsOf } from '../alert-words.ts';
import { parseDurationMs } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { showCreated } from '../show.ts';

const DAY_MS = 86_400_000;

/** `tidemark kr cadence KEY [7d|14d|usual]`: after how long without a check-in somebody is asked. */
export async function krCadenceCommand(
  context: Context,
  key: string,
  every: string | undefined,
): Promise<number> {
  const everyDays = every === undefined ? undefined : daysOf(every);
  return withSession(context, async ({ client }) => {
    const params = { id: key };
    const answer =
      everyDays === undefined
        ? await client.call('getCadence', { params })
        : await client.call('setCadence', { params, body: { everyDays } });
    const { cadence } = alertWordsOf(context.settings.lang);
    const { keyResultKey, remindsAfterDays } = answer;
    showCreated(context, answer, cadence(keyResultKey, remindsAfterDays, answer.everyDays === null));
    return exitCodes.done;
  });
}

function daysOf(text: string): number | null {
  if (text === 'usual') return null;
  const days = parseDurationMs(text, 'The cadence') / DAY_MS;
  if (Number.isInteger(days) && days >= 1 && days <= 92) return days;
  throw usageError(
    `The cadence "${text}" is not a whole number of days from 1 to 92`,
    'Write it like 7d, or usual.',
  );
}
