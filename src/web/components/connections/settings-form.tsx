import { useState } from 'react';
import { call } from '../../api.ts';
import type { Checked, Connector } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useGuides } from '../../use-guides.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';
import { CheckResult } from './check-steps.tsx';
import { type Config, ConfigFields, entered } from './config-fields.tsx';
import { askedFields } from './draft.ts';
import { Part } from './overview.tsx';
import type { SettingsProps } from './settings-tab.tsx';

/** What was entered beside the secrets: which project, property or region. */
export function SettingsForm({ connection, connector, version }: SettingsProps & { connector: Connector }) {
  const { t } = useLanguage();
  const texts = useGuides()?.[connection.connectorId]?.fields ?? {};
  const [changed, setChanged] = useState<Config>({});
  const [checked, setChecked] = useState<Checked | null>(null);
  const config = { ...connection.settings, ...changed };
  const { main, seldom } = askedFields(connector, config);
  const fields = [...main, ...seldom].filter(({ type }) => type !== 'secret');
  const params = { id: connection.key };
  const sent = entered(fields, changed);
  const check = useChange(() => call('checkChange', { params, body: { config: sent } }), setChecked);
  const save = useChange(
    () =>
      call('updateConnection', {
        params,
        body: { config: sent },
        ...(version === null ? {} : { ifMatch: version }),
      }),
    () => {
      say(t('web.connections.changed'));
      setChanged({});
      setChecked(null);
    },
  );
  if (fields.length === 0) return null;
  const nothing = Object.keys(sent).length === 0;
  const problem = check.error ?? save.error;
  return (
    <Part title={t('web.connections.provider_settings')} id="settings">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run(undefined);
        }}
      >
        <ConfigFields
          fields={fields}
          texts={texts}
          config={config}
          error={problem}
          onChange={(name, value) => {
            setChanged((before) => ({ ...before, [name]: value }));
            setChecked(null);
            check.forget();
            save.forget();
          }}
        />
        <CheckResult checked={checked} error={check.error} busy={check.busy} />
        {fieldProblem(save.error, '/config') === null ? <FormProblem error={save.error} /> : null}
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className="button"
            disabled={nothing || check.busy}
            onClick={() => void check.run(undefined)}
          >
            {t(check.busy ? 'web.connections.checking' : 'web.connections.check')}
          </button>
          <button type="submit" className="button button-main" disabled={nothing || save.busy}>
            {t(save.busy ? 'web.saving' : 'web.save')}
          </button>
        </div>
      </form>
    </Part>
  );
}
