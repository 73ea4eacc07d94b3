import { SHORTEST_SECRET, secretForms } from './secret-forms.ts';

const MASK = '[redacted]';

/** Parameters and fields whose values are never kept. A cursor of a list is called a token as well, and is none. */
const SECRET_PARAM =
  /(^|[_.-])(key|api[_-]?key|access[_-]?token|token|secret|password|passwd|pwd|auth|authorization|signature|sig|code|credential|assertion)s?$/i;
const PAGE_PARAM = /page|next|cursor|continuation|sync|offset/i;
const SECRET_FIELDS = [
  'access_token',
  'accessToken',
  'refresh_token',
  'refreshToken',
  'id_token',
  'idToken',
  'client_secret',
  'clientSecret',
  'private_key',
  'privateKey',
  'api_key',
  'apiKey',
  'password',
  'secret',
  'token',
  'assertion',
];

/** Values that look like a credential whatever they are called; unlike `redact`, nothing of the JSON around them. */
const SECRET_VALUE =
  /\b(?:sk|rk|pk|whsec|xox[a-z]|gh[pousr]|glpat|tdm|shpat)[_-][A-Za-z0-9_-]{6,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\bBearer\s+[\w.~+/=-]+/g;

const ADDRESS = /[A-Za-z0-9._+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g;
const OURS = /^person-\d+(@|%40)example\.com$/;

export type ScrubOptions = {
  secrets: readonly string[];
  /** Fields of JSON answers whose texts are replaced, such as `displayName`. */
  fields?: readonly string[];
  keepAddresses?: boolean;
};

/** Takes secrets and people out of texts. The same text becomes the same stand-in everywhere, so that what is counted stays. */
export type Scrub = {
  text(value: string): string;
  url(value: string): string;
  /** A body of JSON or of a form; anything else is taken as text. */
  body(value: string): string;
  /** The same for every text inside of a value of JSON. */
  deep(value: unknown): unknown;
  /** From here on this is a secret too, such as a token that the provider handed out. */
  learn(secret: string): void;
  known(): readonly string[];
  /** How many addresses and fields were replaced by stand-ins. */
  replaced(): number;
};

export function createScrub({ fields = [], keepAddresses = false, secrets }: ScrubOptions): Scrub {
  const known = new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET));
  const people = new Map<string, string>();
  const masked = new Map<string, string>();
  const secretField = fieldPattern(SECRET_FIELDS);
  const maskedField = fields.length === 0 ? null : fieldPattern(fields);

  const addressOf = (found: string): string => {
    if (OURS.test(found)) return found;
    const plain = found.replace('%40', '@').toLowerCase();
    const stand = people.get(plain) ?? `person-${people.size + 1}@example.com`;
    people.set(plain, stand);
    return found.includes('%40') ? stand.replace('@', '%40') : stand;
  };
  const text = (value: string): string => {
    let clean = value;
    for (const secret of known) for (const form of secretForms(secret)) clean = clean.replaceAll(form, MASK);
    clean = clean.replaceAll(SECRET_VALUE, MASK);
    return keepAddresses ? clean : clean.replace(ADDRESS, addressOf);
  };
  const learn = (secret: string): void => {
    if (secret.length >= SHORTEST_SECRET && secret !== MASK) known.add(secret);
  };
  const withoutFields = (json: string): string => {
    const open = json.replace(secretField, (_all, before: string, literal: string) => {
      learn(JSON.parse(literal) as string); // the pattern takes literals of JSON only
      return `${before}"${MASK}"`;
    });
    if (maskedField === null) return open;
    return open.replace(maskedField, (_all, before: string, literal: string) => {
      const name = /"([^"]+)"/.exec(before)?.[1] ?? 'field';
      const key = `${name} ${literal}`;
      const stand = masked.get(key) ?? `${name}-${masked.size + 1}`;
      masked.set(key, stand);
      return `${before}${JSON.stringify(stand)}`;
    });
  };
  const params = (given: URLSearchParams): void => {
    for (const name of new Set(given.keys())) {
      if (!SECRET_PARAM.test(name) || PAGE_PARAM.test(name)) continue;
      for (const value of given.getAll(name)) if (/token|secret|password|assertion/i.test(name)) learn(value);
      given.set(name, MASK);
    }
  };

  return {
    text,
    url(value) {
      const url = new URL(value);
      url.username = '';
      url.password = '';
      url.hash = '';
      params(url.searchParams);
      return text(url.href);
    },
    body(value) {
      if (/^\s*[[{]/.test(value)) return text(withoutFields(value));
      if (!/^[^\s=&]+=[^\s&]*(&[^\s=&]+=[^\s&]*)*$/.test(value)) return text(value);
      const form = new URLSearchParams(value);
      params(form);
      return text(form.toString());
    },
    deep: (value) =>
      JSON.parse(JSON.stringify(value ?? null), (_name, inner: unknown) =>
        typeof inner === 'string' ? text(inner) : inner,
      ) as unknown,
    learn,
    known: () => [...known],
    replaced: () => people.size + masked.size,
  };
}

/** A field of JSON by its name, and the literal of its text. */
function fieldPattern(names: readonly string[]): RegExp {
  const escaped = names.map((name) => name.replace(/[^\w-]/g, (sign) => `\\${sign}`));
  return new RegExp(String.raw`("(?:${escaped.join('|')})"\s*:\s*)("(?:[^"\\]|\\.)*")`, 'g');
}
