/** Shorter secrets would blot out ordinary words; they are refused where secrets are typed in. */
const MIN_LENGTH = 6;
const REPLACEMENT = '[secret]';

export type Scrubber = {
  /** Starts hiding a secret. Returns how to stop; a secret added twice is hidden until both have stopped. */
  add(secret: string): () => void;
  /** The text with every known secret replaced, however it was encoded on the way. */
  scrub(text: string): string;
};

/**
 * The last net under the logs: log lines are built from allowed fields, and this catches what slipped into a
 * message all the same.
 */
export function createScrubber(): Scrubber {
  const forms = new Map<string, number>();
  let longestFirst: string[] = [];

  function count(form: string, by: 1 | -1): void {
    const next = (forms.get(form) ?? 0) + by;
    if (next > 0) forms.set(form, next);
    else forms.delete(form);
  }

  function change(secretForms: readonly string[], by: 1 | -1): void {
    for (const form of secretForms) count(form, by);
    // A short secret inside a long one must not tear it apart and leave its rest visible.
    longestFirst = [...forms.keys()].toSorted((a, b) => b.length - a.length);
  }

  return {
    add(secret) {
      const secretForms = formsOf(secret);
      change(secretForms, 1);
      let active = true;
      return () => {
        if (active) change(secretForms, -1);
        active = false;
      };
    },
    scrub: (text) => longestFirst.reduce((clean, form) => clean.replaceAll(form, REPLACEMENT), text),
  };
}

/** How a secret shows up in logs: raw, in JSON, in a URL, in base64, and line by line for a PEM key. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const forms = [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1), // JSON that a message quotes, in a line that is JSON itself
    encodeURIComponent(secret),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    ...secret.split(/\r?\n/).filter((line) => line.length >= 16 && !line.startsWith('-----')),
  ];
  return [...new Set(forms)].filter((form) => form.length >= MIN_LENGTH);
}
