const MASK = '[redacted]';

/** Names of query parameters whose values are never written down. */
const SECRET_NAME =
  /(^|[_.-])(key|api[_-]?key|token|secret|password|passwd|pwd|auth|authorization|signature|sig|code|credential)s?$/i;

/** Values that look like a credential whatever they are called: prefixed keys and signed tokens. */
const SECRET_VALUE =
  /\b(?:sk|rk|pk|whsec|xox[a-z]|gh[pousr]|glpat|tdm|shpat)[_-][A-Za-z0-9_-]{6,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\bBearer\s+\S+/g;

/** Replaces every known secret, and everything that looks like one, also percent-encoded and in Basic form. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    const forms = [secret, encodeURIComponent(secret), base64(secret), base64(`${secret}:`)];
    for (const form of forms) clean = clean.replaceAll(form, MASK);
  }
  return clean.replaceAll(SECRET_VALUE, MASK);
}

/** An address fit for evidence: the query is kept, user info and secret-looking values are not. */
export function redactUrl(input: string | URL, secrets: readonly string[] = []): string {
  const url = new URL(input);
  url.username = '';
  url.password = '';
  url.hash = '';
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET_NAME.test(name)) url.searchParams.set(name, MASK);
  }
  // Brackets and the mask read better unescaped, and nobody calls this address again.
  const readable = url.href.replaceAll('%5B', '[').replaceAll('%5D', ']');
  return redact(readable, secrets);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
}
