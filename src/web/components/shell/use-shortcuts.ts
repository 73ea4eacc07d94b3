import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import {
  isField,
  PLACE_PATHS,
  SECOND_KEY_MS,
  type Shortcut,
  searchOfPage,
  shortcutOf,
} from '../../shortcuts.ts';

/** Keys that work on every page, but for a window above it, which has keys of its own. */
export function useShortcuts(open: (window: 'palette' | 'help') => void): void {
  const navigate = useNavigate();
  const latest = useRef({ navigate, open });
  latest.current = { navigate, open };
  useEffect(() => {
    let after: 'g' | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const act = (shortcut: Shortcut): void => {
      const { navigate, open } = latest.current;
      if (shortcut === 'palette' || shortcut === 'help') open(shortcut);
      else if (shortcut === 'search') {
        const field = searchOfPage();
        if (field === null) open('palette');
        else field.focus();
      } else void navigate({ to: PLACE_PATHS[shortcut] });
    };
    const pressed = (event: KeyboardEvent): void => {
      // A letter that an input method is still composing is not typed yet.
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const shortcut = shortcutOf(event, after, isField(event.target));
      after = null;
      clearTimeout(timer);
      if (shortcut === null) return;
      if (shortcut === 'wait') {
        after = 'g';
        timer = setTimeout(() => {
          after = null;
        }, SECOND_KEY_MS);
        return;
      }
      event.preventDefault();
      act(shortcut);
    };
    window.addEventListener('keydown', pressed);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', pressed);
    };
  }, []);
}
