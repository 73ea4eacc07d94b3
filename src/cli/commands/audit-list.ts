import { parseCount } from '../amounts.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantText } from '../render/format.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showList } from '../show.ts';

export type AuditListOptions = {
  actor?: string;
  action?: string;
  type?: string;
  object?: string;
  from?: string;
  to?: string;
  limit?: string;
};

/** `tidemark audit list`: who changed what, the newest first. */
export async function auditListCommand(context: Context, options: AuditListOptions): Promise<number> {
  const { action, actor, from, limit = '50', object, to, type } = options;
  return withSession(context, async ({ client }) => {
    const { say } = voiceOf(lookOf(context));
    const query = {
      limit: parseCount(limit, '--limit'),
      ...(actor === undefined ? {} : { actor }),
      ...(action === undefined ? {} : { action }),
      ...(type === undefined ? {} : { objectType: type }),
      ...(object === undefined ? {} : { objectId: object }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    showList(
      context,
      await client.call('listAuditLog', { query }),
      [
        { title: say('resource.at'), priority: 8 },
        { title: say('resource.actor'), priority: 7 },
        { title: say('resource.action'), priority: 9 },
        { title: say('resource.object'), priority: 8 },
        { title: 'Id', priority: 6 },
      ],
      (line, look) => [
        instantText(line.at, look),
        oneLine(line.actor),
        line.action,
        line.objectType,
        oneLine(line.objectId),
      ],
    );
    return exitCodes.done;
  });
}
