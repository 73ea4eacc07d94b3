import { useQuery } from '@tanstack/react-query';
import { rulesQuery, scopesQuery } from '../alerts-queries.ts';
import { AlertTabs } from '../components/alerts/alert-tabs.tsx';
import { RuleForm } from '../components/alerts/rule-form.tsx';
import { RuleLine } from '../components/alerts/rule-line.tsx';
import { RuleTrialPanel } from '../components/alerts/rule-trial.tsx';
import { draftOf, ruleText, scopeText } from '../components/alerts/rule-words.ts';
import { Dialog } from '../components/ui/dialog.tsx';
import { Asked, EmptyState, PageHead } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { useWords } from '../use-words.ts';

/** When somebody is told that a Key Result is off track. */
export function AlertRulesPage() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { words, put } = useWords();
  const query = useQuery(rulesQuery);
  const make = mayEdit ? (
    <button type="button" onClick={() => put({ edit: 'new' }, true)} className="button button-main">
      {t('web.rules.new')}
    </button>
  ) : undefined;
  const edited = query.data?.find(({ id }) => id === words['edit']) ?? null;
  return (
    <>
      <PageHead title={t('web.rules.title')} actions={make}>
        <p>{t('web.rules.intro')}</p>
      </PageHead>
      <AlertTabs />
      <Asked query={query}>
        {(rules) =>
          rules.length === 0 ? (
            <EmptyState title={t('web.rules.none')} action={make}>
              <p>{t('web.rules.none_hint')}</p>
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
              {rules.map((rule) => (
                <RuleLine
                  key={rule.id}
                  rule={rule}
                  onEdit={() => put({ edit: rule.id }, true)}
                  onTry={() => put({ try: rule.id }, true)}
                />
              ))}
            </ul>
          )
        }
      </Asked>
      <p className="mt-4 max-w-2xl text-[13px] leading-relaxed text-muted">{t('web.rules.others')}</p>
      <Dialog
        open={mayEdit && (words['edit'] === 'new' || edited !== null)}
        onClose={() => put({ edit: undefined })}
        title={t(edited === null ? 'web.rules.new' : 'web.rules.edit_title')}
        shape="drawer"
      >
        <RuleForm rule={edited} onClose={() => put({ edit: undefined })} />
      </Dialog>
      <TrialDrawer />
    </>
  );
}

function TrialDrawer() {
  const { t, format } = useLanguage();
  const { words, put } = useWords();
  const { data: rules } = useQuery(rulesQuery);
  const { data: names } = useQuery(scopesQuery);
  const rule = rules?.find(({ id }) => id === words['try']) ?? null;
  return (
    <Dialog
      open={rule !== null}
      onClose={() => put({ try: undefined })}
      title={rule === null ? '' : scopeText(t, rule, names)}
      shape="drawer"
    >
      {rule === null ? null : (
        <>
          <p className="mb-4 leading-relaxed">{ruleText(t, format, rule)}</p>
          <RuleTrialPanel draft={draftOf(rule)} />
        </>
      )}
    </Dialog>
  );
}
