import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The entry was made by opening a drawer or a window on the page that stands before it. */
    panel?: boolean;
  }
}

/** What stands above the page of a Key Result: the drawer of evidence, or the window of one thing to do. */
export type PanelSearch = { evidence?: 1; day?: string; do?: string; id?: string };

/**
 * The drawer and the windows of the page are part of its address: a link shows them, a reload keeps them, and back
 * closes them. Closing one that was opened here is going back; one that came with the link is taken out of it.
 */
export function usePanel() {
  const search = useSearch({ from: '/key-results/$key' });
  const navigate = useNavigate({ from: '/key-results/$key' });
  const opened = useLocation({ select: ({ state }) => state.panel === true });
  const { history } = useRouter();
  const isOpen = search.evidence !== undefined || search.do !== undefined;
  const open = useCallback(
    (panel: PanelSearch) =>
      void navigate({
        search: ({ asOf }: { asOf?: string }) => ({ ...(asOf === undefined ? {} : { asOf }), ...panel }),
        state: { panel: isOpen ? opened : true },
        // Another day in the same drawer is no further step to go back.
        replace: isOpen,
        resetScroll: false,
      }),
    [navigate, isOpen, opened],
  );
  const close = useCallback(() => {
    if (!isOpen) return;
    if (opened) history.back();
    else
      void navigate({
        search: ({ asOf }: { asOf?: string }) => (asOf === undefined ? {} : { asOf }),
        replace: true,
        resetScroll: false,
      });
  }, [isOpen, opened, history, navigate]);
  return { ...search, open, close };
}
