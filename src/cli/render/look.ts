import type { Lang } from '../settings.ts';

/** How an answer should be drawn. `columns` null: not a terminal, so nothing is cut or wrapped. */
export type Look = {
  columns: number | null;
  color: boolean;
  /** Draw with ASCII only; titles stay as they were written. */
  ascii: boolean;
  lang: Lang;
  verbose: boolean;
  /** Ages are counted back from here: the database clock where the answer carries it. */
  now: Date;
};

const asciiSigns: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '·': '-',
  '…': '...',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
  '÷': '/',
  '✓': '+',
  '✗': 'x',
};

/** The same text for a locale without UTF-8, as far as our own signs go. */
export function plain(text: string, look: Pick<Look, 'ascii'>): string {
  return look.ascii ? text.replace(/[’‘“”–—−·…→≥≤×÷✓✗]/g, (sign) => asciiSigns[sign] ?? sign) : text;
}
