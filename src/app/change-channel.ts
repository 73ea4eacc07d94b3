import type { ChannelSettings } from '../domain/channel-settings.ts';
import type { OutwardEventType } from '../domain/outward-event.ts';
import { checkChannelSettings } from './check-channel-settings.ts';
import { AppError } from './errors.ts';
import { findChannel } from './find-alerting.ts';
import type { Actor, ChannelRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';
import { switchChannel } from './switch-alerting.ts';

/** What is absent stays as it is. */
export type ChannelChange = {
  enabled?: boolean | undefined;
  events?: OutwardEventType[] | undefined;
  settings?: { [Name in keyof ChannelSettings]?: ChannelSettings[Name] | undefined } | undefined;
};

/** Changes when and of what a channel hears, and switches it off or on. Nothing is changed when anything is refused. */
export async function changeChannel(
  deps: Pick<Deps, 'alerts' | 'audit'>,
  actor: Actor,
  key: string,
  { enabled, events, settings: given = {} }: ChannelChange,
): Promise<ChannelRecord> {
  let channel = await findChannel(deps, actor, key);
  if (events !== undefined && events.length > 0) refuseEvents(channel);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  if (entries.length > 0) {
    const settings = Object.fromEntries(entries) as Partial<ChannelSettings>; // its own fields, those that are given
    refuseSettings(channel, { ...channel.settings, ...settings });
    channel = (await deps.alerts.changeChannel(actor.workspace.id, channel.id, settings)) ?? channel;
    await recordChange(deps, actor, 'update', 'channel', channel.id, { settings });
  }
  if (events !== undefined) {
    const wanted = [...new Set(events)];
    channel = (await deps.alerts.subscribe(actor.workspace.id, channel.id, wanted)) ?? channel;
    await recordChange(deps, actor, 'update', 'channel', channel.id, { events: wanted });
  }
  return enabled === undefined ? channel : switchChannel(deps, actor, channel.id, enabled);
}

function refuseEvents({ key, kind }: ChannelRecord): void {
  if (kind === 'webhook') return;
  throw new AppError(
    'invalid',
    'validation',
    `"${key}" is a ${kind} channel: it is told news, and events are for programs.`,
    'Add a webhook with `tidemark channel add webhook`.',
    {
      errors: [{ pointer: '/events', code: 'webhooks_only', detail: 'Only a webhook takes events.' }],
    },
  );
}

function refuseSettings({ key, kind }: ChannelRecord, wanted: ChannelSettings): void {
  if (kind === 'mixpanel') {
    throw new AppError(
      'invalid',
      'no_settings',
      `"${key}" takes progress back as events and is told no news, so there is nothing to set.`,
      'Switch it with `tidemark connection write-back`.',
    );
  }
  const problems = checkChannelSettings(wanted);
  if (problems.length === 0) return;
  const errors = problems.map(({ code, detail, field }) => ({
    pointer: `/settings/${field}`,
    code,
    detail,
  }));
  const detail = problems.map((problem) => problem.detail).join(' ');
  throw new AppError('invalid', 'validation', detail, problems.map(({ fix }) => fix).join(' '), { errors });
}
