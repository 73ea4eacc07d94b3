/** A quotation inside of prose, and what the words before it call it. */
export type Quoted = { text: string; as: 'objective' | 'key_result' | null };

const quotation = /“([^“”]{3,300})”|"([^"]{3,300})"|「([^「」]{3,300})」|『([^『』]{3,300})』/g;

/** In 'the objective “A” could have the key results “B” and “C”' B and C are key results, as "and" carries on. */
export function quotedIn(text: string): Quoted[] {
  const found: Quoted[] = [];
  let at = 0;
  let last: Quoted['as'] = null;
  for (const match of text.matchAll(quotation)) {
    const lead = text.slice(Math.max(at, match.index - 120), match.index);
    const objective = Math.max(lead.search(/objective(?!.*objective)/i), lead.search(/目标(?!.*目标)/));
    const keyResult = Math.max(
      lead.search(/key results?(?!.*key result)/i),
      lead.search(/关键结果(?!.*关键结果)/),
      lead.search(/\bKRs?\b/),
    );
    if (objective < 0 && keyResult < 0)
      last = /^\s*(?:,|，|、|;|；|and|or|以及|和|与|及|\s)*\s*$/.test(lead) ? last : null;
    else last = objective > keyResult ? 'objective' : 'key_result';
    const inner = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    found.push({ text: inner.replace(/[.,，。;；]$/, '').trim(), as: last });
    at = match.index + match[0].length;
  }
  return found;
}
