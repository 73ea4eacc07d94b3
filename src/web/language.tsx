import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Lang, langs, pickLang, type Translate, translator } from '../i18n/index.ts';
import { createFormat, type Format } from './format.ts';

const STORAGE_KEY = 'tidemark.lang';

type Language = { lang: Lang; t: Translate; format: Format; setLang: (lang: Lang) => void };

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(initialLang);
  useEffect(() => {
    document.documentElement.lang = lang;
    remember(lang);
  }, [lang]);
  const language = useMemo(
    () => ({ lang, t: translator(lang), format: createFormat(lang), setLang }),
    [lang],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error('useLanguage needs a LanguageProvider around it');
  return language;
}

/** `?lang=` wins and is remembered; then what was chosen before; then what the browser asks for. */
function initialLang(): Lang {
  const asked = new URLSearchParams(window.location.search).get('lang');
  if (asked !== null) return pickLang(asked);
  return remembered() ?? pickLang(navigator.languages.join(','));
}

function remembered(): Lang | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return langs.find((lang) => lang === stored) ?? null;
  } catch {
    return null; // A browser may forbid storage; the page then follows the browser's language.
  }
}

function remember(lang: Lang): void {
  try {
    localStorage.setItem(STORAGE_KEY, lang);
  } catch {
    // As above: forgetting is better than failing.
  }
}
