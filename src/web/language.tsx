import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Lang, langs, pickLang, type Translate } from '../i18n/index.ts';
import { type Messages, speak } from '../i18n/speak.ts';
import { createFormat, type Format } from './format.ts';

const STORAGE_KEY = 'tidemark.lang';

type Language = { lang: Lang; t: Translate; format: Format; setLang: (lang: Lang) => void };

const LanguageContext = createContext<Language | null>(null);

/** What a language needs to be spoken. */
export type Spoken = { lang: Lang; messages: Messages };

/** Only the language that is read is loaded; the other one when somebody asks for it. What the board says comes first. */
export async function loadLanguage(lang: Lang): Promise<Spoken> {
  const first =
    lang === 'en'
      ? (await import('../i18n/first-en.ts')).firstEn
      : (await import('../i18n/first-zh-cn.ts')).firstZhCn;
  // The words of the other pages are added by `laterWords` before one of those is shown.
  const messages = { ...first } as Messages;
  spoken = { lang, messages };
  return spoken;
}

let spoken: Spoken | null = null;

/** The rest of the language that is spoken: what is not on the board. Loaded once the board is there, or when a page asks. */
export async function laterWords(): Promise<void> {
  if (spoken !== null) await addLater(spoken);
}

async function addLater({ lang, messages }: Spoken): Promise<void> {
  const later =
    lang === 'en'
      ? (await import('../i18n/later-en.ts')).laterEn
      : (await import('../i18n/later-zh-cn.ts')).laterZhCn;
  Object.assign(messages, later);
}

async function loadWhole(lang: Lang): Promise<Spoken> {
  const whole = await loadLanguage(lang);
  await addLater(whole);
  return whole;
}

export function LanguageProvider({ first, children }: { first: Spoken; children: ReactNode }) {
  const [chosen, setChosen] = useState(first);
  const { lang } = chosen;
  useEffect(() => {
    document.documentElement.lang = lang;
    remember(lang);
  }, [lang]);
  // The rest of the words comes once the first page stands, or as soon as somebody does something.
  useEffect(() => onceQuiet(() => void laterWords().then(() => setChosen((now) => ({ ...now })))), []);
  const language = useMemo(
    () => ({
      lang,
      t: speak(lang, chosen.messages),
      format: createFormat(lang),
      setLang: (next: Lang) => void loadWhole(next).then(setChosen),
    }),
    [lang, chosen],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

const QUIET_MS = 2_000;

/** Runs when the page has stood for a while, or at the first touch of it. @returns calls it off */
function onceQuiet(run: () => void): () => void {
  const stop = (): void => {
    clearTimeout(timer);
    for (const type of ['pointerdown', 'keydown']) window.removeEventListener(type, begin);
  };
  const begin = (): void => {
    stop();
    run();
  };
  const timer = setTimeout(begin, QUIET_MS);
  for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, begin);
  return stop;
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error('useLanguage needs a LanguageProvider around it');
  return language;
}

/** `?lang=` wins and is remembered; then what was chosen before; then what the browser asks for. */
export function initialLang(): Lang {
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
