import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api.ts';
import { isBrought } from '../../connection-condition.ts';
import { type Connection, type Connector, membersQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { Fact, Facts } from '../evidence-parts.tsx';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';
import { OwnerName } from './connection-bits.tsx';
import { CopyText } from './copy-text.tsx';
import { INTERVALS } from './draft.ts';
import { Part } from './overview.tsx';
import { ReplaceKey } from './replace-key.tsx';
import { SettingsForm } from './settings-form.tsx';
import { everyText } from './time-until.ts';

export type SettingsProps = {
  connection: Connection;
  version: string | null;
  connector: Connector | undefined;
  /** May change it: by role, or as its owner. */
  mayChange: boolean;
};

export function SettingsTab(props: SettingsProps) {
  const { t } = useLanguage();
  const { connection, connector, mayChange } = props;
  const { mayAdmin, mayEdit } = useMe();
  if (!mayChange)
    return (
      <>
        <p className="mb-4 rounded-lg bg-quiet-soft px-3.5 py-2.5 text-[14px]">
          {t('web.connections.viewer')}
        </p>
        <ReadOnly {...props} />
      </>
    );
  const secrets = connector === undefined ? [] : connector.secretFields;
  return (
    <div className="max-w-3xl">
      <General {...props} />
      {secrets.length === 0 ? null : <ReplaceKey {...props} />}
      {connector === undefined || isBrought(connection) ? null : (
        <SettingsForm {...props} connector={connector} />
      )}
      {connection.webhook === undefined ? null : <Webhook connection={connection} />}
      {mayAdmin ? <Owner connection={connection} /> : null}
      {mayEdit ? <PutAway connection={connection} /> : null}
    </div>
  );
}

/** What anybody may know of the settings; of a secret only that it is there, how old, and where it may go. */
function ReadOnly({ connection }: SettingsProps) {
  const { t, format } = useLanguage();
  const { data: members } = useQuery(membersQuery);
  return (
    <Part title={t('page.settings')}>
      <Facts>
        <Fact word={t('column.owner')}>
          <OwnerName owner={connection.owner} members={members} />
        </Fact>
        {connection.schedule === null ? null : (
          <Fact word={t('web.connections.schedule')}>{everyText(t, connection.schedule.everyMinutes)}</Fact>
        )}
        {Object.entries(connection.settings).map(([name, value]) => (
          <Fact key={name} word={name}>
            {String(value)}
          </Fact>
        ))}
        {Object.entries(connection.secrets).map(([name, { updatedAt }]) => (
          <Fact key={name} word={name}>
            {t('web.connections.secret_of', { day: format.instant(updatedAt) })}
          </Fact>
        ))}
      </Facts>
    </Part>
  );
}

function General({ connection, version }: SettingsProps) {
  const { t } = useLanguage();
  const [title, setTitle] = useState(connection.title);
  const [every, setEvery] = useState(String(connection.schedule?.everyMinutes ?? 60));
  const brought = isBrought(connection);
  const save = useChange(
    () =>
      call('updateConnection', {
        params: { id: connection.key },
        body: { title: title.trim(), ...(brought ? {} : { everyMinutes: Number(every) }) },
        ...(version === null ? {} : { ifMatch: version }),
      }),
    () => say(t('web.connections.changed')),
  );
  const pause = useChange((paused: boolean) =>
    call('updateConnection', { params: { id: connection.key }, body: { paused } }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run(undefined);
  };
  const minutes = [...new Set([...INTERVALS, Number(every)])].toSorted((a, b) => a - b);
  const paused = connection.state === 'paused';
  return (
    <Part title={t('web.connections.general')} id="schedule">
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t('web.connections.title')}
          problem={fieldProblem(save.error, '/title')}
          value={title}
          required
          onChange={setTitle}
        />
        {brought ? null : (
          <SelectField
            label={t('web.connections.schedule')}
            hint={t('web.connections.schedule_hint')}
            value={every}
            choices={minutes.map((value) => ({ value: String(value), label: everyText(t, value) }))}
            onChange={setEvery}
          />
        )}
        <FormProblem error={save.error ?? pause.error} />
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="button button-main" disabled={save.busy}>
            {t(save.busy ? 'web.saving' : 'web.save')}
          </button>
          {brought ? null : (
            <button
              type="button"
              className="button"
              disabled={pause.busy}
              onClick={() => void pause.run(!paused)}
            >
              {t(paused ? 'web.connections.resume' : 'web.connections.pause')}
            </button>
          )}
        </div>
      </form>
    </Part>
  );
}

function Owner({ connection }: { connection: Connection }) {
  const { t } = useLanguage();
  const { data: members } = useQuery(membersQuery);
  const change = useChange(
    (member: string) =>
      call('setConnectionOwner', {
        params: { id: connection.key },
        body: { member: member === '' ? null : member },
      }),
    () => say(t('web.connections.changed')),
  );
  const present = members?.find(({ name }) => name === connection.owner)?.id ?? '';
  return (
    <Part title={t('column.owner')}>
      <SelectField
        label={t('web.connections.owner_now')}
        hint={t('web.connections.owner_hint')}
        value={present}
        none={
          connection.owner !== null && present === '' && members !== undefined
            ? t('web.connections.owner_gone', { owner: connection.owner })
            : t('page.no_owner')
        }
        choices={(members ?? []).map(({ email, id, name }) => ({ value: id, label: `${name} (${email})` }))}
        disabled={change.busy || members === undefined}
        onChange={(member) => void change.run(member)}
      />
      <FormProblem error={change.error} />
    </Part>
  );
}

/** Optional: with it, changes at the provider are read sooner. */
function Webhook({ connection }: { connection: Connection }) {
  const { t, format } = useLanguage();
  const { webhook } = connection;
  if (webhook === undefined) return null;
  const set = connection.secrets[webhook.secretField]?.set === true;
  return (
    <Part title={t('web.connections.webhook')}>
      <p className="mb-2 text-[14px]">{t('webhook.enter')}</p>
      <CopyText text={webhook.url} label={t('web.connections.webhook')} />
      <div className="mt-3">
        <Facts>
          <Fact word={webhook.secretField}>{t(set ? 'webhook.set' : 'webhook.unset')}</Fact>
          <Fact word={t('webhook.last')}>
            {webhook.lastEventAt === null ? t('webhook.none_yet') : format.instant(webhook.lastEventAt)}
          </Fact>
        </Facts>
      </div>
    </Part>
  );
}

function PutAway({ connection }: { connection: Connection }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const restore = useChange(() => call('restoreConnection', { params: { id: connection.id } }));
  const archive = useChange(
    () => call('archiveConnection', { params: { id: connection.id } }),
    () => {
      say(t('web.connections.archived', { title: connection.title }), () => void restore.run(undefined));
      void navigate({ to: '/connections' });
    },
  );
  return (
    <Part title={t('web.connections.archive_title')}>
      <p className="mb-3 text-[14px] text-muted">{t('web.connections.archive_hint')}</p>
      <button
        type="button"
        className="button button-danger"
        disabled={archive.busy}
        onClick={() => void archive.run(undefined)}
      >
        {t('web.connections.archive')}
      </button>
      <FormProblem error={archive.error} />
    </Part>
  );
}
