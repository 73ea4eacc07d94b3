import { firstZhCn } from './first-zh-cn.ts';
import type { MessageKey } from './keys.ts';
import { laterZhCn } from './later-zh-cn.ts';

/** The Simplified Chinese messages. Same keys and same arguments as the English ones. */
export const zhCn: Record<MessageKey, string> = { ...firstZhCn, ...laterZhCn };
