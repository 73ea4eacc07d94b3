import { Link } from '@tanstack/react-router';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import { overrideLine } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { CheckIns } from './check-ins.tsx';
import { Initiatives } from './initiatives.tsx';
import { Steps } from './steps.tsx';

/** Work attached to the Key Result, and what it has alerted about. Nothing to tell draws nothing. */
export function KeyResultExtras({ detail }: { detail: KeyResultDetail }) {
  return (
    <div className="mb-5 grid gap-5 empty:hidden lg:grid-cols-2 lg:*:only:col-span-2">
      <Steps detail={detail} />
      <CheckIns detail={detail} />
      {detail.overrides.length === 0 ? null : <Overrides detail={detail} />}
      <Initiatives detail={detail} />
      {detail.alerts.length === 0 ? null : <Alerts detail={detail} />}
    </div>
  );
}

function Alerts({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  return (
    <section className="card mb-0">
      <h2 className="mb-2 font-semibold">{t('page.alerts')}</h2>
      <ul className="space-y-1.5">
        {detail.alerts.map((alert) => (
          <li key={alert.id} className="flex flex-wrap justify-between gap-x-4">
            <Link to="/alerts/$id" params={{ id: alert.id }} className="link min-h-6">
              {kindWord(t, alert.kind)} · {t(`alert.${alert.state}`)}
            </Link>
            <span className="text-[13px] text-muted tabular-nums">
              {t('web.since', { at: format.instant(alert.since) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every value that an owner put in the place of the source's, with its reason; newest first. */
function Overrides({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  return (
    <section className="card mb-0">
      <h2 className="mb-2 font-semibold">{t('override.title')}</h2>
      <ul className="space-y-1.5 text-[13px] leading-relaxed">
        {detail.overrides.map((override) => (
          <li key={override.id} className="break-words">
            {overrideLine(t, format, override, detail)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A kind that a newer server invented is shown by its code. */
function kindWord(t: Translate, kind: string): string {
  return kind === 'off_track' ? t('alert.kind.off_track') : kind;
}
