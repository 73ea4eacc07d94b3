import { Link } from '@tanstack/react-router';
import { CycleGate } from '../components/binding/cycle-gate.tsx';
import { FillIn } from '../components/binding/fill-in.tsx';
import { PasteText } from '../components/binding/paste-text.tsx';
import { Notice } from '../components/notices.tsx';
import { PageHead } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { useWords } from '../use-words.ts';

/** The way to Key Results: paste what stands somewhere already, or fill one in. */
export function NewKeyResultsPage() {
  const { t } = useLanguage();
  const { words } = useWords();
  const { me, mayEdit } = useMe();
  const fill = words['way'] === 'fill';
  const { cycle } = words;
  return (
    <div className="mx-auto max-w-4xl">
      <PageHead title={t('web.nav.add')}>{t('web.binding.lead')}</PageHead>
      {me !== null && !mayEdit ? (
        <Notice title={t('web.binding.no_edit')} inside>
          <p>{t('web.binding.no_edit_hint')}</p>
        </Notice>
      ) : (
        <>
          <nav aria-label={t('web.binding.ways')} className="tabs mb-5">
            <WayTab current={!fill} search={{ cycle }} label={t('web.binding.paste')} />
            <WayTab current={fill} search={{ way: 'fill', cycle }} label={t('web.binding.fill_in')} />
          </nav>
          <CycleGate>
            {(chosen) => (fill ? <FillIn key={chosen.key} cycle={chosen} /> : <PasteText cycle={chosen} />)}
          </CycleGate>
        </>
      )}
    </div>
  );
}

/** An address of its own; where one is already, it is only its name. */
function WayTab(props: {
  current: boolean;
  search: { way?: string; cycle: string | undefined };
  label: string;
}) {
  const { current, label, search } = props;
  if (current)
    return (
      <span aria-current="page" className="tab">
        {label}
      </span>
    );
  return (
    <Link to="/new" search={search} className="tab" activeOptions={{ exact: true }}>
      {label}
    </Link>
  );
}
