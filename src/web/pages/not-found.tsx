import { Link } from '@tanstack/react-router';
import { Notice } from '../components/notices.tsx';
import { useLanguage } from '../language.tsx';

export function NotFoundPage() {
  const { t } = useLanguage();
  return (
    <Notice title={t('state.not_found')}>
      <p>
        <Link to="/" className="link">
          {t('page.back_to_board')}
        </Link>
      </p>
    </Notice>
  );
}
