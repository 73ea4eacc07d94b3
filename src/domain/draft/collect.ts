import type { Stage } from '../catalog/types.ts';
import { languageOf } from './plain.ts';
import type {
  IgnoredLine,
  ImportedText,
  InitiativeDraft,
  KeyResultDraft,
  LineRole,
  ObjectiveDraft,
  UnreadCode,
  UnreadLine,
} from './types.ts';
import { unreadWords } from './words.ts';

type OpenObjective = Omit<ObjectiveDraft, 'keyResults' | 'initiatives'> & {
  keyResults: KeyResultDraft[];
  initiatives: InitiativeDraft[];
};
type Span = { line: number; lastLine: number };

const order: readonly LineRole[] = ['objective', 'key_result', 'initiative', 'not_understood', 'ignored'];

const stageWords: readonly [Stage, RegExp][] = [
  ['discovery', /discovery|探索|发现|验证|问题|hypothes/i],
  ['acquisition', /acquisition|awareness|获取|获客|拉新/i],
  ['activation', /activation|onboarding|激活|注册/i],
  ['retention', /retention|churn|留存|保留|流失/i],
  ['referral', /referral|推荐|传播|裂变/i],
  ['revenue', /revenue|monetization|monetisation|收入|变现|营收|商业化/i],
  ['engagement', /engagement|参与度?|活跃|互动/i],
  ['satisfaction', /satisf|happiness|delight|满意/i],
  ['delivery', /delivery|quality|质量|交付|开发|研发/i],
  ['people', /team|people|culture|learning|团队|员工|学习|文化/i],
  ['community', /community|社区|品牌/i],
];

/** Gathers what the lines hold, and what became of each of them. */
export type Collector = {
  readonly current: OpenObjective | null;
  open(title: string, label: string | null, phase: string | null, span: Span): void;
  close(): void;
  keyResult(draft: KeyResultDraft): void;
  initiative(text: string, span: Span): void;
  unread(text: string, why: UnreadCode, span: Span): void;
  ignore(as: IgnoredLine['as'], text: string, span: Span): void;
  finish(nonBlank: readonly { line: number; text: string }[]): ImportedText;
};

export function collector(): Collector {
  const objectives: OpenObjective[] = [];
  const keyResults: KeyResultDraft[] = [];
  const initiatives: InitiativeDraft[] = [];
  const notUnderstood: UnreadLine[] = [];
  const ignored: IgnoredLine[] = [];
  const roles = new Map<number, LineRole>();
  let current: OpenObjective | null = null;
  const mark = ({ line, lastLine }: Span, role: LineRole) => {
    for (let at = line; at <= lastLine; at += 1) {
      const known = roles.get(at);
      if (known === undefined || order.indexOf(role) < order.indexOf(known)) roles.set(at, role);
    }
  };
  return {
    get current() {
      return current;
    },
    open(title, label, phase, span) {
      const stage = stageWords.find(([, pattern]) => pattern.test(`${phase ?? ''} ${title}`))?.[0] ?? null;
      current = {
        title,
        label,
        phase,
        stage,
        language: languageOf(title),
        ...span,
        keyResults: [],
        initiatives: [],
      };
      objectives.push(current);
      mark(span, 'objective');
    },
    close() {
      current = null;
    },
    keyResult(draft) {
      (current?.keyResults ?? keyResults).push(draft);
      mark(draft, 'key_result');
    },
    initiative(text, span) {
      (current?.initiatives ?? initiatives).push({ text, language: languageOf(text), ...span });
      mark(span, 'initiative');
    },
    unread(text, why, span) {
      notUnderstood.push({ line: span.line, text, why, reason: unreadWords[why] });
      mark(span, 'not_understood');
    },
    ignore(as, text, span) {
      ignored.push({ line: span.line, text, as });
      mark(span, 'ignored');
    },
    finish(nonBlank) {
      const lines = nonBlank.map(({ line }) => ({ line, as: roles.get(line) ?? 'ignored' }));
      const texts = new Map(nonBlank.map(({ line, text }) => [line, text]));
      // A line that holds more than what was ignored is not counted as ignored, and every other one is, once.
      const known = new Map(ignored.map((one) => [one.line, one]));
      const left = lines
        .filter(({ as }) => as === 'ignored')
        .map(
          ({ line }): IgnoredLine => known.get(line) ?? { line, text: texts.get(line) ?? '', as: 'prose' },
        );
      return { refused: null, objectives, keyResults, initiatives, notUnderstood, ignored: left, lines };
    },
  };
}
