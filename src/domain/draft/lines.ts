import { plain } from './plain.ts';

export type Mark = 'none' | 'bullet' | 'number' | 'heading' | 'bold';
export type LabelKind = 'objective' | 'key_result' | 'initiative';

/** A line, or a part of one, without its bullet, number and label. */
export type Piece = {
  line: number;
  lastLine: number;
  indent: number;
  mark: Mark;
  /** Of a heading: how many #. */
  level: number;
  label: LabelKind | null;
  labelText: string | null;
  /** The label is a plural or has nothing behind it: it announces what follows. */
  announces: boolean;
  text: string;
  /** A blank line stands before. */
  afterBlank: boolean;
};

const HAN_NUMBER = '[一二三四五六七八九十]{1,3}';
const objectiveLabel = new RegExp(
  `^(?:(?:objective|goal|目标|okr)\\s*#?\\s*(?:(?:\\d{1,2}(?:\\.\\d{1,2})?|${HAN_NUMBER})\\s*(?:[:.)]|-+\\s*|\\s+(?=\\S)|(?=[\\u3400-\\u9fff])(?<=\\d)|$)|(?::|-\\s|$))|o\\s?\\d{1,2}\\s*(?:[:.)-]|\\s+(?=\\S)|$))\\s*`,
  'i',
);
const objectivesLabel = /^(?:objectives|goals|目标列表|我们的目标)\s*(?:[:]|$)\s*/i;
const keyResultLabel = new RegExp(
  `^(?:(?:o\\s?\\d{1,2}\\s*[.\\-_/]?\\s*)?kr\\s*#?\\s*\\d{1,2}(?:[.-]\\d{1,2}){0,2}\\s*(?:[:.)]|-\\s*(?=\\D)|\\s+(?=\\S)|(?=[\\u3400-\\u9fff"])|$)|(?:krs?|key\\s+results?|关键结果|关键成果|衡量标准|成功标准)\\s*(?::|-\\s|$)|kr\\s+(?=\\S)|(?:key\\s+result|关键结果|关键成果)\\s*#?\\s*(?:\\d{1,2}(?:[.-]\\d{1,2})?|${HAN_NUMBER})\\s*(?:[:.)]|-\\s*|\\s+(?=\\S)|(?=[\\u3400-\\u9fff"])|$))\\s*`,
  'i',
);
const initiativeLabel =
  /^(?:(?:key |main |planned )?(?:initiatives?|action items?|action plans?|actions?|tasks?|projects?|activities|next steps)|how|(?:关键|主要|重点|具体)?(?:举措|措施|行动(?:计划|项|方案)?|任务|项目|工作))\s*#?\d{0,2}\s*(?::|-\s|[.)]\s|$)\s*/i;

const bullet = /^(?:[-*•◦▪●○■□▶►➢➤✓✔☑·・‣⁃](?:\s+|$)|[•◦▪●○■□▶►➢➤‣⁃・](?=\S))/;
const checkbox = /^\[[ xX✓]?\]\s*/;
const numbering = new RegExp(
  `^(?:\\(\\d{1,3}\\)|\\d{1,3}[).](?!\\d)|\\d{1,3},(?!\\d)|\\d{1,2}(?:\\.\\d{1,2}){1,3}[.):]?(?:\\s+)(?=[A-Z"*]|[\\u3400-\\u9fff])(?![星分倍个万亿千百])|[①-⑳]|[a-h][).]\\s|[ivx]{1,4}[).]\\s|${HAN_NUMBER}[,.]|\\(${HAN_NUMBER}\\))\\s*`,
);
const emoji = /^(?:\d\ufe0f?\u20e3|[\p{Extended_Pictographic}\ufe0f\u200d])+\s*/u;
const invisible = /[\u200b\u200c\u2060\ufeff]/g;

/** Takes the outside of a line off. Pieces of one line share its number. */
export function piecesOf(raw: string, line: number, afterBlank: boolean): Piece[] {
  const clean = raw.replace(invisible, '').replaceAll('\t', '    ');
  const start = clean.trimStart();
  const outside = { line, lastLine: line, indent: clean.length - start.length, afterBlank };
  const { mark, level, rest } = unmarked(start.trimEnd());
  const [head = '', ...tail] = splitLabels(rest);
  const first = labelled(head, mark);
  const pieces: Piece[] = [{ ...outside, ...first, level }];
  for (const part of tail)
    pieces.push({ ...outside, ...labelled(part, 'none'), level: 0, afterBlank: false });
  return pieces.flatMap(listed);
}

function unmarked(text: string): { mark: Mark; level: number; rest: string } {
  let rest = text;
  let mark: Mark = 'none';
  let level = 0;
  for (let round = 0; round < 4; round += 1) {
    const flat = plain(rest);
    const heading = /^(#{1,6})\s+/.exec(flat);
    const strip =
      heading?.[0] ??
      /^>+\s*/.exec(flat)?.[0] ??
      emoji.exec(rest)?.[0] ??
      bullet.exec(rest)?.[0] ??
      checkbox.exec(flat)?.[0] ??
      numbering.exec(flat)?.[0];
    if (strip === undefined || strip === '') break;
    if (heading !== null) {
      mark = 'heading';
      level = heading[1]?.length ?? 1;
    } else if (mark === 'none' && bullet.test(rest)) mark = 'bullet';
    else if (mark === 'none' && (numbering.test(flat) || /^\d/.test(rest))) mark = 'number';
    rest = rest.slice(strip.length);
  }
  const bold = /^(?:\*\*|__)([^*_]{1,300})(?:\*\*|__)\s*[:：]?$/.exec(rest);
  if (bold !== null && mark !== 'heading')
    return { mark: mark === 'none' ? 'bold' : mark, level: 7, rest: unquoted(bold[1] ?? '') };
  return { mark, level, rest: unquoted(rest.replace(/\*\*|__|`/g, '')) };
}

/** Without one pair of marks around the whole: *…*, “…”. */
function unquoted(text: string): string {
  const inside = /^(?:\*([^*]+)\*|“([^“”]+)”[.。]?|"([^"]+)"[.。]?|「([^「」]+)」)$/.exec(text.trim());
  return (inside?.[1] ?? inside?.[2] ?? inside?.[3] ?? inside?.[4] ?? text).trim();
}

const innerLabel = /(?:\bkey results?\s?\d{0,2}|关键结果\s?\d{0,2}|\bKRs?\s?\d{0,2}(?:\.\d{1,2})?)\s?[:：]/gi;

/** "Objective: … Key results: …" in one line is several. */
function splitLabels(text: string): string[] {
  const cuts = [...text.matchAll(innerLabel)].map(({ index }) => index).filter((index) => index > 0);
  const parts = [0, ...cuts].map((from, at) => text.slice(from, cuts[at] ?? text.length));
  return parts.map((part, at) => (at < parts.length - 1 ? part.replace(/[\s,;，；。.(（]+$/, '') : part));
}

function labelled(
  text: string,
  mark: Mark,
): Pick<Piece, 'mark' | 'label' | 'labelText' | 'announces' | 'text'> {
  const flat = plain(text);
  const many = objectivesLabel.exec(flat);
  const kinds: readonly [LabelKind, RegExp][] = [
    ['key_result', keyResultLabel],
    ['objective', objectiveLabel],
    ['initiative', initiativeLabel],
  ];
  for (const [label, pattern] of many === null ? kinds : []) {
    const found = pattern.exec(flat);
    if (found === null) continue;
    const rest = unquoted(text.slice(found[0].length));
    const labelText = text
      .slice(0, found[0].length)
      .trim()
      .replace(/[\s:：.)\-–—]+$/, '');
    return { mark, label, labelText, announces: rest === '', text: rest };
  }
  if (many !== null && many[0].length === flat.length) {
    return { mark: 'heading', label: null, labelText: text, announces: true, text: '' };
  }
  return { mark, label: null, labelText: null, announces: false, text };
}

/** "Key results: A; B; C" are three. */
function listed(piece: Piece): Piece[] {
  if (piece.label !== 'key_result' || piece.announces || /\d/.test(piece.labelText ?? '')) return [piece];
  const parts = piece.text
    .split(/\s*[;；]\s*|\s*(?:^|[,，、\s])\(?\d{1,2}[)）]\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length < 2 ? [piece] : parts.map((text) => ({ ...piece, text: unquoted(text) }));
}

/** Lines that only draw: rules and fences. */
export function isLayout(raw: string): boolean {
  return /^\s*(?:[-*_=~+#|:\s]{3,}|`{3,}\w*|[-*_=~]+)\s*$/.test(raw);
}

/** Several sentences, or one that ends as sentences do. */
export function isProse(text: string): boolean {
  return (
    isSeveral(text) ||
    (/[.!?。！？]["”')）]?$/.test(text) && !/\b(?:etc|vs)\.$/i.test(text)) ||
    text.length > 240
  );
}

export function isSeveral(text: string): boolean {
  return (
    /[。！？!?]["”）)]?\s*\S/.test(text.replace(/[。！？!?.]["”）)]*\s*$/, '')) ||
    /[a-z0-9)%"”]\.["”]?\s+[A-Z“"]/.test(text)
  );
}
