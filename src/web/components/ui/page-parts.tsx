import type { UseQueryResult } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { ApiError } from '../../api.ts';
import { useServerNow } from '../../clock.ts';
import { useLanguage } from '../../language.tsx';
import { agoOf } from '../../words.ts';
import { isSignedOut, Notice, ProblemNotice, RefreshTrouble } from '../notices.tsx';
import { SignedOut } from '../sign-in-form.tsx';
import { Bone, LoadingWord } from '../skeleton.tsx';

/** The name of a page, what it is for, and what can be done on it; the name stands in the window's title too. */
export function PageHead(props: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  back?: ReactNode;
}) {
  const { t } = useLanguage();
  const { title } = props;
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <div className="mb-5">
      {props.back}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
          {props.children === undefined ? null : (
            <div className="mt-1 max-w-2xl text-[14px] leading-relaxed text-muted">{props.children}</div>
          )}
        </div>
        {props.actions === undefined ? null : <div className="flex flex-wrap gap-2">{props.actions}</div>}
      </div>
    </div>
  );
}

/** Parts of one page as links side by side; each is an address of its own. */
export function Tabs(props: {
  label: string;
  tabs: readonly { to: NonNullable<LinkProps['to']>; label: string }[];
}) {
  return (
    <nav aria-label={props.label} className="tabs mb-5">
      {props.tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} className="tab" activeOptions={{ exact: true, includeSearch: false }}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}

/** Nothing is here yet: what will be, and the one thing to do about it. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <section className="rounded-xl border border-dashed border-line-strong px-6 py-10 text-center">
      <h2 className="font-semibold">{props.title}</h2>
      {props.children === undefined ? null : (
        <div className="mx-auto mt-1.5 max-w-lg leading-relaxed text-muted">{props.children}</div>
      )}
      {props.action === undefined ? null : (
        <div className="mt-4 flex justify-center gap-2">{props.action}</div>
      )}
    </section>
  );
}

/** A few lines as high as what will stand here. */
export function LinesSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className="rounded-xl border border-line bg-surface p-5">
      <LoadingWord />
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="flex items-center gap-4 py-2.5">
          <Bone className="h-4 w-1/3" />
          <Bone className="h-4 w-1/5" />
          <Bone className="ml-auto h-4 w-16" />
        </div>
      ))}
    </div>
  );
}

/**
 * What was asked of the server, in whatever state it is: on its way, refused, not allowed, or here. What came once stays
 * with its age when it cannot be read again. `inside`: as a part of a page that stands.
 */
export function Asked<Data>(props: {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
  skeleton?: ReactNode;
  inside?: boolean;
}) {
  const { t } = useLanguage();
  const now = useServerNow();
  const { data, dataUpdatedAt, error, refetch } = props.query;
  if (isSignedOut(error)) return <SignedOut />;
  if (data === undefined) {
    if (error === null) return props.skeleton ?? <LinesSkeleton />;
    if (error instanceof ApiError && error.status === 403)
      return (
        <Notice title={t('web.no_permission')} {...(props.inside === true ? { inside: true } : {})}>
          <p>{error.detail}</p>
          {error.fix === '' ? null : <p>{error.fix}</p>}
        </Notice>
      );
    return (
      <ProblemNotice
        error={error}
        onRetry={() => void refetch()}
        {...(props.inside === true ? { inside: true } : {})}
      />
    );
  }
  return (
    <>
      {error === null ? null : (
        <RefreshTrouble error={error} ago={agoOf(t, new Date(dataUpdatedAt).toISOString(), now) ?? ''} />
      )}
      {props.children(data)}
    </>
  );
}
