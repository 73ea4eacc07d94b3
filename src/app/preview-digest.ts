import { AppError } from './errors.ts';
import { findChannel } from './find-alerting.ts';
import type { News } from './news.ts';
import type { Actor, Deps } from './ports.ts';

type Digest = Pick<Extract<News, { type: 'digest' }>, 'period' | 'fromDay' | 'throughDay'> & { text: string };
export type DigestPreview = { channelKey: string } & (Digest | Record<keyof Digest, null>);

/** A digest in words; null when there is nothing to say. */
export type DigestOf = (channelId: string) => Promise<Digest | null>;

/** The digest that a channel would be sent now. Nothing is stored, and nobody is told. */
export async function previewDigest(
  deps: Pick<Deps, 'alerts'>,
  actor: Actor,
  key: string,
  digestOf: DigestOf,
): Promise<DigestPreview> {
  const channel = await findChannel(deps, actor, key);
  if (channel.kind === 'mixpanel' || channel.settings.digest === null) {
    throw new AppError(
      'conflict',
      'no_digest',
      `The channel "${channel.key}" has no digest.`,
      channel.kind === 'mixpanel'
        ? 'It takes progress back as events; choose another channel.'
        : `Give it one: \`tidemark channel set ${channel.key} --digest daily@08:00\`.`,
    );
  }
  const digest = await digestOf(channel.id);
  const nothing = { period: null, fromDay: null, throughDay: null, text: null };
  return { channelKey: channel.key, ...(digest ?? nothing) };
}
