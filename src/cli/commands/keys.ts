import { type KeysState, keysState, turnKeys } from '../../wiring/turn-keys.ts';
import { type Context, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withOperator } from '../operator.ts';
import { renderTable } from '../render/table.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';

/** `tidemark keys status`: how many data keys and secrets are under each key. */
export async function keysStatusCommand(context: Context): Promise<number> {
  const state = await withOperator(context, keysState);
  if (context.settings.json) printJson(context, state);
  else showState(context, state);
  return exitCodes.done;
}

/** `tidemark keys rotate [--master]`: new keys, and everything moved under them. */
export async function keysRotateCommand(context: Context, isMaster: boolean): Promise<number> {
  const { file, turned } = await withOperator(context, async (services) => ({
    file: `${services.config.dataDir}/master.key`,
    turned: await turnKeys(services, isMaster, context.io.interrupted),
  }));
  const { say } = voiceOf(lookOf(context));
  if (context.settings.json) printJson(context, turned);
  else {
    if (turned.newMasterKid !== null)
      print(context, say('keys.made_master', { kid: turned.newMasterKid, file }));
    print(context, say('keys.made', { count: turned.newDataKeys }));
    const { dataKeysMoved: dataKeys, dataKeysRetired: retired, secretsMoved: secrets } = turned;
    print(context, say('keys.moved', { dataKeys, secrets, retired }));
    if (turned.removedMasterKids.length > 0)
      print(context, say('keys.removed', { file, kids: turned.removedMasterKids.join(', ') }));
  }
  if (turned.unreadable.length === 0) return exitCodes.done;
  context.io.stderr.write(`${say('keys.unreadable', { ids: turned.unreadable.join(', ') })}\n`);
  return exitCodes.failed;
}

function showState(context: Context, { dataKeys, masterKeys }: KeysState): void {
  const { ascii, columns } = lookOf(context);
  const { say } = voiceOf(lookOf(context));
  const stateOf = (key: KeysState['masterKeys'][number]): string => {
    if (key.mayBeRemoved) return say('keys.removable');
    if (!key.isAtHand) return say('keys.missing');
    return key.isNewest ? say('keys.newest') : say('keys.reads');
  };
  const masterRows = masterKeys.map((key) => [key.kid, String(key.dataKeys), stateOf(key)]);
  const titles = (...names: string[]) => names.map((title, at) => ({ title, priority: 9 - at }));
  const master = titles(say('keys.master'), say('keys.data_keys'), say('keys.state'));
  print(context, renderTable(master, masterRows, { columns, ascii, paintHeader: (text) => text }));
  if (dataKeys.length === 0) return print(context, say('keys.none'));
  const dataRows = dataKeys.map((key) => {
    const state = key.isRetired ? 'keys.retired' : key.isNewest ? 'keys.newest' : 'keys.reads';
    return [key.kid, key.workspaceId, key.masterKid, String(key.secrets), say(state)];
  });
  const names = [
    say('keys.data'),
    say('keys.workspace'),
    say('keys.master'),
    say('keys.secrets'),
    say('keys.state'),
  ];
  print(context, '');
  print(context, renderTable(titles(...names), dataRows, { columns, ascii, paintHeader: (text) => text }));
  const newest = masterKeys.find((key) => key.isNewest)?.kid;
  const left = {
    dataKeys: dataKeys.filter((key) => key.masterKid !== newest).length,
    secrets: dataKeys.filter((key) => !key.isNewest).reduce((sum, key) => sum + key.secrets, 0),
  };
  print(context, left.dataKeys + left.secrets === 0 ? say('keys.settled') : say('keys.left', left));
}
