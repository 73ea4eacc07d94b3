import { AppError, notFound } from './errors.ts';
import { findChannel } from './find-alerting.ts';
import type { Actor, ChannelRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

/** For so long the secret before signs as well. */
const BOTH_SIGN_HOURS = 24;
const HOUR_MS = 3_600_000;

/**
 * Gives a webhook a new secret to sign with. For a day every message carries a signature by each of the two, so that the
 * receiver can move at any moment of it. Whoever rotates again within that day drops the older one at once.
 *
 * @returns the new secret, which is shown this once
 */
export async function rotateChannelSecret(
  deps: Pick<Deps, 'alerts' | 'audit' | 'channels' | 'sources' | 'vault'>,
  actor: Actor,
  key: string,
): Promise<{ channel: ChannelRecord; signingSecret: string; previousValidUntil: Date }> {
  const channel = await findChannel(deps, actor, key);
  const workspaceId = actor.workspace.id;
  const signingSecret =
    channel.kind === 'mixpanel' ? null : deps.channels.find(channel.kind).newSigningSecret();
  if (signingSecret === null) {
    throw new AppError(
      'invalid',
      'no_signing_secret',
      `"${channel.key}" is a ${channel.kind} channel, which signs nothing.`,
      'Only the secret of a webhook can be replaced.',
    );
  }
  const sealed = (await deps.sources.secretsOf('channel', channel.id))['signingSecret'];
  const { signingSecret: before } = await deps.vault.open(workspaceId, 'channel', channel.id);
  if (sealed === undefined || before === undefined) {
    throw notFound(
      'signing secret',
      channel.key,
      'Add the channel again with `tidemark channel add webhook`.',
    );
  }
  const place = { workspaceId, table: 'channel', rowId: channel.id, allowedHosts: sealed.allowedHosts };
  const rotatedAt = await deps.alerts.rotateSecrets(workspaceId, channel.id, [
    await deps.vault.seal({ ...place, field: 'signingSecret' }, signingSecret),
    await deps.vault.seal({ ...place, field: 'previousSigningSecret' }, before),
  ]);
  if (rotatedAt === null) throw notFound('channel', key, 'List the channels with `tidemark channel list`.');
  await recordChange(deps, actor, 'rotate_secret', 'channel', channel.id, {});
  const previousValidUntil = new Date(rotatedAt.getTime() + BOTH_SIGN_HOURS * HOUR_MS);
  return { channel, signingSecret, previousValidUntil };
}
