import type { AlertMessage, AlertMessageType } from './message.ts';
import type { Lang, NumberWriter } from './numbers.ts';
import { en } from './texts-en.ts';
import { zhCn } from './texts-zh-cn.ts';

/** The sentences of one language. Whole sentences, so that each language may order its words. */
export type Texts = {
  /** What changed. */
  headline: Record<AlertMessageType, (title: string) => string>;
  sandboxTag: string;
  sandboxNote: string;
  objective: (title: string) => string;
  values: (numbers: AlertMessage['numbers'], write: NumberWriter) => string;
  progress: (numbers: AlertMessage['numbers'], write: NumberWriter) => string;
  dataAge: (dataThroughDay: string, fetchedAt: string | null) => string;
  noData: string;
  why: (reason: string) => string;
  rule: (rule: string) => string;
  owner: (owner: string) => string;
  noOwner: string;
  /** What to do, by the code of the reason; a code without an entry gets the one of the message's type. */
  todoByReason: Record<string, string>;
  todo: Record<AlertMessageType, string>;
  open: string;
  stop: Record<AlertMessageType, string>;
};

export const texts: Record<Lang, Texts> = { en, 'zh-CN': zhCn };
