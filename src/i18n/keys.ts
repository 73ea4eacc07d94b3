import type { en } from './en.ts';

/** The name of a message. The English catalogue defines them. */
export type MessageKey = keyof typeof en;

/** The languages that every face speaks. */
export type Lang = 'en' | 'zh-CN';
export const langs: readonly Lang[] = ['en', 'zh-CN'];
