import { Link } from '@tanstack/react-router';
import { ExportPanel } from '../components/settings/export-panel.tsx';
import { ImportPanel } from '../components/settings/import-panel.tsx';
import { SettingsPage } from '../components/settings/settings-page.tsx';
import { LinesSkeleton } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';

/** Moving in and moving out. */
export function DataPage() {
  const { t } = useLanguage();
  const { mayAdmin, mayEdit, me } = useMe();
  return (
    <SettingsPage
      title="web.settings.data"
      about={t('web.data.about')}
      actions={
        mayEdit ? (
          <Link to="/new" className="button">
            {t('web.nav.add')}
          </Link>
        ) : undefined
      }
    >
      {me === null ? (
        <LinesSkeleton />
      ) : (
        <>
          {mayEdit ? <ImportPanel /> : <MayNot text={t('web.import.may_not')} />}
          {mayAdmin ? <ExportPanel /> : <MayNot text={t('web.export.may_not')} />}
        </>
      )}
    </SettingsPage>
  );
}

function MayNot({ text }: { text: string }) {
  return <p className="card max-w-3xl leading-relaxed text-muted">{text}</p>;
}
