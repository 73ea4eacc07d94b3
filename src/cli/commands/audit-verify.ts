import { verifyAudit } from '../../wiring/verify-audit.ts';
import { type Context, print, printJson } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withOperator } from '../operator.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';

/** `tidemark audit verify`: whether the record of changes is what was written. */
export async function auditVerifyCommand(context: Context): Promise<number> {
  const verdict = await withOperator(context, verifyAudit);
  const { say } = voiceOf(lookOf(context));
  if (context.settings.json) printJson(context, verdict);
  else {
    for (const { at, id, why, workspaceId } of verdict.broken)
      print(
        context,
        say(why === 'changed' ? 'audit.changed' : 'audit.not_linked', { id, at, workspace: workspaceId }),
      );
    if (verdict.broken.length === 0) print(context, say('audit.whole', { count: verdict.records }));
    if (verdict.linkedOnly > 0) print(context, say('audit.linked_only', { count: verdict.linkedOnly }));
  }
  return verdict.broken.length === 0 ? exitCodes.done : exitCodes.failed;
}
