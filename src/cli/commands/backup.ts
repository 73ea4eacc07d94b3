import { backUp } from '../../wiring/backup/back-up.ts';
import { restoreBackup } from '../../wiring/backup/restore.ts';
import { openDatabaseAlone } from '../../wiring/operator.ts';
import { NothingToStartFrom } from '../cli-error.ts';
import { configOrUsage } from '../config-or-usage.ts';
import { type Context, hint, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';

/** `tidemark backup FILE`: database and files of events as of one moment, while everything runs. */
export async function backupCommand(context: Context, file: string): Promise<number> {
  const { io, settings } = context;
  const config = configOrUsage(io.env, { dataDir: settings.dataDir });
  const database = await openDatabaseAlone(config, (line) => io.stderr.write(`${line}\n`));
  if (database === null) {
    throw new NothingToStartFrom(`There is no database in ${config.dataDir} yet`, {
      next: 'Start with `npm start`, or name another folder with --data-dir.',
    });
  }
  try {
    const made = await backUp(config, database.url, file, io.interrupted);
    const { say } = voiceOf(lookOf(context));
    if (settings.json) printJson(context, made);
    else {
      const { bytes, eventFiles, rows, takenAt, tables } = made;
      const size = (bytes / 1024 ** 2).toFixed(1);
      print(context, say('backup.done', { file: made.file, takenAt, tables, rows, eventFiles, size }));
    }
    if (made.masterKids.length > 0) {
      hint(context, say('backup.key_apart', { kids: made.masterKids.join(', ') }));
    }
    return exitCodes.done;
  } finally {
    await database.close();
  }
}

/** `tidemark restore FILE [--replace]`: a backup in the place of what is there, or nothing of it. */
export async function restoreCommand(context: Context, file: string, replace: boolean): Promise<number> {
  const { io, settings } = context;
  const config = configOrUsage(io.env, { dataDir: settings.dataDir });
  const note = (line: string) => io.stderr.write(`${line}\n`);
  const restored = await restoreBackup(config, file, replace, note, io.interrupted);
  if (settings.json) {
    printJson(context, restored);
    return exitCodes.done;
  }
  const { say } = voiceOf(lookOf(context));
  const { eventFiles, rows, takenAt } = restored;
  print(context, say('restore.done', { file: restored.file, takenAt, rows, eventFiles }));
  const {
    messagesHeldBack: messages,
    newsDropped: news,
    runsQueued: runs,
    sessionsEnded: sessions,
  } = restored;
  print(context, say('restore.settled', { messages, news, runs, sessions }));
  hint(context, say('restore.next'));
  return exitCodes.done;
}
