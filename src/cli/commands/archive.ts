import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';

/** What can be put away, by the word of the command line. */
const calls = {
  cycle: ['archiveCycle', 'restoreCycle'],
  objective: ['archiveObjective', 'restoreObjective'],
  kr: ['archiveKeyResult', 'restoreKeyResult'],
  metric: ['archiveMetric', 'restoreMetric'],
  connection: ['archiveConnection', 'restoreConnection'],
  channel: ['archiveChannel', 'restoreChannel'],
  rule: ['archiveAlertRule', 'restoreAlertRule'],
} as const;
export type Archivable = keyof typeof calls;

/** `tidemark NOUN archive KEY`. */
export async function archiveCommand(context: Context, noun: Archivable, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    await client.call(calls[noun][0], { params: { id: key } });
    const { say } = voiceOf(lookOf(context));
    const command = `tidemark ${noun} restore ${key}`;
    showCreated(context, { id: key, archived: true }, say('resource.archived', { name: key, command }));
    return exitCodes.done;
  });
}

/** `tidemark NOUN restore KEY`. */
export async function restoreCommand(context: Context, noun: Archivable, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const restored = await client.call(calls[noun][1], { params: { id: key } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, restored, say('resource.restored', { name: key }));
    return exitCodes.done;
  });
}
