import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../language.tsx';
import { Command } from '../notices.tsx';

/** Where numbers come from: an account of one's own, a file, or the sandbox company. */
export function WelcomeSource() {
  const { t } = useLanguage();
  return (
    <>
      <p className="max-w-xl leading-relaxed text-muted">{t('web.welcome.source_text')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Link to="/connections/new" search={{ return: '/welcome' }} className="button button-main">
          {t('web.palette.connect')}
        </Link>
        <Link to="/new" className="button">
          {t('web.welcome.without_source')}
        </Link>
      </div>
      <details className="mt-4 max-w-xl text-[13px]">
        <summary className="cursor-pointer text-muted">{t('web.welcome.sandbox')}</summary>
        <p className="mt-2 leading-relaxed text-muted">{t('web.welcome.sandbox_text')}</p>
        <Command text="npx tidemark sandbox run --port 4510" />
        <Command text="TIDEMARK_EGRESS_ALLOW=127.0.0.1:4510 npm start" />
        <p className="mt-3 leading-relaxed text-muted">{t('web.welcome.sandbox_key')}</p>
      </details>
    </>
  );
}
