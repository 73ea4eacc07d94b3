import { noticeText } from '../../../i18n/index.ts';
import type { BindingPreview } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';

/** What stands in the way, what to look at twice, and what the account says. */
export function Remarks({ preview }: { preview: BindingPreview }) {
  const { t } = useLanguage();
  const { problems, sameWindow, warnings } = preview;
  const known = ['unit_changes', 'history_from_now', 'no_values', 'all_zero'] as const;
  const said = [
    // Of what is brought, the way to bring it is shown below.
    ...problems
      .filter(({ code }) => code !== 'no_values' || preview.metric.connectionKey !== null)
      .map(({ code, detail }) => {
        const word = known.find((each) => each === code);
        return {
          key: code,
          bad: word === undefined,
          text: word === undefined ? detail : t(`web.binding.remark.${word}`),
        };
      }),
    ...(sameWindow ? [] : [{ key: 'window', bad: false, text: t('web.binding.remark.other_window') }]),
    ...warnings.map((warning) => ({
      key: warning.text,
      bad: false,
      text: noticeText(t, warning),
    })),
  ];
  if (said.length === 0) return null;
  return (
    <ul className="mb-5 space-y-2">
      {said.map(({ bad, key, text }) => (
        <li
          key={key}
          role={bad ? 'alert' : undefined}
          className={`rounded-lg px-3.5 py-2 text-[14px] leading-relaxed ${bad ? 'bg-bad-soft text-bad' : 'bg-warn-soft text-warn'}`}
        >
          {text}
        </li>
      ))}
    </ul>
  );
}
