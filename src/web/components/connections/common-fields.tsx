import type { ReactNode } from 'react';
import type { Connection, Connector, Member } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { type Draft, hasEngines, INTERVALS } from './draft.ts';
import { everyText } from './time-until.ts';

type Props = {
  connector: Connector;
  draft: Draft;
  usualTitle: string;
  members: readonly Member[];
  connections: readonly Connection[];
  /** `counts`: what was checked before no longer holds. */
  onChange: (part: Partial<Draft>, counts?: boolean) => void;
  error: unknown;
  children: ReactNode;
};

/** What every connection has beside its settings. */
export function CommonFields(props: Props) {
  const { t } = useLanguage();
  const { children, connections, connector, draft, error, members, onChange, usualTitle } = props;
  const brought = connector.id === 'records';
  // On the demo its other connections know where the sandbox is.
  const sandbox =
    connections.find((each) => each.environment === 'sandbox' && each.endpoint !== null)?.endpoint ?? '';
  const environment = (chosen: string) =>
    onChange({
      environment: chosen as Draft['environment'], // one of the choices below
      ...(chosen === 'sandbox' && draft.endpoint === '' ? { endpoint: sandbox } : {}),
      ...(chosen !== 'sandbox' && draft.endpoint === sandbox ? { endpoint: '' } : {}),
    });
  const asksAddress =
    hasEngines(connector.id) || connector.needsEndpoint === true || draft.environment === 'sandbox';
  const address = (
    <TextField
      label={t('web.connections.endpoint')}
      hint={t('web.connections.endpoint_hint')}
      problem={fieldProblem(error, '/endpoint')}
      required={connector.needsEndpoint === true}
      value={draft.endpoint}
      autoComplete="off"
      mono
      onChange={(endpoint) => onChange({ endpoint })}
    />
  );
  return (
    <>
      <TextField
        label={t('web.connections.title')}
        hint={t('web.connections.title_hint')}
        placeholder={usualTitle}
        value={draft.title}
        onChange={(title) => onChange({ title }, false)}
      />
      {asksAddress ? address : null}
      <details className="run">
        <summary>{t('web.connections.more_settings')}</summary>
        <div className="space-y-4 border-t border-line p-4">
          {children}
          <SelectField
            label={t('web.connections.environment')}
            hint={t('web.connections.environment_hint')}
            value={draft.environment}
            choices={(['live', 'test', 'sandbox'] as const).map((value) => ({
              value,
              label: t(`web.connections.environment.${value}`),
            }))}
            onChange={environment}
          />
          {asksAddress || brought ? null : address}
          {brought ? null : (
            <SelectField
              label={t('web.connections.schedule')}
              value={String(draft.everyMinutes)}
              choices={INTERVALS.map((minutes) => ({ value: String(minutes), label: everyText(t, minutes) }))}
              onChange={(minutes) => onChange({ everyMinutes: Number(minutes) }, false)}
            />
          )}
          {members.length === 0 ? null : (
            <SelectField
              label={t('column.owner')}
              hint={t('web.connections.owner_hint')}
              none={t('page.no_owner')}
              value={draft.owner}
              choices={members.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(owner) => onChange({ owner }, false)}
            />
          )}
          <TextField
            label={t('web.connections.key')}
            hint={t('web.connections.key_hint')}
            problem={fieldProblem(error, '/key')}
            value={draft.key}
            mono
            required
            onChange={(key) => onChange({ key }, false)}
          />
        </div>
      </details>
    </>
  );
}
