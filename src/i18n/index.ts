export { type Lang, langs, type MessageKey } from './keys.ts';
export { noticeText } from './notice-text.ts';
export { pickLang } from './pick-lang.ts';
export { plainFormat } from './plain-format.ts';
export { type ReasonFormat, reasonText } from './reason-text.ts';
export { type MessageValues, type Translate } from './speak.ts';
export { everyTitle, titleIn } from './title-in.ts';
export { translator } from './translator.ts';
export { writeDuration } from './write-duration.ts';
