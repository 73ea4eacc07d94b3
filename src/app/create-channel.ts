import { AppError, notFound } from './errors.ts';
import { newId } from './ids.ts';
import type { Actor, ChannelRecord, DeliveryRecord, Deps, MessengerKindName, SealedSecret } from './ports.ts';
import { recordChange } from './record-change.ts';

export type ChannelDraft = { key: string; title?: string | undefined; kind: MessengerKindName; url: string };

/** @returns the channel, and the signing secret of a webhook, which is shown this once */
export async function createChannel(
  deps: Deps,
  actor: Actor,
  draft: ChannelDraft,
): Promise<{ channel: ChannelRecord; signingSecret: string | null }> {
  const accepted = deps.channels.find(draft.kind).accept(draft.url);
  if (!accepted.ok) {
    throw new AppError(
      'invalid',
      'blocked_destination',
      accepted.problem,
      'Give an address that messages may be sent to.',
      {
        errors: [{ pointer: '/url', code: 'blocked_destination', detail: accepted.problem }],
      },
    );
  }
  const id = newId('chn');
  const secrets: SealedSecret[] = [];
  for (const [field, plaintext] of Object.entries(accepted.secrets)) {
    const place = {
      workspaceId: actor.workspace.id,
      table: 'channel',
      rowId: id,
      field,
      allowedHosts: accepted.allowedHosts,
    };
    secrets.push(await deps.vault.seal(place, plaintext));
  }
  const channel = await deps.alerts.createChannel(
    {
      id,
      workspaceId: actor.workspace.id,
      key: draft.key,
      title: draft.title ?? draft.key,
      kind: draft.kind,
      config: { ...accepted.config, shown: accepted.shown },
    },
    secrets,
  );
  await recordChange(deps, actor, 'create', 'channel', id, { key: draft.key, kind: draft.kind });
  return { channel, signingSecret: accepted.signingSecret };
}

/** Sends a test through the outbox, the way that every message goes. */
export async function testChannel(
  deps: Deps,
  actor: Actor,
  key: string,
  message: unknown,
): Promise<DeliveryRecord> {
  const channel = await deps.alerts.findChannel(actor.workspace.id, key);
  if (channel === null) throw notFound('channel', key, 'List the channels with `tidemark channel list`.');
  if (channel.kind === 'mixpanel') {
    throw new AppError(
      'invalid',
      'no_test_message',
      `"${channel.key}" takes progress back as events; it is told nothing else.`,
      'See `tidemark delivery list` for what it was sent.',
    );
  }
  const now = await deps.clock.now();
  return deps.alerts.enqueue({
    workspaceId: actor.workspace.id,
    channelId: channel.id,
    eventKey: `test:${channel.id}:${now.getTime()}`,
    kind: 'test',
    keyResultId: null,
    payload: message,
  });
}
