import type { Quantity } from './quantity.ts';

const stopEn =
  /\b(?:with|by|for|from|to|in|on|at|about|of|per|each|every|who|that|which|and|through|via|using|before|until|during|within)\b|[.,;:()]/i;
const stopZh = /[,.;:。；：()（），]|(?:进行|实施|举行|举办|发布|完成|使用|通过|以便?|用于|来自|并|和)/;

/** What is counted, in the words of the text: "problem interviews", 问题访谈. The measure word where nothing follows. */
export function readable(text: string, quantity: Quantity): string | null {
  const after = text.slice(quantity.to, quantity.to + 60);
  if (/^\s?[\u3400-\u9fff]/.test(after)) {
    const phrase = cut(after.trim(), stopZh);
    const noun = phrase.slice(phrase.lastIndexOf('的') + 1);
    return noun === '' ? quantity.unitWords : noun;
  }
  const phrase = cut(after, stopEn).trim();
  return phrase === '' ? quantity.unitWords : phrase;
}

function cut(text: string, stop: RegExp): string {
  const found = stop.exec(text);
  return found === null ? text : text.slice(0, found.index);
}
