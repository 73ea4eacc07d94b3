import { useState } from 'react';
import { call } from '../../api.ts';
import { useServerNow } from '../../clock.ts';
import type { Checked } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useGuides } from '../../use-guides.ts';
import { agoOf } from '../../words.ts';
import { FormProblem } from '../form.tsx';
import { say } from '../ui/toast.tsx';
import { CheckResult, failedStep } from './check-steps.tsx';
import { type Config, ConfigFields, entered } from './config-fields.tsx';
import { askedFields } from './draft.ts';
import { Part } from './overview.tsx';
import type { SettingsProps } from './settings-tab.tsx';

/** A new key is checked first; until it works, the old one stays. */
export function ReplaceKey({ connection, connector, version }: SettingsProps) {
  const { t } = useLanguage();
  const texts = useGuides()?.[connection.connectorId]?.fields ?? {};
  const [config, setConfig] = useState<Config>({});
  const [round, setRound] = useState(0);
  const [checked, setChecked] = useState<Checked | null>(null);
  const { main, seldom } =
    connector === undefined ? { main: [], seldom: [] } : askedFields(connector, connection.settings);
  const fields = [...main, ...seldom].filter(({ type }) => type === 'secret');
  const sent = entered(fields, config);
  const params = { id: connection.key };
  const replace = useChange(
    () =>
      call('updateConnection', {
        params,
        body: { config: sent },
        ...(version === null ? {} : { ifMatch: version }),
      }),
    () => {
      say(t('web.connections.key_replaced'));
      setConfig({});
      setRound((before) => before + 1); // the fields are made anew, empty
      setChecked(null);
    },
  );
  const check = useChange(
    () => call('checkChange', { params, body: { config: sent } }),
    (answer) => {
      setChecked(answer);
      void replace.run(undefined);
    },
  );
  const change = (name: string, value: unknown) => {
    setConfig((before) => ({ ...before, [name]: value }));
    setChecked(null);
    check.forget();
    replace.forget();
  };
  const busy = check.busy || replace.busy;
  const refused = check.error !== null;
  return (
    <Part title={t('web.connections.replace_key')} id="key">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void check.run(undefined);
        }}
      >
        <KeyAges secrets={connection.secrets} label={(name) => texts[name]?.label ?? name} />
        <p className="text-[14px] text-muted">{t('web.connections.replace_hint')}</p>
        <ConfigFields
          key={round}
          fields={fields}
          texts={texts}
          config={config}
          onChange={change}
          error={check.error}
          optionalSecrets
        />
        <CheckResult checked={checked} error={check.error} busy={check.busy} />
        {refused ? <p className="text-[13px] font-medium">{t('web.connections.old_kept')}</p> : null}
        <FormProblem error={replace.error} />
        <div className="flex flex-wrap gap-2">
          <button
            type="submit"
            className="button button-main"
            disabled={busy || Object.keys(sent).length === 0}
          >
            {t(busy ? 'web.connections.checking' : 'web.connections.check_and_replace')}
          </button>
          {refused && failedStep(check.error) !== 'settings' ? (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void replace.run(undefined)}
            >
              {t('web.connections.replace_unchecked')}
            </button>
          ) : null}
        </div>
      </form>
    </Part>
  );
}

/** Old keys are the ones that somebody has forgotten. */
const OLD_MS = 365 * 86_400_000;

function KeyAges(props: {
  secrets: SettingsProps['connection']['secrets'];
  label: (name: string) => string;
}) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  return (
    <ul className="space-y-1 text-[13px]">
      {Object.entries(props.secrets).map(([name, { allowedHosts, last4, updatedAt }]) => (
        <li key={name} className="break-words">
          {t('web.connections.secret_stored', {
            label: props.label(name),
            last4,
            ago: agoOf(t, updatedAt, now) ?? format.instant(updatedAt),
            hosts: allowedHosts.join(', '),
          })}
          {now.getTime() - Date.parse(updatedAt) > OLD_MS ? (
            <span className="text-warn"> {t('web.connections.secret_old')}</span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
