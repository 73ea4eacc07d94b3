import { type Collector, collector } from './collect.ts';
import { type Item, itemsOf } from './items.ts';
import { readSentence } from './key-result.ts';
import { isProse, isSeveral, type Piece } from './lines.ts';
import { quotedIn } from './quotes.ts';
import type { IgnoredLine, ImportedText, ReadTextOptions } from './types.ts';

type Section = 'key_results' | 'initiatives' | null;
/** What the reader remembers from line to line. */
type State = {
  out: Collector;
  options: ReadTextOptions;
  section: Section;
  phase: string | null;
  /** The label of an objective whose title is the next line. */
  awaitsTitle: string | null;
  objectiveLevel: number;
  /** Where the newest objective of a list stood: its neighbours are objectives too. */
  objectivePlace: { mark: Piece['mark']; indent: number } | null;
  /** Where the newest Key Result stood; a deeper line below it is how, not what. */
  keyResultIndent: number | null;
  /** In a run of Key Results that no prose has ended. */
  expecting: boolean;
  hasProse: boolean;
};

/** Reads the lines of a text that is small enough. */
export function readLines(raws: readonly string[], options: ReadTextOptions): ImportedText {
  const out = collector();
  const nonBlank = raws.flatMap((text, index) => (text.trim() === '' ? [] : [{ line: index + 1, text }]));
  const items = itemsOf(raws, options, out);
  const state: State = {
    out,
    options,
    section: null,
    phase: null,
    awaitsTitle: null,
    objectiveLevel: 7,
    objectivePlace: null,
    keyResultIndent: null,
    expecting: false,
    hasProse: items.some(
      (item) => item.mark === 'none' && item.label === null && isProse(item.text) && !beginsAsPromise(item),
    ),
  };
  for (const [index, item] of items.entries()) readItem(state, item, items, index);
  return out.finish(nonBlank);
}

const span = ({ line, lastLine }: Piece) => ({ line, lastLine });

function readItem(state: State, item: Item, items: readonly Item[], index: number): void {
  const { out } = state;
  if (item.label !== null) return readLabelled(state, item);
  if (item.text === '')
    return out.ignore(item.announces ? 'heading' : 'layout', item.labelText ?? '', span(item));
  if (state.awaitsTitle !== null && !strong(item)) {
    openObjective(state, item, state.awaitsTitle);
    return;
  }
  if (part.test(item.text)) return endPart(state, item);
  if (item.mark === 'heading' || item.mark === 'bold' || (/[:：]$/.test(item.text) && !strong(item))) {
    return readHeading(state, item, items, index);
  }
  return item.mark === 'none' ? readBare(state, item, items, index) : readListed(state, item, items, index);
}

/** 阶段2：获取 and "Phase 2: …" head a part, whatever they look like. */
const part =
  /^(?:(?:阶段|步骤|第[\d一二三四五六七八九十]{1,3}(?:阶段|部分|步|章))|(?:phase|stage|step|part)\s?(?=\d))\s*[\d一二三四五六七八九十]{0,3}\s*[:：.\-–—]/i;

function endPart(state: State, item: Item): void {
  state.phase = topic.test(item.text) ? null : item.text.replace(/[:：]$/, '').trim();
  state.section = null;
  state.expecting = false;
  state.keyResultIndent = null;
  state.out.close();
  return state.out.ignore('heading', item.text, span(item));
}

function openObjective(state: State, item: Item, label: string | null): void {
  const title = item.text.replace(/[:：]$/, '').trim();
  state.out.open(title, label === '' ? null : label, state.phase, span(item));
  state.objectiveLevel = item.mark === 'heading' ? item.level : 7;
  state.objectivePlace = { mark: item.mark, indent: item.indent };
  state.section = null;
  state.awaitsTitle = null;
  state.keyResultIndent = null;
  state.expecting = true;
}

function readLabelled(state: State, item: Item): void {
  const { out } = state;
  switch (item.label) {
    case 'objective':
      if (item.announces) {
        state.awaitsTitle = item.labelText ?? '';
        return out.ignore('heading', item.labelText ?? '', span(item));
      }
      return openObjective(state, item, item.labelText);
    case 'key_result':
      state.awaitsTitle = null;
      state.section = 'key_results';
      state.expecting = true;
      if (item.announces) {
        // "KR 3:" with nothing behind it is a Key Result that somebody forgot to write.
        if (/\d/.test(item.labelText ?? ''))
          return out.unread(item.labelText ?? '', 'empty_label', span(item));
        return out.ignore('heading', item.labelText ?? '', span(item));
      }
      return takeKeyResult(state, item);
    case 'initiative':
      state.awaitsTitle = null;
      if (item.announces) {
        state.section = 'initiatives';
        return out.ignore('heading', item.labelText ?? '', span(item));
      }
      return out.initiative(item.text, span(item));
    case null:
      return;
  }
}

/** One draft, or one for each part of a sentence that promises several things. */
function takeKeyResult(state: State, item: Item): void {
  const { out } = state;
  const { result, several } = item;
  state.keyResultIndent = item.indent;
  if (several.length > 0) for (const draft of several) out.keyResult(draft);
  else if (result.ok) out.keyResult(result.draft);
  else out.unread(item.text, result.why ?? 'no_pattern', span(item));
}

function strong({ result }: Item): boolean {
  return result.ok && result.strength === 'strong';
}

/** Whether Key Results follow before something else begins. */
function leadsToKeyResults(items: readonly Item[], index: number): boolean {
  for (const item of items.slice(index + 1, index + 40)) {
    if (item.label === 'key_result') return true;
    if (item.label === 'objective' || item.mark === 'heading' || item.mark === 'bold') return false;
    if (item.label === 'initiative') continue;
    if (item.mark !== 'none' && strong(item)) return true;
    if (item.mark === 'none' && strong(item) && beginsAsPromise(item)) return true;
  }
  return false;
}

const topic =
  /^(?:examples?|objectives? and key results?|(?:our )?(?:objectives|goals)|introduction|summary|overview|conclusion|notes?|background|faq|contents|appendix|okrs?\b.{0,40}|.{0,40}\bokrs?|示例|例子|案例|简介|概述|总结|结论|背景|目录|附录|前言|说明|备注)$/i;

function readHeading(state: State, item: Item, items: readonly Item[], index: number): void {
  const { out } = state;
  if (strong(item) && (out.current !== null || item.mark === 'bold')) return takeKeyResult(state, item);
  const inside =
    out.current !== null &&
    item.mark === 'heading' &&
    item.level > state.objectiveLevel &&
    out.current.keyResults.length === 0;
  const leadIn = item.mark === 'none' && isLeadIn(item.text);
  if (!inside && !leadIn && !topic.test(item.text) && leadsToKeyResults(items, index))
    return openObjective(state, item, null);
  if (!inside && !leadIn) {
    state.phase = topic.test(item.text) ? null : item.text.replace(/[:：]$/, '').trim();
    if (item.mark === 'heading' || item.mark === 'bold') out.close();
    state.expecting = false;
  }
  state.section = null;
  return out.ignore(leadIn ? 'prose' : 'heading', item.text, span(item));
}

/** "We measure it by:" and 例如： lead on to what follows, and are no title. */
function isLeadIn(text: string): boolean {
  return (
    isSeveral(text) ||
    /\b(?:is|are|by|with|following|follows|example|include[sd]?|such as)\b|如下|例如|比如|包括|以下|可以|我们/i.test(
      text,
    ) ||
    text.length > 80
  );
}

function readListed(state: State, item: Item, items: readonly Item[], index: number): void {
  const { out } = state;
  if (state.section === 'initiatives') return out.initiative(item.text, span(item));
  const next = items[index + 1];
  const parent =
    next !== undefined &&
    !strong(item) &&
    isChild(item, next) &&
    (strong(next) || next.label === 'key_result');
  const place = state.objectivePlace;
  const sibling =
    place?.mark === item.mark && place.indent === item.indent && next !== undefined && isChild(item, next);
  if ((parent && !nested(state, item)) || (sibling && !strong(item))) return openObjective(state, item, null);
  if (nested(state, item) && !movesValue(item)) return out.initiative(item.text, span(item));
  const expected = state.section === 'key_results' || (out.current !== null && state.expecting);
  const { result } = item;
  if (result.ok) {
    if (result.strength !== 'weak' || expected) return takeNested(state, item);
    return out.unread(item.text, 'no_pattern', span(item));
  }
  if (expected || (result.why !== null && (!state.hasProse || /\d/.test(item.text))))
    return takeNested(state, item);
  return out.ignore('prose', item.text, span(item));
}

function takeNested(state: State, item: Item): void {
  const indent = state.keyResultIndent;
  takeKeyResult(state, item);
  if (indent !== null && item.indent > indent) state.keyResultIndent = indent;
}

function nested(state: State, item: Item): boolean {
  return state.keyResultIndent !== null && item.indent > state.keyResultIndent;
}

function movesValue({ result }: Item): boolean {
  return (
    result.ok &&
    result.strength === 'strong' &&
    (result.draft.form === 'absolute' || result.draft.form === 'relative')
  );
}

function isChild(item: Item, next: Item): boolean {
  return (
    next.indent > item.indent || (next.mark !== item.mark && item.mark !== 'none' && next.mark !== 'none')
  );
}

/** Not a story: "We reduced churn from 5 % to 3 % last year" tells, and promises nothing. */
function beginsAsPromise({ text }: Item): boolean {
  if (isSeveral(text)) return false;
  if (
    /^(?:we|our team|the team|i)\s+(?:will|want|aim|plan|must|need)\b|^(?:the|our) (?:goal|aim|target) is to\b/i.test(
      text,
    )
  )
    return true;
  if (
    /^(?:we|i|our|the team|they|he|she|it|this|that|these|those|last|in|as|when|if|for|however|but|according|after|since|because|here|there|there's)\b/i.test(
      text,
    )
  )
    return false;
  if (/\b(?:reduced|increased|grew|raised|was|were|had|went|rose|fell|has|have been|did)\b/i.test(text))
    return false;
  return !/^(?:例如|比如|如果|因为|所以|这|那|通常|可以|应该|但是?|然而|此外|他们|她们?|他|它|当(?![前日月年季])|我们(?!要|将|会|希望|计划|需要))|了(?=\d|[一-九十百千万]|,|，|。|$)|已经|曾经|可以|应该/.test(
    text,
  );
}

function readBare(state: State, item: Item, items: readonly Item[], index: number): void {
  const { out } = state;
  const { result } = item;
  if (strong(item) && beginsAsPromise(item)) {
    if (state.section === 'initiatives') return out.initiative(item.text, span(item));
    return takeKeyResult(state, item);
  }
  if (isProse(item.text) || (result.ok && result.strength === 'strong')) return readProse(state, item);
  const next = items[index + 1];
  const story = next !== undefined && next.mark === 'none' && next.label === null && isProse(next.text);
  const ends = next?.label === 'objective' || story || (items[index - 1]?.mark ?? 'none') !== 'none';
  if (state.section === 'initiatives' && item.afterBlank && ends) return endPart(state, item);
  if (state.section === 'initiatives') return out.initiative(item.text, span(item));
  const listFollows =
    next !== undefined &&
    next.mark !== 'none' &&
    next.mark !== 'heading' &&
    next.mark !== 'bold' &&
    strong(next);
  const labelFollows = next?.label === 'key_result';
  if (!isLeadIn(item.text) && (listFollows || labelFollows)) return openObjective(state, item, null);
  if (item.afterBlank && next?.label === 'objective' && !(result.ok && result.strength === 'done'))
    return endPart(state, item);
  const proseFollows =
    next !== undefined && next.mark === 'none' && next.label === null && isProse(next.text) && !strong(next);
  const heading = item.afterBlank && proseFollows;
  if (result.ok && result.strength === 'done') {
    if (!heading && (state.expecting || !state.hasProse)) return takeKeyResult(state, item);
    return ignoreBare(state, item, 'heading');
  }
  const title = (item.afterBlank || index === 0) && item.text.length <= 120;
  if (title && next !== undefined && !next.afterBlank && strong(next) && beginsAsPromise(next))
    return openObjective(state, item, null);
  if (heading || (state.hasProse && !state.expecting)) return ignoreBare(state, item, 'heading');
  if (!result.ok && result.why !== null) return out.unread(item.text, result.why, span(item));
  if (state.expecting && result.ok) return takeKeyResult(state, item);
  const numbered = /\d/.test(item.text.replace(/20\d\d年?|\bQ[1-4]\b|\bH[12]\b|第?[1-4]季度/gi, ''));
  if (numbered && (state.expecting || !state.hasProse))
    return out.unread(item.text, 'no_pattern', span(item));
  return ignoreBare(state, item, item.afterBlank && item.text.length < 60 ? 'heading' : 'prose');
}

function ignoreBare(state: State, item: Item, as: IgnoredLine['as']): void {
  if (as === 'heading' && state.hasProse) {
    state.phase = item.text;
    state.expecting = false;
  }
  return state.out.ignore(as, item.text, span(item));
}

/** Running text, in which quotations may be objectives and Key Results. */
function readProse(state: State, item: Item): void {
  const { out, options } = state;
  const quoted = quotedIn(item.text);
  const named = quoted.some(({ as }) => as === 'key_result');
  let found = false;
  for (const { text, as } of quoted) {
    const result = readSentence({ text, readAs: null, label: null, ...span(item) }, options);
    const measures = result.ok && result.strength === 'strong';
    if (as === 'objective' && named) {
      out.open(text, null, state.phase, span(item));
      found = true;
    } else if (result.ok && (measures || as === 'key_result')) {
      out.keyResult(result.draft);
      found = true;
    } else if (as === 'key_result' && !result.ok) {
      out.unread(text, result.why ?? 'no_pattern', span(item));
      found = true;
    }
  }
  // What an objective in running text holds ends with the sentence.
  if (found && named) out.close();
  if (!found) out.ignore('prose', item.text, span(item));
  if (out.current !== null && out.current.keyResults.length > 0) state.expecting = false;
}
