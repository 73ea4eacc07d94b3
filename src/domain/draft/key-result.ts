import { type Place, type Sentence, sentenceOf } from './draft.ts';
import { makeChange } from './make-change.ts';
import { makeGuardrail } from './make-guardrail.ts';
import { makeAmount, makeReach } from './make-reach.ts';
import { makeCount, makeDone, makeRhythm } from './make-work.ts';
import { policyQuestion, withQuestion } from './questions.ts';
import { type Reading, understand } from './reading.ts';
import { scan } from './scan.ts';
import type { KeyResultDraft, ReadTextOptions, UnreadCode } from './types.ts';

/**
 * One sentence taken for a Key Result. `strong` says that it measures something, `done` that it is work to check off;
 * `weak` is a phrase without a verb, which is one only where a Key Result is expected. `why` is null when the sentence
 * does not look like one at all.
 */
export type SentenceResult =
  | { ok: true; strength: 'strong' | 'done' | 'weak'; draft: KeyResultDraft }
  | { ok: false; why: UnreadCode | null };

/** Longer than anybody promises in one sentence; a limit on the work that a hostile text can make. */
const MAX_SENTENCE_LENGTH = 600;

export function readSentence(place: Place, options: ReadTextOptions): SentenceResult {
  const text = place.readAs ?? place.text;
  if (text.length > MAX_SENTENCE_LENGTH) return { ok: false, why: null };
  const scanned = scan(text, options);
  const understood = understand(scanned);
  if (!understood.ok) return understood;
  const { reading } = understood;
  const sentence = sentenceOf(scanned, place, options);
  const draft = withQuestion(make(sentence, reading), sentence, reading);
  const done = reading.kind === 'done' || reading.kind === 'steps';
  return { ok: true, strength: reading.weak ? 'weak' : done ? 'done' : 'strong', draft };
}

function make(sentence: Sentence, reading: Reading): KeyResultDraft {
  switch (reading.kind) {
    case 'reach':
      return makeReach(sentence, reading);
    case 'change':
      return makeChange(sentence, reading);
    case 'amount':
      return isPoints(sentence, reading)
        ? makeChange(sentence, asPoints(reading))
        : makeAmount(sentence, reading);
    case 'guardrail':
      return makeGuardrail(sentence, reading);
    case 'count':
      return makeCount(sentence, reading);
    case 'rhythm':
      return makeRhythm(sentence, reading);
    case 'policy':
      return policyQuestion(sentence.blank, sentence, reading.share);
    case 'steps':
      return makeDone(sentence, reading.steps);
    case 'done':
      return makeDone(sentence, []);
  }
}

type Amount = Extract<Reading, { kind: 'amount' }>;

/** "by 10 points" of a percentage means percentage points. */
function isPoints({ entry }: Sentence, { by, start }: Amount): boolean {
  const named = by.kind === 'plain' && /^(?:points?|pts?|点)$/i.test(by.unitWords ?? '');
  return named && (entry?.unit === 'ratio' || start?.kind === 'percent');
}

function asPoints({ by, said, start, weak }: Amount): Extract<Reading, { kind: 'change' }> {
  return {
    kind: 'change',
    weak,
    percent: said === 'down' ? -by.value : by.value,
    mode: 'points',
    start,
    said,
  };
}
