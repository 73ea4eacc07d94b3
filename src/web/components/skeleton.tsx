import { useLanguage } from '../language.tsx';

/** Stands where text will be, as high as the text. */
export function Bone({ className }: { className: string }) {
  return <span aria-hidden="true" className={`bone block ${className}`} />;
}

/** Tells a screen reader what the grey shapes tell the eye. */
export function LoadingWord() {
  const { t } = useLanguage();
  return (
    <span role="status" className="sr-only">
      {t('state.loading')}
    </span>
  );
}
