import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import type { Lang } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';
import { Logo } from './icons.tsx';

/** Each language by its own name: whoever needs the switch cannot read the other one. */
const languageNames: Record<Lang, string> = { en: 'English', 'zh-CN': '中文' };

export function AppShell() {
  const { t } = useLanguage();
  return (
    <>
      <a href="#content" className="skip-link">
        {t('page.skip_to_content')}
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-13 max-w-[1280px] items-center gap-3 px-4 sm:px-6">
          <Link
            to="/"
            className="flex items-center gap-2.5 rounded-md text-[15px] font-semibold tracking-tight"
          >
            <Logo />
            {t('app.name')}
          </Link>
          <div className="flex-1" />
          <LanguageSwitch />
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-[1280px] px-4 pt-6 pb-20 outline-none sm:px-6"
      >
        <Outlet />
      </main>
    </>
  );
}

function LanguageSwitch() {
  const { lang, setLang, t } = useLanguage();
  const navigate = useNavigate();
  const choose = (next: Lang) => {
    setLang(next);
    // An address that still said `?lang=` would contradict the choice when it is shared.
    if (new URLSearchParams(window.location.search).has('lang'))
      void navigate({ to: '.', search: (search) => ({ ...search, lang: undefined }), replace: true });
  };
  return (
    <fieldset className="flex rounded-lg bg-sunken p-0.5">
      <legend className="sr-only">{t('page.language')}</legend>
      {(['en', 'zh-CN'] as const).map((option) => (
        <button
          key={option}
          type="button"
          lang={option}
          aria-pressed={option === lang}
          onClick={() => choose(option)}
          className="min-h-6 rounded-md px-2.5 py-1 text-[13px] leading-4 text-muted hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-xs"
        >
          {languageNames[option]}
        </button>
      ))}
    </fieldset>
  );
}
