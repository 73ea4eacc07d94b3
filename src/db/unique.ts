import { alreadyExists } from '../app/errors.ts';

/** Turns the unique key's refusal (P2002) into the sentence that names the thing. */
export async function unlessTaken<T>(what: string, key: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if ((error as { code?: string }).code === 'P2002') throw alreadyExists(what, key);
    throw error;
  }
}
