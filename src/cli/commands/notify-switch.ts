import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { showCreated } from '../show.ts';

/** `tidemark channel on|off KEY`. */
export async function channelSwitchCommand(context: Context, key: string, enabled: boolean): Promise<number> {
  return withSession(context, async ({ client }) => {
    const channel = await client.call('switchChannel', { params: { id: key }, body: { enabled } });
    showCreated(context, channel, `The channel ${channel.key} is ${enabled ? 'on' : 'off'}.`);
    return exitCodes.done;
  });
}

/** `tidemark rule on|off ID`. */
export async function ruleSwitchCommand(context: Context, id: string, enabled: boolean): Promise<number> {
  return withSession(context, async ({ client }) => {
    const rule = await client.call('switchAlertRule', { params: { id }, body: { enabled } });
    showCreated(context, rule, `The rule ${rule.id} is ${enabled ? 'on' : 'off'}.`);
    return exitCodes.done;
  });
}
