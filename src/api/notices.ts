import type { Notice } from '../app/account-notices.ts';
import { noticeText, translator } from '../i18n/index.ts';

const english = translator('en');

/** Notices with their English sentence; faces that speak another language have the code and its values. */
export function noticesView(notices: readonly Notice[]) {
  return notices.map(({ code, values }) => ({ code, values, text: noticeText(english, { code, values }) }));
}
