/** What a key can do on every page. */
export type Shortcut = 'palette' | 'search' | 'help' | 'board' | 'connections' | 'alerts' | 'settings';

/** After `g`. */
const PLACES: Record<string, Shortcut> = { o: 'board', s: 'connections', a: 'alerts', e: 'settings' };
export const PLACE_PATHS = {
  board: '/',
  connections: '/connections',
  alerts: '/alerts',
  settings: '/settings',
} as const;

/** So long after `g` a second key still belongs to it. */
export const SECOND_KEY_MS = 1500;

type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/**
 * What a key means, alone or after `g`. `inField`: somebody types, and a letter is a letter.
 *
 * @returns null for a key that is nobody's; `wait` for `g`, which waits for another one
 */
export function shortcutOf(
  { altKey, ctrlKey, key, metaKey }: Pressed,
  after: 'g' | null,
  inField: boolean,
): Shortcut | 'wait' | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'k' && ctrlKey !== metaKey ? 'palette' : null;
  if (inField) return null;
  if (after === 'g') return PLACES[key] ?? null;
  if (key === 'g') return 'wait';
  if (key === '/') return 'search';
  return key === '?' ? 'help' : null;
}

/** Whether a key that is pressed here is typed into something. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('textarea, select, [role="slider"]') !== null) return true;
  const input = target.closest('input');
  return input !== null && !['checkbox', 'radio', 'button', 'submit', 'file'].includes(input.type);
}

/** The field that searches the page that is open; null where there is none. */
export function searchOfPage(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(
    'main [data-page-search], main input[type="search"], main [role="search"] input',
  );
}
