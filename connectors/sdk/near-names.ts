const MOST_SUGGESTED = 3;
/** One letter in four may be wrong. */
const WRONG_SHARE = 4;

/** Names that somebody may have meant: the same but for case, blanks and signs, or a few letters away; nearest first. */
export function nearNames(names: readonly string[], wanted: string): string[] {
  const plainWanted = plain(wanted);
  return names
    .map((name) => ({ name, apart: lettersApart(plain(name), plainWanted) }))
    .filter(({ apart }) => apart <= Math.ceil(plainWanted.length / WRONG_SHARE))
    .toSorted((left, right) => left.apart - right.apart)
    .slice(0, MOST_SUGGESTED)
    .map(({ name }) => name);
}

/** "sign_up", "Sign Up" and "signUp" are one. Letters of any script stay. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** How many letters have to be put in, taken out or changed (Levenshtein's distance), row by row. */
function lettersApart(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [place, wanted] of Array.from(to).entries()) {
      const changed = (row[place] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
