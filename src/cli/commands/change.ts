import { parseAmount } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { aggregateOf, type GoalFlags, goalOf } from '../kr-goal.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';
import { changedTitles } from '../titles-in.ts';

export type CycleSetOptions = { title?: string; start?: string; end?: string; timeZone?: string };
export type KrSetOptions = Omit<GoalFlags, 'goal'> & {
  title?: string;
  titleIn?: string[];
  description?: string;
  owner?: string;
  weight?: string;
  objective?: string;
  goal?: string;
  over?: string;
};

/** `tidemark cycle set KEY`. */
export async function cycleSetCommand(
  context: Context,
  key: string,
  { end, start, timeZone, title }: CycleSetOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const body = {
      ...(title === undefined ? {} : { title }),
      ...(start === undefined ? {} : { startDay: start }),
      ...(end === undefined ? {} : { endDay: end }),
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    const changed = await client.call('updateCycle', { params: { id: key }, body });
    return said(context, changed, changed.key);
  });
}

/** `tidemark kr set KEY`: what is given; a goal is given whole. */
export async function krSetCommand(context: Context, key: string, options: KrSetOptions): Promise<number> {
  const { description, goal, objective, over, owner, title, titleIn, weight, ...flags } = options;
  if (goal === undefined && Object.keys(flags).length > 0)
    throw usageError('A goal is changed as a whole', 'Give --goal with everything that belongs to it.');
  const body = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner: owner === 'none' ? null : owner }),
    ...(weight === undefined ? {} : { weight: parseAmount(weight, '--weight') }),
    ...(objective === undefined ? {} : { objective }),
    ...(goal === undefined ? {} : { goal: goalOf({ ...flags, goal }) }),
    ...(over === undefined ? {} : { aggregate: aggregateOf(over) }),
  };
  return withSession(context, async ({ client }) => {
    const params = { id: key };
    const titles = await changedTitles(titleIn, () => client.call('getKeyResult', { params }));
    const changed = await client.call('updateKeyResult', { params, body: { ...body, ...titles } });
    return said(context, changed, changed.key);
  });
}

/** `tidemark kr unbind KEY`. */
export async function krUnbindCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    await client.call('unbindKeyResult', { params: { id: key } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, { id: key, bound: false }, say('resource.unbound', { name: key }));
    return exitCodes.done;
  });
}

/** `tidemark metric rename KEY`. */
export async function metricRenameCommand(
  context: Context,
  key: string,
  names: { key?: string; title?: string },
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const changed = await client.call('renameMetric', { params: { id: key }, body: names });
    return said(context, changed, changed.key);
  });
}

function said(context: Context, answer: unknown, name: string): number {
  showCreated(context, answer, voiceOf(lookOf(context)).say('resource.changed', { name }));
  return exitCodes.done;
}
