import { PATH_LIMITS, PathProblem } from './path-types.ts';

/** A cursor over the text of a path, which also counts what the path has used up of its limits. */
export type PathText = {
  at(): number;
  /** The character `ahead` places on; empty at the end. */
  peek(ahead?: number): string;
  /** Whether the text goes on with this; then it is taken. */
  take(text: string): boolean;
  expect(text: string): void;
  /** Takes the characters that fit. */
  run(pattern: RegExp): string;
  blank(): void;
  fail(expected: string): never;
  count(what: 'segments' | 'descendants' | 'parts'): void;
  /** Goes one level down for the length of a call. */
  inside<T>(read: () => T): T;
};

/** @throws PathProblem when the text is too long, and later when one of the limits is passed */
export function openPath(text: string): PathText {
  if (text.length > PATH_LIMITS.characters) {
    throw new PathProblem(
      `The path has ${text.length} characters; at most ${PATH_LIMITS.characters} are read.`,
    );
  }
  let index = 0;
  let depth = 0;
  const used = { segments: 0, descendants: 0, parts: 0 };
  const fail = (expected: string): never => {
    const here = index >= text.length ? 'it ends' : `it goes on with "${text.slice(index, index + 12)}"`;
    throw new PathProblem(`The path "${text}" needs ${expected} at character ${index + 1}, where ${here}.`);
  };
  return {
    at: () => index,
    peek: (ahead = 0) => text.charAt(index + ahead),
    take(wanted) {
      if (!text.startsWith(wanted, index)) return false;
      index += wanted.length;
      return true;
    },
    expect(wanted) {
      if (!this.take(wanted)) fail(`"${wanted}"`);
    },
    run(pattern) {
      const from = index;
      while (index < text.length && pattern.test(text.charAt(index))) index += 1;
      return text.slice(from, index);
    },
    blank() {
      this.run(/[ \t\n\r]/);
    },
    fail,
    count(what) {
      used[what] += 1;
      if (used[what] <= PATH_LIMITS[what]) return;
      const named = { segments: 'steps', descendants: '".."', parts: 'selectors and comparisons' }[what];
      throw new PathProblem(`The path has more than ${PATH_LIMITS[what]} ${named}. Use a shorter one.`);
    },
    inside(read) {
      depth += 1;
      if (depth > PATH_LIMITS.depth) {
        throw new PathProblem(
          `The path is nested more than ${PATH_LIMITS.depth} levels deep. Use a simpler one.`,
        );
      }
      const found = read();
      depth -= 1;
      return found;
    },
  };
}
