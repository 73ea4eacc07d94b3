/** Shorter ones cannot be told from data, so that taking them out would change numbers. */
export const SHORTEST_SECRET = 6;

/** What a secret looks like where somebody has written it down in the ordinary ways, longest first. */
export function secretForms(secret: string): string[] {
  const json = escaped(secret);
  const percent = encodeURIComponent(secret);
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const encoded = [base64(secret), base64url(secret), base64(`${secret}:`)];
  // Answers repeat a request as a text of JSON inside of their JSON.
  return distinct([secret, json, escaped(json), percent, form, ...encoded]);
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * The same and the unusual: inside of a longer text in base64, in hexadecimal digits, with small letters after the percent
 * sign. For looking whether one is left, which must find more than taking out does.
 */
export function everySecretForm(secret: string): string[] {
  const hex = Buffer.from(secret, 'utf8').toString('hex');
  const small = encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const inside = [0, 1, 2].flatMap((before) => {
    const text = insideBase64(secret, before);
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const forms = [...secretForms(secret), hex, hex.toUpperCase(), small, ...inside];
  return distinct(forms).filter((form) => form.length >= SHORTEST_SECRET);
}

/** Base64 of the secret after so many other bytes, without the letters at its ends that its neighbours decide as well. */
function insideBase64(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret, 'utf8')]);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return whole.slice(first, last);
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
const base64url = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

const distinct = (forms: string[]): string[] =>
  [...new Set(forms)].toSorted((left, right) => right.length - left.length);
