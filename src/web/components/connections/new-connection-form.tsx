import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Guide } from '../../../i18n/web-connections-guides-en.ts';
import { call } from '../../api.ts';
import { wayBack } from '../../connection-condition.ts';
import { type Connection, type Connector, membersQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { CheckField, fieldProblem } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';
import { CheckResult, failedStep } from './check-steps.tsx';
import { CommonFields } from './common-fields.tsx';
import { ConfigFields } from './config-fields.tsx';
import { CopyText } from './copy-text.tsx';
import {
  askedFields,
  clientEmailOf,
  type Draft,
  endpointOf,
  freeKey,
  sentConfig,
  usualInterval,
} from './draft.ts';

type Props = {
  connector: Connector;
  title: string;
  guide: Guide | undefined;
  connections: readonly Connection[];
  back: string | undefined;
};

/** Checked before it is saved, unless somebody says otherwise. */
export function NewConnectionForm({ back, connections, connector, guide, title }: Props) {
  const { t } = useLanguage();
  const router = useRouter();
  const { me, mayAdmin } = useMe();
  const { data: members = [] } = useQuery(membersQuery);
  const [draft, setDraft] = useState<Draft>(() => ({
    title: '',
    key: freeKey(
      connector.id,
      connections.map(({ key }) => key),
    ),
    environment: 'live',
    endpoint: '',
    everyMinutes: usualInterval(connector.id),
    owner: me?.user?.id ?? '',
    config: {},
  }));
  const [unchecked, setUnchecked] = useState(false);
  const [checkedAs, setCheckedAs] = useState<Awaited<ReturnType<typeof ask>> | null>(null);
  const ask = () =>
    call('checkDraft', {
      body: { connectorId: connector.id, config: sentConfig(connector, draft.config), ...endpointOf(draft) },
    });
  const check = useChange(ask, setCheckedAs);
  const save = useChange(
    () => create(connector, draft, title, mayAdmin, me?.user?.id ?? null),
    ({ key }) => {
      say(t('web.connections.saved', { title: draft.title || title }));
      const target = wayBack(back, key);
      if (target === null) void router.navigate({ to: '/connections/$key', params: { key } });
      else router.history.push(target);
    },
  );
  /** What was checked is no longer what stands here. */
  const change = (part: Partial<Draft>, counts = true) => {
    setDraft((before) => ({ ...before, ...part }));
    if (!counts) return;
    setCheckedAs(null);
    check.forget();
    save.forget();
  };
  const { main, seldom } = askedFields(connector, draft.config);
  const setField = (name: string, value: unknown) => change({ config: { ...draft.config, [name]: value } });
  const needsCheck = connector.id !== 'records';
  const maySave = !needsCheck || checkedAs !== null || unchecked;
  const problem = fieldProblem(check.error, '/config') === null ? save.error : check.error;
  const email = clientEmailOf(draft.config['serviceAccountKey']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (maySave) void save.run(undefined);
    else void check.run(undefined);
  };
  const fields = { texts: guide?.fields ?? {}, config: draft.config, onChange: setField, error: problem };
  return (
    <form onSubmit={submit} className="card space-y-4">
      <ConfigFields {...fields} fields={main} />
      {email === null ? null : (
        <div className="rounded-lg bg-calm-soft px-3.5 py-2.5 text-[13px]">
          <p className="mb-1">{t('web.connections.viewer_email')}</p>
          <CopyText text={email} label={t('web.connections.viewer_email_label')} />
        </div>
      )}
      <CommonFields
        connector={connector}
        draft={draft}
        usualTitle={title}
        members={mayAdmin ? members : []}
        connections={connections}
        onChange={change}
        error={problem}
      >
        <ConfigFields {...fields} fields={seldom} />
      </CommonFields>
      {needsCheck ? <CheckResult checked={checkedAs} error={check.error} busy={check.busy} /> : null}
      {needsCheck && checkedAs === null ? (
        <CheckField
          label={t('web.connections.save_unchecked')}
          hint={t('web.connections.save_unchecked_hint')}
          checked={unchecked}
          onChange={setUnchecked}
        />
      ) : null}
      {save.error === null || failedStep(save.error) === 'settings' ? null : (
        <FormProblem error={save.error} />
      )}
      <div className="flex flex-wrap gap-2">
        {needsCheck ? (
          <button
            type={maySave ? 'button' : 'submit'}
            className={`button ${maySave ? '' : 'button-main'}`}
            disabled={check.busy}
            {...(maySave ? { onClick: () => void check.run(undefined) } : {})}
          >
            {t(check.busy ? 'web.connections.checking' : 'web.connections.check')}
          </button>
        ) : null}
        <button
          type={maySave ? 'submit' : 'button'}
          className={`button ${maySave ? 'button-main' : ''}`}
          disabled={!maySave || save.busy}
        >
          {t(save.busy ? 'web.saving' : 'web.connections.save')}
        </button>
      </div>
    </form>
  );
}

async function create(
  connector: Connector,
  draft: Draft,
  title: string,
  mayAdmin: boolean,
  me: string | null,
) {
  const { environment, everyMinutes, key, owner } = draft;
  const made = await call('createConnection', {
    body: {
      key: key.trim(),
      title: draft.title.trim() === '' ? title : draft.title.trim(),
      connectorId: connector.id,
      environment,
      everyMinutes,
      config: sentConfig(connector, draft.config),
      ...endpointOf(draft),
    },
  });
  if (!mayAdmin || owner === '') return made;
  // Whoever makes it may use it already; that somebody hears of its failures is said beside.
  return owner === me && made.owner !== null
    ? made
    : call('setConnectionOwner', { params: { id: made.key }, body: { member: owner } });
}
