import { titleIn } from '../../i18n/index.ts';
import { parseAmount } from '../amounts.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { percent } from '../render/format.ts';
import { paintOf } from '../render/paint.ts';
import { renderTable } from '../render/table.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';
import { changedTitles } from '../titles-in.ts';
import { wordsOf } from '../words.ts';

export type ObjectiveSetOptions = {
  title?: string;
  titleIn?: string[];
  parent?: string;
  owner?: string;
  stage?: string;
  phase?: string;
  weight?: string;
  description?: string;
};

/** `tidemark objective set KEY`: changes what is given. */
export async function objectiveSetCommand(
  context: Context,
  key: string,
  { parent, titleIn: named, weight, ...options }: ObjectiveSetOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const titles = await changedTitles(named, () => client.call('getObjective', { params: { id: key } }));
    const answer = await client.call('updateObjective', {
      params: { id: key },
      body: {
        ...options,
        ...titles,
        ...(parent === undefined ? {} : { parent: parent === 'none' ? null : parent }),
        ...(weight === undefined ? {} : { weight: parseAmount(weight, '--weight') }),
      },
    });
    showCreated(
      context,
      answer,
      `Objective ${answer.key} is changed. Next: tidemark objective show ${answer.key}`,
    );
    return exitCodes.done;
  });
}

/** `tidemark objective show KEY`: its progress, what each part counts, and the rule. */
export async function objectiveShowCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const objective = await client.call('getObjective', { params: { id: key } });
    if (context.settings.json) {
      printJson(context, objective);
      return exitCodes.done;
    }
    const look = lookOf(context);
    const { say } = voiceOf(look);
    const words = wordsOf(look.lang);
    const { bold, dim } = paintOf(look.color);
    print(context, `${bold(oneLine(titleIn(look.lang, objective)))}  ${percent(objective.progress, look)}`);
    const labels = [
      objective.stage === null ? null : say(`stage.${objective.stage as 'revenue'}`), // the API refuses other words
      objective.phase === null ? null : say(`phase.${objective.phase as 'growth'}`),
      objective.owner,
    ].filter((label) => label !== null);
    if (labels.length > 0) print(context, dim(labels.map(oneLine).join(' · ')));
    if (objective.items.length === 0) return exitCodes.done;
    print(
      context,
      renderTable(
        [
          { title: words.key, priority: 9 },
          { title: words.title, priority: 6, minWidth: 14 },
          { title: words.weight, priority: 7, align: 'right' },
          { title: say('column.progress'), priority: 8, align: 'right' },
          { title: words.counts, priority: 7, align: 'right' },
        ],
        objective.items.map((item) => [
          item.key,
          titleIn(look.lang, item),
          String(item.weight),
          percent(item.progress, look),
          percent(item.counted, look),
        ]),
        { columns: look.columns, ascii: look.ascii, paintHeader: dim },
      ),
    );
    if (objective.formula !== '') print(context, objective.formula);
    print(context, dim(say('roll_up.rule')));
    if (objective.coverage < 1)
      print(context, dim(say('roll_up.coverage', { share: percent(objective.coverage, look) })));
    return exitCodes.done;
  });
}
