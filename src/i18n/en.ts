import { firstEn } from './first-en.ts';
import { laterEn } from './later-en.ts';

/** The English messages, in ICU syntax. This catalogue defines the keys; every other one must match it. */
export const en = { ...firstEn, ...laterEn };
