import { useQuery } from '@tanstack/react-query';
import { type Rule, scopesQuery } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { say } from '../ui/toast.tsx';
import { Badge } from './alert-badges.tsx';
import { repeatText, ruleText, scopeText, sensitivityOf } from './rule-words.ts';
import { useUndo } from './use-alert-actions.ts';

/** One rule in words, and what can be done with it. */
export function RuleLine({ onEdit, onTry, rule }: { rule: Rule; onEdit: () => void; onTry: () => void }) {
  const { t, format } = useLanguage();
  const { mayEdit } = useMe();
  const scopes = useQuery(scopesQuery);
  const undo = useUndo();
  const scope = scopeText(t, rule, scopes.data);
  const params = { id: rule.id };
  const turn = (enabled: boolean) => call('changeAlertRule', { params, body: { enabled } });
  const switching = useChange(
    (enabled: boolean) => turn(enabled),
    ({ enabled }) =>
      say(
        t(enabled ? 'web.rules.is_on' : 'web.rules.is_off', { scope }),
        undo(() => turn(!enabled)),
      ),
  );
  const putAway = useChange(
    () => call('archiveAlertRule', { params }),
    () =>
      say(
        t('web.rules.archived', { scope }),
        undo(() => call('restoreAlertRule', { params })),
      ),
  );
  const named = (action: string) => t('web.rules.action_of', { action, scope });
  const buttons = [
    { word: t('web.rules.edit'), act: onEdit },
    {
      word: t(rule.enabled ? 'web.rules.off' : 'web.rules.on'),
      act: () => void switching.run(!rule.enabled),
    },
    { word: t('web.rules.archive'), act: () => void putAway.run(undefined) },
  ];
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 py-4 sm:px-5">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-2 font-semibold break-words">
          {scope}
          {rule.enabled ? null : <Badge tone="quiet">{t('web.rules.switched_off')}</Badge>}
        </p>
        <p className="mt-1 text-[14px] leading-relaxed">{ruleText(t, format, rule)}</p>
        <p className="text-[13px] text-muted">
          {t('web.rules.also', {
            sensitivity: t(`web.rules.sensitivity.${sensitivityOf(rule)}`),
            repeat: repeatText(t, rule),
          })}
        </p>
        <FormProblem error={switching.error ?? putAway.error} />
      </div>
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          onClick={onTry}
          aria-label={named(t('web.rules.try'))}
          className="button min-h-8"
        >
          {t('web.rules.try')}
        </button>
        {mayEdit
          ? buttons.map(({ act, word }) => (
              <button
                key={word}
                type="button"
                onClick={act}
                disabled={switching.busy || putAway.busy}
                aria-label={named(word)}
                className="button min-h-8"
              >
                {word}
              </button>
            ))
          : null}
      </div>
    </li>
  );
}
