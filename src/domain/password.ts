/** What a password must be. Length is what counts; the rest refuses what is tried first. */

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;

export type PasswordProblem = 'too_short' | 'too_long' | 'common' | 'own_name';

/** Of the commonest passwords in published leaks, the words that the long ones are made of. */
const COMMON_WORDS = `
  password passwort passw0rd p@ssw0rd p@ssword motdepasse contrasena senha qwerty qwertz azerty asdfgh
  zxcvbn qazwsx qwertyuiop asdfghjkl zxcvbnm letmein welcome iloveyou admin administrator root
  changeme default secret monkey dragon football baseball sunshine princess superman batman master
  shadow michael charlie trustno starwars computer internet login access woaini tidemark keyresult
  objective test guest user hello summer winter
`
  .trim()
  .split(/\s+/);
const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

/** Null when it may be used. Lengths are counted in characters as people see code points. */
export function passwordProblem(
  password: string,
  owner: { name: string; email: string },
): PasswordProblem | null {
  const length = Array.from(password).length;
  if (length < MIN_PASSWORD_LENGTH) return 'too_short';
  if (length > MAX_PASSWORD_LENGTH) return 'too_long';
  const said = lettersOf(password);
  const [mailbox = ''] = owner.email.split('@');
  const own = [owner.name, owner.email, mailbox].map(lettersOf).filter((each) => each.length >= 3);
  if (said !== '' && own.some((each) => leftAfter(said, each) === '')) return 'own_name';
  if (isRun(password.toLowerCase()) || isRepeated(password.toLowerCase())) return 'common';
  return isCommon(said) ? 'common' : null;
}

/** Without case, digits, spaces and signs: what is added to a word to make it look like none. */
function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '');
}

function leftAfter(text: string, word: string): string {
  return text.replaceAll(word, '');
}

/** Only digits and signs, or common words and nothing else but a few letters. */
function isCommon(letters: string): boolean {
  if (letters === '') return false;
  const plain = COMMON_WORDS.map(lettersOf).toSorted((a, b) => b.length - a.length);
  return plain.reduce(leftAfter, letters) === '';
}

function isRun(text: string): boolean {
  return RUNS.some((run) => run.includes(text) || text.replaceAll(/[^a-z]/g, '') === run);
}

/** `abcabcabcabc`: up to six characters again and again. */
function isRepeated(text: string): boolean {
  return /^(.{1,6}?)\1+.{0,5}$/su.test(text) && new Set(text).size <= 6;
}
