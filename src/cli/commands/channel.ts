import type { ChannelView } from '../../api/contracts/alerting.ts';
import { alertWordsOf } from '../alert-words.ts';
import { eventsOf } from '../channel-events.ts';
import { type SettingsFlags, settingsAsFlags, settingsFromFlags } from '../channel-settings.ts';
import { usageError } from '../cli-error.ts';
import { type Context, hint, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantText } from '../render/format.ts';
import { lookOf, showCreated, showFields, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

/** `tidemark channel list`. */
export async function channelListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const alertWords = alertWordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listChannels'),
      [
        { title: words.channel, priority: 9 },
        { title: words.kind, priority: 8 },
        { title: words.title, priority: 3, minWidth: 10 },
        { title: words.address, priority: 5, minWidth: 20 },
        { title: alertWords.days, priority: 2 },
        { title: alertWords.quiet, priority: 4 },
        { title: alertWords.digest, priority: 6 },
        { title: alertWords.owners, priority: 1, minWidth: 8 },
        { title: words.state, priority: 7, minWidth: 10 },
      ],
      (channel) => {
        const settings = channel.settings === null ? null : settingsAsFlags(channel.settings);
        return [
          channel.key,
          channel.kind,
          channel.title,
          channel.address,
          settings?.days ?? '',
          settings?.quietHours ?? '',
          settings?.digest ?? '',
          settings?.owners ?? '',
          stateOf(channel, words.active),
        ];
      },
    );
    return exitCodes.done;
  });
}

function stateOf(channel: ChannelView, active: string): string {
  return channel.enabled ? active : (channel.disabledReason ?? 'off');
}

/** `tidemark channel show KEY`: when and of what it hears, as `channel set` takes it. */
export async function channelShowCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const channel = await client.call('getChannel', { params: { id: key } });
    if (context.settings.json) printJson(context, channel);
    else showChannel(context, channel);
    return exitCodes.done;
  });
}

/** `tidemark channel set KEY --quiet-hours 20:00-07:00 …`. */
export async function channelSetCommand(
  context: Context,
  key: string,
  flags: SettingsFlags & { events?: string },
): Promise<number> {
  const settings = settingsFromFlags(flags);
  const events = flags.events === undefined ? {} : { events: eventsOf(flags.events) };
  const body = { ...(Object.keys(settings).length === 0 ? {} : { settings }), ...events };
  if (Object.keys(body).length === 0) {
    throw usageError('Nothing would change', 'Name what to set, such as --quiet-hours 20:00-07:00.');
  }
  return withSession(context, async ({ client }) => {
    const channel = await client.call('changeChannel', { params: { id: key }, body });
    showCreated(context, channel, alertWordsOf(context.settings.lang).channelChanged(channel.key));
    if (!context.settings.json) showChannel(context, channel);
    return exitCodes.done;
  });
}

function showChannel(context: Context, channel: ChannelView): void {
  const words = wordsOf(context.settings.lang);
  const alertWords = alertWordsOf(context.settings.lang);
  print(context, `${channel.title}  ${channel.key}`);
  const settings = channel.settings === null ? null : settingsAsFlags(channel.settings);
  showFields(context, [
    [words.kind, channel.kind],
    [words.address, channel.address],
    [words.state, stateOf(channel, words.active)],
    [alertWords.events, channel.events.length === 0 ? null : channel.events.join(',')],
    ...(settings === null
      ? []
      : ([
          [words.timeZone, settings.zone],
          [alertWords.quiet, settings.quietHours],
          [alertWords.days, settings.days],
          [alertWords.digest, settings.digest],
          [alertWords.warnings, settings.warnings],
          [alertWords.hears, settings.topics],
          [alertWords.owners, settings.owners],
          [alertWords.perDay, settings.perDay],
          [alertWords.wait, settings.wait],
          [alertWords.interval, settings.interval],
        ] as const)),
  ]);
  if (settings === null) hint(context, alertWords.noSettings(channel.key));
}

/** `tidemark channel on|off KEY`. */
export async function channelSwitchCommand(context: Context, key: string, enabled: boolean): Promise<number> {
  return withSession(context, async ({ client }) => {
    const channel = await client.call('changeChannel', { params: { id: key }, body: { enabled } });
    showCreated(context, channel, `The channel ${channel.key} is ${enabled ? 'on' : 'off'}.`);
    return exitCodes.done;
  });
}

/** `tidemark channel rotate-secret KEY`: a new secret to sign with; for a day both sign. */
export async function channelRotateSecretCommand(context: Context, key: string): Promise<number> {
  const words = alertWordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    const answer = await client.call('rotateChannelSecret', { params: { id: key } });
    if (context.settings.json) printJson(context, answer);
    else {
      print(context, words.newSecret(answer.signingSecret));
      hint(context, words.bothSign(instantText(answer.previousValidUntil, lookOf(context))));
    }
    return exitCodes.done;
  });
}

/** `tidemark channel test KEY`: sends one marked test message. */
export async function channelTestCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('testChannel', { params: { id: key } });
    if (context.settings.json) printJson(context, answer);
    else print(context, `Test message ${answer.deliveryId} to ${answer.channelKey}: ${answer.status}`);
    if (answer.lastError !== null) hint(context, answer.lastError);
    return answer.status === 'dead' ? exitCodes.failed : exitCodes.done;
  });
}

/** `tidemark digest preview CHANNEL`: what its digest would say now; nothing is stored or sent. */
export async function digestPreviewCommand(context: Context, key: string): Promise<number> {
  const { json, lang } = context.settings;
  return withSession(context, async ({ client }) => {
    const answer = await client.call('previewDigest', { params: { id: key }, body: { lang } });
    if (json) printJson(context, answer);
    else print(context, answer.text ?? alertWordsOf(lang).nothingToSay(answer.channelKey));
    return exitCodes.done;
  });
}
