import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type InitiativeOptions = {
  title?: string;
  start?: string;
  end?: string;
  state?: 'open' | 'done' | 'dropped';
  link?: string;
};

/** `tidemark initiative list KEY`. */
export async function initiativeListCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const { say } = voiceOf(lookOf(context));
    const words = wordsOf(context.settings.lang);
    showList(
      context,
      await client.call('listInitiatives', { params: { id: key } }),
      [
        { title: 'Id', priority: 9 },
        { title: words.title, priority: 8, minWidth: 14 },
        { title: say('column.start'), priority: 7 },
        { title: words.lastDay, priority: 6 },
        { title: words.state, priority: 7 },
        { title: say('resource.link'), priority: 3 },
      ],
      ({ endDay, id, startDay, state, title, url }) => [
        id,
        oneLine(title),
        startDay,
        endDay ?? '',
        say(`initiative.${state}`),
        url ?? '',
      ],
    );
    return exitCodes.done;
  });
}

/** `tidemark initiative add KEY --title … --start …`. */
export async function initiativeAddCommand(
  context: Context,
  key: string,
  { title, start, ...rest }: InitiativeOptions & { title: string; start: string },
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const body = { title, startDay: start, ...bodyOf(rest) };
    const made = await client.call('createInitiative', { params: { id: key }, body });
    showCreated(context, made, voiceOf(lookOf(context)).say('initiative.added', { id: made.id, key }));
    return exitCodes.done;
  });
}

/** `tidemark initiative set ID`. */
export async function initiativeSetCommand(
  context: Context,
  id: string,
  options: InitiativeOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const made = await client.call('updateInitiative', { params: { id }, body: bodyOf(options) });
    showCreated(context, made, voiceOf(lookOf(context)).say('resource.changed', { name: id }));
    return exitCodes.done;
  });
}

/** `tidemark initiative remove ID`. */
export async function initiativeRemoveCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    await client.call('deleteInitiative', { params: { id } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, { id, removed: true }, say('initiative.removed', { id }));
    return exitCodes.done;
  });
}

function bodyOf({ end, link, start, state, title }: InitiativeOptions) {
  return {
    ...(title === undefined ? {} : { title }),
    ...(start === undefined ? {} : { startDay: start }),
    ...(end === undefined ? {} : { endDay: end === 'none' ? null : end }),
    ...(state === undefined ? {} : { state }),
    ...(link === undefined ? {} : { url: link === 'none' ? null : link }),
  };
}
