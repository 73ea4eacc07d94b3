/** The token of a link. Takes it out of the address bar and the history, where a secret has no business. */
export function takeToken(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (token !== null) window.history.replaceState(window.history.state, '', window.location.pathname);
  return token === '' ? null : token;
}
