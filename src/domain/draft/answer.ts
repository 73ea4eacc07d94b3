import type { KeyResultDraft } from './types.ts';

/**
 * The draft as its owner reads it: with a goal, and without the question.
 *
 * @throws RangeError when the draft asks nothing, or has no such option
 */
export function answer(draft: KeyResultDraft, optionId: string): KeyResultDraft {
  const { question } = draft;
  if (question === null) throw new RangeError(`"${draft.text}" asks nothing, so there is nothing to answer`);
  const option = question.options.find(({ id }) => id === optionId);
  if (option === undefined) {
    const known = question.options.map(({ id }) => `"${id}"`).join(', ');
    throw new RangeError(`"${optionId}" is no answer to ${question.code}; choose one of ${known}`);
  }
  return { ...draft, ...option.becomes, question: null, answered: { code: question.code, optionId } };
}
