import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { percent } from '../render/format.ts';
import { currentText } from '../render/goal.ts';
import { lookOf, showCreated } from '../show.ts';

export type StepOptions = { done?: string | true; undone?: boolean };

/** `tidemark kr step KEY_RESULT STEP`: ticks a step of a milestone goal, today unless a day is named. */
export async function stepCommand(
  context: Context,
  key: string,
  step: string,
  options: StepOptions,
): Promise<number> {
  const done = options.undone !== true;
  if (!done && options.done !== undefined)
    throw usageError('--done and --undone say two things', 'Give one of them.');
  return withSession(context, async ({ client }) => {
    const day = typeof options.done === 'string' ? { day: options.done } : {};
    const answer = await client.call('tickStep', { params: { id: key }, body: { step, done, ...day } });
    const look = lookOf(context);
    const stands = `${currentText(answer, look, false)} steps, ${percent(answer.progress, look, 1)} done`;
    showCreated(context, answer, `${answer.key}: "${step}" is ${done ? 'done' : 'not done'}; ${stands}.`);
    return exitCodes.done;
  });
}
