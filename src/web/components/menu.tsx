import { type ReactNode, useEffect, useRef } from 'react';

/**
 * A button with a few things behind it. Tab walks through them; Escape, choosing one, and a click anywhere else close it.
 */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  const place = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: Event) => {
      const { current } = place;
      if (current === null || !current.open) return;
      if (!(event.target instanceof Node) || !current.contains(event.target)) current.open = false;
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, []);
  const shut = () => {
    if (place.current !== null) place.current.open = false;
  };
  return (
    <details
      ref={place}
      className="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || place.current?.open !== true) return;
        event.stopPropagation();
        shut();
        place.current.querySelector('summary')?.focus();
      }}
    >
      <summary className="button">{label}</summary>
      <div
        className="menu-list"
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a, button') !== null) shut();
        }}
      >
        {children}
      </div>
    </details>
  );
}
