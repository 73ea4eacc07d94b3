import { type FormEvent, useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';
import { bodyOf, type ChannelDraft, type NewKind, newKinds, usualChannel } from './channel-draft.ts';
import { Choices } from './choices.tsx';
import { SigningSecret } from './signing-secret.tsx';
import { TestButton } from './test-button.tsx';

type Made = Answer<'createChannel'>;

/** A channel of one of the kinds, with what has to be done on the other side; once it is there it can be tested. */
export function AddChannel(props: { kind: NewKind; onKind: (kind: NewKind) => void; onClose: () => void }) {
  const { t } = useLanguage();
  const { kind } = props;
  const [made, setMade] = useState<Made | null>(null);
  const [draft, setDraft] = useState<ChannelDraft>(usualChannel);
  const set = (change: Partial<ChannelDraft>) => setDraft((old) => ({ ...old, ...change }));
  const save = useChange(
    () => call('createChannel', { body: bodyOf(kind, draft) }),
    (channel) => {
      say(t('web.channels.made', { title: channel.title }));
      setMade(channel);
    },
  );
  if (made !== null) return <AfterMaking made={made} onClose={props.onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run(undefined);
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Choices
        label={t('web.channels.kind')}
        value={kind}
        onChange={props.onKind}
        choices={newKinds.map((value) => ({ value, label: t(`web.channels.kind.${value}`) }))}
      />
      <div className="rounded-lg bg-sunken px-4 py-3 text-[14px] leading-relaxed whitespace-pre-line">
        {t(
          kind === 'slack' && draft.slackBy === 'bot'
            ? 'web.channels.guide.slack_bot'
            : `web.channels.guide.${kind}`,
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('web.channels.title_field')}
          value={draft.title}
          onChange={(title) => set({ title })}
          required
          placeholder={t('web.channels.title_example')}
          problem={fieldProblem(save.error, '/title')}
        />
        <TextField
          label={t('web.channels.key')}
          value={draft.key}
          onChange={(key) => set({ key })}
          mono
          required
          placeholder="team-alerts"
          hint={t('web.channels.key_hint')}
          problem={fieldProblem(save.error, '/key')}
        />
      </div>
      <KindFields kind={kind} draft={draft} set={set} error={save.error} />
      <FormProblem error={save.error} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={save.busy} className="button button-main">
          {t(save.busy ? 'web.saving' : 'web.channels.add')}
        </button>
        <button type="button" onClick={props.onClose} className="button">
          {t('web.cancel')}
        </button>
      </div>
    </form>
  );
}

type FieldsProps = {
  kind: NewKind;
  draft: ChannelDraft;
  set: (change: Partial<ChannelDraft>) => void;
  error: unknown;
};

function KindFields({ draft, error, kind, set }: FieldsProps) {
  const { t } = useLanguage();
  if (kind === 'webhook')
    return (
      <TextField
        label={t('web.channels.url')}
        type="url"
        mono
        required
        value={draft.url}
        onChange={(url) => set({ url })}
        placeholder="https://example.com/hooks/okr"
        problem={fieldProblem(error, '/url')}
      />
    );
  return (
    <>
      {kind === 'slack' ? (
        <SlackFields kind={kind} draft={draft} set={set} error={error} />
      ) : (
        <EmailFields kind={kind} draft={draft} set={set} error={error} />
      )}
      <SelectField
        label={t('web.channels.language')}
        value={draft.lang}
        onChange={(lang) => set({ lang: lang === 'zh-CN' ? 'zh-CN' : 'en' })}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '中文' },
        ]}
      />
    </>
  );
}

function SlackFields({ draft, error, set }: FieldsProps) {
  const { t } = useLanguage();
  return (
    <>
      <Choices
        label={t('web.channels.slack_by')}
        value={draft.slackBy}
        onChange={(slackBy) => set({ slackBy })}
        choices={[
          { value: 'webhook', label: t('web.channels.slack_by.webhook') },
          { value: 'bot', label: t('web.channels.slack_by.bot') },
        ]}
      />
      {draft.slackBy === 'webhook' ? (
        <TextField
          label={t('web.channels.slack_url')}
          type="password"
          autoComplete="off"
          mono
          required
          value={draft.url}
          onChange={(url) => set({ url })}
          placeholder="https://hooks.slack.com/services/…"
          hint={t('web.channels.write_only')}
          problem={fieldProblem(error, '/url')}
        />
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('web.channels.slack_channel')}
            mono
            required
            value={draft.channelId}
            onChange={(channelId) => set({ channelId })}
            placeholder="C0123456789"
            problem={fieldProblem(error, '/config')}
          />
          <TextField
            label={t('web.channels.slack_token')}
            type="password"
            autoComplete="off"
            mono
            required
            value={draft.token}
            onChange={(token) => set({ token })}
            placeholder="xoxb-…"
            hint={t('web.channels.write_only')}
            problem={fieldProblem(error, '/secrets')}
          />
        </div>
      )}
    </>
  );
}

function EmailFields({ draft, error, set }: FieldsProps) {
  const { t } = useLanguage();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={t('web.channels.to')}
        required
        value={draft.to}
        onChange={(to) => set({ to })}
        placeholder="team@example.com, lead@example.com"
        hint={t('web.channels.to_hint')}
        problem={fieldProblem(error, '/config/to')}
      />
      <TextField
        label={t('web.channels.from')}
        type="email"
        required
        value={draft.from}
        onChange={(from) => set({ from })}
        placeholder="okr@example.com"
        problem={fieldProblem(error, '/config/from')}
      />
      <TextField
        label={t('web.channels.smtp')}
        mono
        required
        value={draft.smtp}
        onChange={(smtp) => set({ smtp })}
        placeholder="smtp://mail.example.com:587"
        hint={t('web.channels.smtp_hint')}
        problem={fieldProblem(error, '/config/smtp')}
      />
      <TextField
        label={t('web.channels.user')}
        value={draft.user}
        onChange={(user) => set({ user })}
        autoComplete="off"
        hint={t('web.channels.user_hint')}
        problem={fieldProblem(error, '/config/user')}
      />
      <TextField
        label={t('web.channels.password')}
        type="password"
        autoComplete="new-password"
        value={draft.password}
        onChange={(password) => set({ password })}
        hint={t('web.channels.write_only')}
        problem={fieldProblem(error, '/secrets/password')}
      />
    </div>
  );
}

function AfterMaking({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <div className="space-y-4">
      <p className="leading-relaxed">{t('web.channels.made_next', { title: made.title })}</p>
      {made.signingSecret === null ? null : (
        <SigningSecret secret={made.signingSecret} note={t('web.channels.secret_once')} />
      )}
      <TestButton channel={made} />
      <button type="button" onClick={onClose} className="button button-main">
        {t('web.channels.done')}
      </button>
    </div>
  );
}
