import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { age } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

/** `tidemark rule list`. */
export async function ruleListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listAlertRules'),
      [
        { title: 'Id', priority: 7 },
        { title: words.kind, priority: 8 },
        { title: say('column.key_result'), priority: 9 },
        { title: words.holds, priority: 6, align: 'right' },
        { title: words.keeps, priority: 6, align: 'right' },
        { title: words.state, priority: 5 },
      ],
      (rule) => [
        rule.id,
        say(`alert.kind.${rule.kind}`),
        rule.keyResultId ?? rule.objectiveId ?? '*',
        String(rule.forEvaluations),
        String(rule.keepFiringEvaluations),
        rule.enabled ? words.active : 'off',
      ],
    );
    return exitCodes.done;
  });
}

/** `tidemark alert list`. */
export async function alertListCommand(context: Context, options: { keyResult?: string }): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    const { keyResult } = options;
    showList(
      context,
      await client.call('listAlerts', { query: keyResult === undefined ? {} : { keyResult } }),
      [
        { title: say('column.key_result'), priority: 9 },
        { title: words.kind, priority: 6 },
        { title: words.state, priority: 8 },
        { title: words.since, priority: 7, align: 'right' },
        { title: 'Id', priority: 3 },
      ],
      (alert, look) => [
        alert.keyResultKey,
        alert.kind === 'off_track' ? say('alert.kind.off_track') : alert.kind,
        say(`alert.${alert.state}`),
        age(alert.since, look),
        alert.id,
      ],
    );
    return exitCodes.done;
  });
}

/** `tidemark delivery list`. */
export async function deliveryListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listDeliveries'),
      [
        { title: 'Id', priority: 4 },
        { title: words.channel, priority: 9 },
        { title: words.kind, priority: 6 },
        { title: words.state, priority: 8 },
        { title: words.attempts, priority: 5, align: 'right' },
        { title: words.since, priority: 7, align: 'right' },
        { title: words.problem, priority: 3, minWidth: 16 },
      ],
      (delivery, look) => [
        delivery.deliveryId,
        delivery.channelKey,
        delivery.kind,
        delivery.status,
        String(delivery.attempts),
        age(delivery.createdAt, look),
        delivery.lastError ?? '',
      ],
    );
    return exitCodes.done;
  });
}
