import { noticeText } from '../../../i18n/notice-text.ts';
import { ApiError } from '../../api.ts';
import type { Checked } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { CloseIcon, OpenIcon, TickIcon } from '../icons.tsx';
import { useProblem } from '../notices.tsx';

const STEPS = ['settings', 'reach', 'key', 'answer'] as const;
type Step = (typeof STEPS)[number];

/** Which step of a check it failed at, by the code of the refusal. */
export function failedStep(error: unknown): Step | null {
  if (!(error instanceof ApiError)) return null;
  switch (error.code) {
    case 'validation':
    case 'unknown_connector':
    case 'secret_needed':
      return 'settings';
    case 'blocked_destination':
    case 'source_blocked_destination':
    case 'source_transient':
    case 'source_rate_limited':
      return 'reach';
    case 'source_auth':
      return 'key';
    default:
      return error.code.startsWith('source_') ? 'answer' : null;
  }
}

type Props = { checked: Checked | null; error: unknown; busy: boolean };

/** What a check came to, step by step: what was good, which one failed and what to do. */
export function CheckResult({ busy, checked, error }: Props) {
  const { t } = useLanguage();
  if (!busy && checked === null && error === null) return <div aria-live="polite" />;
  const failed = failedStep(error);
  const at = failed === null ? -1 : STEPS.indexOf(failed);
  const known = checked !== null || failed !== null;
  return (
    <div aria-live="polite" className="rounded-lg border border-line bg-sunken px-3.5 py-2.5 text-[13px]">
      {busy ? <p className="text-muted">{t('web.connections.checking')}</p> : null}
      {known && !busy ? (
        <ol className="flex flex-wrap gap-x-5 gap-y-1">
          {STEPS.map((step, index) => (
            <StepLine
              key={step}
              step={step}
              state={checked !== null || index < at ? 'good' : index === at ? 'failed' : 'open'}
            />
          ))}
        </ol>
      ) : null}
      {error === null || busy ? null : <CheckProblem error={error} failed={failed} />}
      {checked === null || busy ? null : <CheckFacts checked={checked} />}
    </div>
  );
}

const stepTones = { good: 'text-good', failed: 'font-medium text-bad', open: 'text-muted' } as const;

function StepLine({ state, step }: { step: Step; state: keyof typeof stepTones }) {
  const { t } = useLanguage();
  return (
    <li className={`inline-flex items-center gap-1.5 ${stepTones[state]}`}>
      {state === 'good' ? <TickIcon /> : state === 'failed' ? <CloseIcon /> : <OpenIcon />}
      {t(`web.connections.step.${step}`)}
      <span className="sr-only">{t(`web.connections.step_state.${state}`)}</span>
    </li>
  );
}

/** The server's sentence is English; what to do is said in the reader's language before it. */
function CheckProblem({ error, failed }: { error: unknown; failed: Step | null }) {
  const { t } = useLanguage();
  const { detail, fix } = useProblem(error);
  // What is said of a field stands beside it.
  if (
    failed === 'settings' &&
    error instanceof ApiError &&
    error.errors.some(({ pointer }) => pointer !== '/config')
  )
    return (
      <p role="alert" className="mt-2 font-medium">
        {t('web.connections.step_fix.settings')}
      </p>
    );
  return (
    <div role="alert" className="mt-2 space-y-0.5 leading-relaxed break-words">
      {failed === null ? null : <p className="font-medium">{t(`web.connections.step_fix.${failed}`)}</p>}
      <p
        lang={failed === null ? undefined : 'en'}
        className={failed === null ? 'font-medium text-bad' : 'text-muted'}
      >
        {detail}
      </p>
      {fix === '' || detail.includes(fix) ? null : (
        <p lang={failed === null ? undefined : 'en'} className="text-muted">
          {fix}
        </p>
      )}
    </div>
  );
}

function CheckFacts({ checked }: { checked: Checked }) {
  const { t } = useLanguage();
  const { account, currency, livemode, notices, timeZone, warnings } = checked;
  const facts = [
    timeZone === null ? null : t('web.connections.zone_is', { zone: timeZone }),
    currency === null ? null : t('web.connections.currency_is', { currency }),
    livemode === false ? t('label.test_mode') : null,
  ].filter((fact) => fact !== null);
  return (
    <div className="mt-2 space-y-0.5 leading-relaxed break-words">
      <p className="font-medium">{t('web.connections.check_good', { account })}</p>
      {facts.length === 0 ? null : <p className="text-muted">{facts.join(' · ')}</p>}
      {notices.map((notice) => (
        <p key={notice.code} className="text-warn">
          {noticeText(t, notice)}
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} lang="en" className="text-warn">
          {warning}
        </p>
      ))}
    </div>
  );
}
