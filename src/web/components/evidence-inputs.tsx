import type { Explanation } from '../../api/contract.ts';
import { noValueText } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { EvidencePoints } from './evidence-points.tsx';

type Inputs = Explanation['inputs'];

/** A formula is not the end of the walk: what each of its metrics was on the day, and behind that its own points. */
export function EvidenceInputs({ inputs, asOfDay }: { inputs: Inputs; asOfDay: string | null }) {
  const { t, format } = useLanguage();
  return (
    <>
      <h3 className="step">
        {asOfDay === null ? t('definition.inputs') : t('web.inputs_on', { day: format.day(asOfDay) })}
      </h3>
      {inputs.map((input) => (
        <details key={input.name} className="run">
          <summary>
            <code className="font-mono text-xs">{input.name}</code>
            <span className="min-w-0 break-words text-muted">{input.metric.title}</span>
            <span className="ml-auto font-medium tabular-nums">
              <ValueOn input={input} day={asOfDay} />
            </span>
          </summary>
          <div className="border-t border-line p-3.5">
            {input.points.length === 0 ? (
              <p className="text-muted">{t('label.no_value')}</p>
            ) : (
              <EvidencePoints points={input.points} measure={input} />
            )}
          </div>
        </details>
      ))}
    </>
  );
}

/** Its value on the day; a formula may also use an older one, which then is in its points. */
function ValueOn({ input, day }: { input: Inputs[number]; day: string | null }) {
  const { t, format } = useLanguage();
  const point = day === null ? input.points[0] : input.points.find((each) => each.day === day);
  if (point === undefined || point.value === null) return noValueText(t, format, point?.reason ?? null);
  return format.decimal(point.value, input);
}
