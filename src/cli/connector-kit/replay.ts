import { join } from 'node:path';
import { parseRecording, RECORDING_FILE } from '../../../connectors/sdk/recording.ts';
import { differingDays, replayReading } from '../../../connectors/sdk/replay.ts';
import { CliError } from '../cli-error.ts';
import { type Context, hint, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readText } from '../read-file.ts';
import { connectorNamed } from './connector-named.ts';
import { showPoints } from './points.ts';
import { told } from './record.ts';
import { kitWords } from './words.ts';

/** `tidemark connector replay FOLDER`: reads a recording again, offline, and holds its points against those of then. */
export async function connectorReplayCommand(context: Context, folder: string): Promise<number> {
  const file = join(folder, RECORDING_FILE);
  const text = await readText(context.io, file);
  try {
    const recording = parseRecording(text);
    const connector = connectorNamed(recording.connector);
    const { account, reading } = await replayReading(connector, recording);
    const different = differingDays(recording, reading);
    if (context.settings.json) printJson(context, { account, points: reading.points, different });
    else {
      print(context, account);
      showPoints(context, reading.points);
    }
    const words = kitWords(context.settings.lang);
    if (different.length > 0) {
      const { message, next } = words.different(different);
      throw new CliError(message, { next });
    }
    hint(context, words.same(recording.exchanges.length));
    return exitCodes.done;
  } catch (error) {
    throw told(error);
  }
}
