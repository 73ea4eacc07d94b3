import type { ReactNode } from 'react';
import { ApiError } from '../api.ts';
import { useLanguage } from '../language.tsx';

/** A page's whole content when there is nothing else to show: what this is, and the one thing to type. */
export function Notice(props: {
  title: string;
  children?: ReactNode;
  command?: string;
  /** Below a page's own heading. */
  inside?: boolean;
}) {
  const { title, children, command } = props;
  const Heading = props.inside === true ? 'h2' : 'h1';
  return (
    <section className="mx-auto mt-12 max-w-xl rounded-xl border border-line bg-surface p-6 sm:p-8">
      <Heading className="text-lg font-semibold text-balance">{title}</Heading>
      {children === undefined ? null : (
        <div className="mt-2 space-y-2 leading-relaxed text-muted">{children}</div>
      )}
      {command === undefined ? null : <Command text={command} />}
    </section>
  );
}

export function Command({ text }: { text: string }) {
  return (
    <pre className="mt-4 rounded-lg border border-line bg-sunken px-3.5 py-2.5 font-mono text-[13px] break-words whitespace-pre-wrap">
      <code>{text}</code>
    </pre>
  );
}

/** What went wrong, what to do, and what to quote when asking for help. `inside`: as a part of a page that stands. */
export function ProblemNotice(props: { error: unknown; onRetry: () => void; inside?: boolean }) {
  const { t } = useLanguage();
  const { detail, fix, requestId } = useProblem(props.error);
  const Heading = props.inside === true ? 'h3' : 'h1';
  const frame = 'mx-auto mt-12 max-w-xl rounded-xl border border-line bg-surface p-6 sm:p-8';
  return (
    <section role="alert" className={props.inside === true ? 'mt-3' : frame}>
      <Heading className={props.inside === true ? 'font-medium' : 'text-lg font-semibold'}>
        {t('web.problem.title')}
      </Heading>
      <p className="mt-2 leading-relaxed break-words">{detail}</p>
      {fix === '' ? null : <p className="mt-2 leading-relaxed break-words text-muted">{fix}</p>}
      <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <button type="button" onClick={props.onRetry} className="button">
          {t('state.retry')}
        </button>
        {requestId === null ? null : (
          <span className="text-[13px] text-muted">
            {t('evidence.request_id')}: <code className="font-mono select-all">{requestId}</code>
          </span>
        )}
      </div>
    </section>
  );
}

/** The page shows what it read before; this says that reading it again did not work. */
export function RefreshTrouble({ error, ago }: { error: unknown; ago: string }) {
  const { t } = useLanguage();
  const { detail, fix, requestId } = useProblem(error);
  return (
    <p
      role="status"
      className="mb-4 rounded-lg bg-warn-soft px-3.5 py-2 text-[13px] leading-relaxed text-warn"
    >
      {t('web.problem.showing_old', { ago })} {detail} {fix}
      {requestId === null ? null : (
        <>
          {' '}
          <code className="font-mono select-all">{requestId}</code>
        </>
      )}
    </p>
  );
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function useProblem(error: unknown): { detail: string; fix: string; requestId: string | null } {
  const { t } = useLanguage();
  if (!(error instanceof ApiError)) return { detail: String(error), fix: '', requestId: null };
  if (error.status === 0)
    return { detail: t('state.server_unreachable'), fix: t('web.problem.unreachable_fix'), requestId: null };
  return error;
}
