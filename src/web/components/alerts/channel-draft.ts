import type { Body } from '../../../api/client-types.ts';

export type NewKind = 'slack' | 'email' | 'webhook';
export const newKinds: readonly NewKind[] = ['slack', 'email', 'webhook'];

/** What is typed for a new channel, of whatever kind: going back and forth between kinds forgets nothing. */
export type ChannelDraft = {
  key: string;
  title: string;
  lang: 'en' | 'zh-CN';
  /** Of a webhook, or of an incoming webhook of Slack. */
  url: string;
  slackBy: 'webhook' | 'bot';
  channelId: string;
  token: string;
  /** With commas between them. */
  to: string;
  from: string;
  smtp: string;
  user: string;
  password: string;
};

export const usualChannel: ChannelDraft = {
  key: '',
  title: '',
  lang: 'en',
  url: '',
  slackBy: 'webhook',
  channelId: '',
  token: '',
  to: '',
  from: '',
  smtp: '',
  user: '',
  password: '',
};

/** As the API takes it: what belongs to another kind, and what was left empty, is not sent. */
export function bodyOf(kind: NewKind, draft: ChannelDraft): Body<'createChannel'> {
  const { key, lang, title, url } = draft;
  const named = { key: key.trim(), title: title.trim() };
  switch (kind) {
    case 'webhook':
      return { ...named, kind, url: url.trim() };
    case 'slack':
      return draft.slackBy === 'webhook'
        ? { ...named, kind, url: url.trim(), config: { lang } }
        : {
            ...named,
            kind,
            config: { channelId: draft.channelId.trim(), lang },
            secrets: { token: draft.token.trim() },
          };
    case 'email':
      return {
        ...named,
        kind,
        config: {
          to: listOf(draft.to),
          from: draft.from.trim(),
          smtp: draft.smtp.trim(),
          lang,
          ...(draft.user.trim() === '' ? {} : { user: draft.user.trim() }),
        },
        secrets: draft.password === '' ? {} : { password: draft.password },
      };
  }
}

/** What stands between commas, in either script, without what is empty. */
export function listOf(text: string): string[] {
  return text
    .split(/[,，;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
