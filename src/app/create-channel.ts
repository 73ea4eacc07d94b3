import type { OutwardEventType } from '../domain/outward-event.ts';
import { AppError, notFound } from './errors.ts';
import { newId } from './ids.ts';
import type { Actor, ChannelRecord, DeliveryRecord, Deps, MessengerKindName, SealedSecret } from './ports.ts';
import { recordChange } from './record-change.ts';

export type ChannelDraft = {
  key: string;
  title?: string | undefined;
  kind: MessengerKindName;
  /** Of a webhook, and of Slack's incoming webhook, whose address is itself the secret. */
  url?: string | undefined;
  /** What the kind asks for besides, such as the recipients of a mail. */
  config?: Record<string, unknown> | undefined;
  secrets?: Record<string, string | undefined> | undefined;
  /** Of a webhook: the changes that it is told of besides the news. */
  events?: OutwardEventType[] | undefined;
};

/** @returns the channel, and the signing secret of a webhook, which is shown this once */
export async function createChannel(
  deps: Deps,
  actor: Actor,
  draft: ChannelDraft,
): Promise<{ channel: ChannelRecord; signingSecret: string | null }> {
  const accepted = acceptedOf(deps, draft);
  const events = [...new Set(draft.events ?? [])];
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
  const channel = await deps.atomically(async (inside) => {
    const channel = await inside.alerts.createChannel(
      {
        id,
        workspaceId: actor.workspace.id,
        key: draft.key,
        title: draft.title ?? draft.key,
        kind: draft.kind,
        config: { ...accepted.config, shown: accepted.shown },
        events,
      },
      secrets,
    );
    await recordChange(inside, actor, 'create', 'channel', id, { key: draft.key, kind: draft.kind, events });
    return channel;
  });
  return { channel, signingSecret: accepted.signingSecret };
}

function acceptedOf(deps: Pick<Deps, 'channels'>, { config = {}, kind, secrets = {}, url }: ChannelDraft) {
  const given = Object.entries(secrets).filter(
    (secret): secret is [string, string] => secret[1] !== undefined,
  );
  const accepted = deps.channels
    .find(kind)
    .accept({ url: url ?? null, config, secrets: Object.fromEntries(given) });
  if (accepted.ok) return accepted;
  const { blocked, problem } = accepted;
  const code = blocked ? 'blocked_destination' : 'channel_invalid';
  // It names a field of the settings, or speaks of the address where nothing else was given.
  const pointer = url === undefined ? '/config' : '/url';
  const detail = sentenceOf(problem);
  throw new AppError(
    'invalid',
    code,
    detail,
    blocked
      ? 'Give an address that messages may be sent to, or let the operator allow this one with TIDEMARK_EGRESS_ALLOW.'
      : 'See `tidemark channel add --help` for what each kind of channel needs.',
    { errors: [{ pointer, code, detail }] },
  );
}

/** "to.0: expected a plain address" names a field and stays as it is; anything else begins and ends as a sentence does. */
function sentenceOf(problem: string): string {
  const begun = /^[\w.]+: /.test(problem) ? problem : `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`;
  return begun.endsWith('.') ? begun : `${begun}.`;
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
