import { titleIn } from '../../i18n/index.ts';
import { parseAmount } from '../amounts.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { dayBefore } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { titlesOf } from '../titles-in.ts';
import { wordsOf } from '../words.ts';

export type CycleAddOptions = { start: string; end: string; title?: string; timeZone?: string };
export type ObjectiveAddOptions = {
  title: string;
  titleIn?: string[];
  cycle: string;
  parent?: string;
  owner?: string;
  stage?: string;
  phase?: string;
  weight?: string;
  description?: string;
};

/** `tidemark cycle add KEY`. `--end` is the day after the last one. */
export async function cycleAddCommand(
  context: Context,
  key: string,
  options: CycleAddOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const { start, end, title, timeZone } = options;
    const answer = await client.call('createCycle', {
      body: {
        key,
        startDay: start,
        endDay: end,
        ...(title === undefined ? {} : { title }),
        ...(timeZone === undefined ? {} : { timeZone }),
      },
    });
    const days = voiceOf(lookOf(context)).say('page.cycle_days', {
      startDay: answer.startDay,
      lastDay: dayBefore(answer.endDay),
    });
    showCreated(
      context,
      answer,
      `Cycle ${answer.key} is saved: ${days}. Next: tidemark objective add KEY --cycle ${answer.key} --title TITLE`,
    );
    return exitCodes.done;
  });
}

/** `tidemark cycle list`. */
export async function cycleListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listCycles'),
      [
        { title: words.key, priority: 9 },
        { title: words.title, priority: 6, minWidth: 14 },
        { title: say('column.start'), priority: 8 },
        { title: words.lastDay, priority: 8 },
        { title: words.timeZone, priority: 5 },
      ],
      (cycle) => [cycle.key, cycle.title, cycle.startDay, dayBefore(cycle.endDay), cycle.timeZone],
    );
    return exitCodes.done;
  });
}

/** `tidemark objective add KEY`. */
export async function objectiveAddCommand(
  context: Context,
  key: string,
  options: ObjectiveAddOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const { title, titleIn: named, cycle, parent, owner, description, stage, phase, weight } = options;
    const titles = titlesOf(named);
    const answer = await client.call('createObjective', {
      body: {
        key,
        title,
        ...titles,
        cycle,
        ...(parent === undefined ? {} : { parent }),
        ...(owner === undefined ? {} : { owner }),
        ...(stage === undefined ? {} : { stage }),
        ...(phase === undefined ? {} : { phase }),
        ...(weight === undefined ? {} : { weight: parseAmount(weight, '--weight') }),
        ...(description === undefined ? {} : { description }),
      },
    });
    showCreated(
      context,
      answer,
      `Objective ${answer.key} is saved. Next: tidemark kr add KEY --objective ${answer.key} --title TITLE --goal reach --to N`,
    );
    return exitCodes.done;
  });
}

/** `tidemark objective list`. */
export async function objectiveListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    const [objectives, cycles] = await Promise.all([
      client.call('listObjectives'),
      client.call('listCycles'),
    ]);
    const cycleKeys = new Map(cycles.data.map((cycle) => [cycle.id, cycle.key]));
    const keys = new Map(objectives.data.map((objective) => [objective.id, objective.key]));
    showList(
      context,
      objectives,
      [
        { title: words.key, priority: 9 },
        { title: words.title, priority: 8, minWidth: 16 },
        { title: words.cycle, priority: 6 },
        { title: words.objective, priority: 3 },
        { title: say('column.owner'), priority: 5 },
      ],
      (objective, look) => [
        objective.key,
        titleIn(look.lang, objective),
        cycleKeys.get(objective.cycleId) ?? objective.cycleId,
        objective.parentId === null ? '' : (keys.get(objective.parentId) ?? objective.parentId),
        objective.owner ?? '',
      ],
    );
    return exitCodes.done;
  });
}
