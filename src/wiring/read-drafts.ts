import { draftsView } from '../api/views-import.ts';
import { AppError } from '../app/errors.ts';
import { draftsOfText } from '../app/import-text.ts';

export type ReadAlone =
  | { ok: true; drafts: ReturnType<typeof draftsView> }
  | { ok: false; message: string; fix: string };

/** Drafts of a text where there is no workspace yet: reading needs no database. */
export function readDraftsAlone(text: string): ReadAlone {
  try {
    return { ok: true, drafts: draftsView(draftsOfText(text, null)) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message, fix: error.fix };
    throw error;
  }
}
