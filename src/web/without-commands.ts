/**
 * What to do next, as the API says it, without what is meant for a terminal: a sentence about a command or one of its
 * flags goes, and so does a command behind a colon. `Add one: \`tidemark member add\`.` becomes `Add one.`
 */
export function withoutCommands(fix: string): string {
  const withoutTails = fix.replaceAll(/: (?:`tidemark [^`]*`|tidemark [^.;]*)/g, '');
  return [...sentences.segment(withoutTails)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => !/\btidemark [a-z]|(?:^|\s)--[a-z]/.test(sentence))
    .join(' ');
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
