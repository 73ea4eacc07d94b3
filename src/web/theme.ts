import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** `public/theme.js` reads it before the first paint. */
const STORAGE_KEY = 'tidemark.theme';
/** The ground of the page in `styles.css`, for the bar of a phone's browser. */
const GROUNDS = { light: '#f5f7f7', dark: '#0d1312' } as const;
const listeners = new Set<() => void>();

/** What was chosen here; `system` when nothing was. */
export function chosenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  remember(theme);
  colourBar();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, chosenTheme);
}

/** The browser's own bar follows the page: by the system's theme, or by the one that was chosen. */
export function colourBar(): void {
  const chosen = chosenTheme();
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = GROUNDS[chosen === 'system' ? own : chosen];
  }
}

function remember(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage is forbidden here: forgetting is better than failing.
  }
}

/** Another tab chose: this one follows. */
function heardOtherTab(event: StorageEvent): void {
  if (event.key !== STORAGE_KEY) return;
  chooseTheme(themes.find((theme) => theme === event.newValue) ?? 'system');
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', heardOtherTab);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('storage', heardOtherTab);
  };
}
