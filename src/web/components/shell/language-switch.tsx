import { useNavigate } from '@tanstack/react-router';
import type { Lang } from '../../../i18n/index.ts';
import { useLanguage } from '../../language.tsx';
import { ChoiceRow } from './choice-row.tsx';

/** Each language by its own name: whoever needs the switch cannot read the other one. */
const languages: readonly { value: Lang; label: string; lang: string }[] = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'zh-CN', label: '中文', lang: 'zh-CN' },
];

export function LanguageSwitch({ wide = false }: { wide?: boolean }) {
  const { lang, t } = useLanguage();
  const choose = useChooseLanguage();
  return (
    <ChoiceRow
      label={t('page.language')}
      value={lang}
      choices={languages}
      onChoose={choose}
      {...(wide ? { wide: true } : {})}
    />
  );
}

export function useChooseLanguage(): (lang: Lang) => void {
  const { setLang } = useLanguage();
  const navigate = useNavigate();
  return (next) => {
    setLang(next);
    // An address that still said `?lang=` would contradict the choice when it is shared.
    if (new URLSearchParams(window.location.search).has('lang'))
      void navigate({ to: '.', search: (search) => ({ ...search, lang: undefined }), replace: true });
  };
}
