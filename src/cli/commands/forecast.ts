import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatValue, percent } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showFields } from '../show.ts';

/** `tidemark kr forecast KEY`: the chance of making it, the range, and what they are made from. */
export async function krForecastCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const outlook = await client.call('getForecast', { params: { id: key } });
    if (context.settings.json) {
      printJson(context, outlook);
      return exitCodes.done;
    }
    const look = lookOf(context);
    const { say } = voiceOf(look);
    const { chance, forecast, noForecast } = outlook;
    if (forecast === null) {
      const why = say(`forecast.why_${noForecast ?? 'not_evaluated'}`);
      print(context, say('forecast.none', { key: outlook.keyResultKey, why }));
      return exitCodes.done;
    }
    const written = (value: number | null) => {
      if (value === null) return null;
      return forecast.of === 'share' ? percent(value, look) : formatValue(value, outlook, look);
    };
    const { from, observations, step, through } = forecast.inputs;
    const each = say(`forecast.step_${step}`);
    showFields(context, [
      [say('forecast.chance'), chance === null ? null : percent(chance.smoothed, look)],
      [
        say('forecast.range'),
        `${written(forecast.p10)} – ${written(forecast.p90)} (${forecast.deadlineDay})`,
      ],
      [say('forecast.needed', { step: each }), written(forecast.needed)],
      [say('forecast.recent', { step: each }), written(forecast.recent)],
      [say('forecast.made'), say('forecast.made_of', { observations, from, through })],
    ]);
    return exitCodes.done;
  });
}
