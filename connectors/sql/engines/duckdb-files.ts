import { lstat, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ownersError } from './failure.ts';

/** The files of a connection's folder, as tables: `orders.csv` is `orders`, and so is a folder `orders` of Parquet files. */

export type FileTable = { name: string; kind: 'csv' | 'parquet'; files: string[] };
export type Folder = { root: string; tables: FileTable[]; passedOver: string[] };

const KINDS: Readonly<Record<string, FileTable['kind']>> = {
  '.csv': 'csv',
  '.csv.gz': 'csv',
  '.tsv': 'csv',
  '.parquet': 'parquet',
};
const FILE = /^(?<name>[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,100}?)(?<end>\.csv\.gz|\.csv|\.tsv|\.parquet)$/iu;
const MOST_FILES = 5_000;

/**
 * Links are passed over: what they lead to may lie anywhere.
 *
 * @param opened the folder that the operator has opened; null: none
 * @throws ConnectorError in the words of the owner
 */
export async function filesIn(opened: string | null, folder: string): Promise<Folder> {
  if (opened === null || !isAbsolute(opened)) {
    const hint = 'Let whoever runs Tidemark open a folder: TIDEMARK_SQL_FILES=/srv/exports';
    throw ownersError('config', 'no_folder', 'No folder of files is open here.', hint);
  }
  const root = await inside(opened, folder);
  const tables = new Map<string, FileTable>();
  const passedOver: string[] = [];
  let count = 0;
  const add = (name: string, kind: FileTable['kind'], file: string): void => {
    count += 1;
    if (count > MOST_FILES)
      throw ownersError(
        'too_large',
        'many_files',
        `The folder "${folder}" has more than ${MOST_FILES} files.`,
        'Put them together, or into folders of their own.',
      );
    const known = tables.get(name.toLowerCase());
    if (known === undefined) tables.set(name.toLowerCase(), { name, kind, files: [file] });
    else if (known.kind === kind) known.files.push(file);
    else passedOver.push(file.slice(root.length + 1));
  };
  for (const entry of await entriesOf(root)) {
    const path = join(root, entry.name);
    const { end, name } = FILE.exec(entry.name)?.groups ?? {};
    if (entry.isFile() && name !== undefined && end !== undefined)
      add(name, KINDS[end.toLowerCase()] ?? 'csv', path);
    else if (entry.isDirectory() && /^[\p{L}\p{N}_-]{1,100}$/u.test(entry.name)) {
      for (const part of await entriesOf(path)) {
        const kind = KINDS[FILE.exec(part.name)?.groups?.['end']?.toLowerCase() ?? ''];
        if (part.isFile() && kind !== undefined) add(entry.name, kind, join(path, part.name));
      }
    } else passedOver.push(entry.name);
  }
  return { root, tables: [...tables.values()], passedOver };
}

const entriesOf = async (path: string) =>
  (await readdir(path, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** @returns the folder's own path, when every step on the way to it lies below the opened one */
async function inside(opened: string, folder: string): Promise<string> {
  try {
    let at = await realpath(opened);
    for (const step of folder.split('/').filter((part) => part !== '')) {
      at = join(at, step);
      if (step === '.' || step === '..' || !(await lstat(at)).isDirectory())
        throw new TypeError('not a folder');
    }
    return at;
  } catch (cause) {
    const what = `There is no folder "${folder}" below the one that the operator has opened.`;
    throw ownersError(
      'config',
      'no_folder',
      what,
      'Correct the setting "folder"; a link to a folder elsewhere is not followed.',
      cause,
    );
  }
}
