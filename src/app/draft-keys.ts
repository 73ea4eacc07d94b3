/**
 * Readable keys for what was read from a text. English titles give short slugs; where there are no Latin words the
 * number in the text does, such as `o1.kr2`. Keys are unique in the workspace, and a key that is taken is passed over.
 */

/** Words that say nothing about what a title is about. */
const EMPTY = new Set(
  'a an the of to in on for and or by from with our we us its it is are be as at per into through that this their will make become get'.split(
    ' ',
  ),
);
/** What a Key Result says before it says what it measures, and the numbers behind that. */
const PROMISES = new Set(
  'increase decrease reduce raise lift grow cut lower improve boost achieve reach keep hold maintain least most up down percent points'.split(
    ' ',
  ),
);
const MAX_WORDS = 3;
const MAX_LENGTH = 32;

export function objectiveKey(title: string, number: number, taken: ReadonlySet<string>): string {
  const slug = slugOf(title);
  return slug === null ? numbered('o', number, taken) : unique(slug, taken);
}

export function keyResultKey(
  objective: string,
  title: string,
  number: number,
  taken: ReadonlySet<string>,
): string {
  const slug = slugOf(title);
  return slug === null ? numbered(`${objective}.kr`, number, taken) : unique(`${objective}.${slug}`, taken);
}

/** The metric's own name, as people write keys. */
export function metricKey(name: string, taken: ReadonlySet<string>): string {
  return unique(name.replaceAll('_', '-'), taken);
}

/** Null when it is not written in Latin letters: a few of them among Chinese do not say what it is about. */
function slugOf(title: string): string | null {
  if (/\p{Script=Han}/u.test(title)) return null;
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => /^[a-z]/.test(word) && !EMPTY.has(word));
  const telling = words.filter((word) => !PROMISES.has(word));
  const kept = (telling.length === 0 ? words : telling).slice(0, MAX_WORDS);
  while (kept.length > 1 && kept.join('-').length > MAX_LENGTH) kept.pop();
  const slug = kept.join('-').slice(0, MAX_LENGTH);
  return slug.length < 2 ? null : slug;
}

function unique(key: string, taken: ReadonlySet<string>): string {
  let found = key;
  for (let count = 2; taken.has(found); count += 1) found = `${key}-${count}`;
  return found;
}

/** The next number that is free. */
function numbered(prefix: string, number: number, taken: ReadonlySet<string>): string {
  let next = number;
  while (taken.has(`${prefix}${next}`)) next += 1;
  return `${prefix}${next}`;
}
