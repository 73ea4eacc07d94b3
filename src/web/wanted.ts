const STORAGE_KEY = 'tidemark.wanted';

/** Where somebody wanted to go who has to sign in first; a link that signs in opens a page of its own. */
export function rememberWanted(): void {
  const { hash, pathname, search } = window.location;
  if (pathname === '/sign-in' || pathname === '/set-password') return;
  try {
    sessionStorage.setItem(STORAGE_KEY, pathname + search + hash);
  } catch {
    // Storage is forbidden here: then it is the board.
  }
}

/** Told once. An address of this page only: `//other.example` would be one of another host. */
export function takeWanted(): string {
  try {
    const wanted = sessionStorage.getItem(STORAGE_KEY) ?? '/';
    sessionStorage.removeItem(STORAGE_KEY);
    return /^\/(?![/\\])/.test(wanted) ? wanted : '/';
  } catch {
    return '/';
  }
}
