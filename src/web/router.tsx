import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { boardSearch, keyResultSearch, wordsOnly } from './board-search.ts';
import { AppShell } from './components/app-shell.tsx';
import { PageError } from './components/page-error.tsx';
import { laterWords } from './language.tsx';
import { BoardPage } from './pages/board.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { SignInPage } from './pages/sign-in.tsx';

/** A page that is loaded when somebody goes there, together with its words. */
function later<Page extends Record<string, unknown>, Name extends keyof Page>(
  load: () => Promise<Page>,
  name: Name,
) {
  return lazyRouteComponent<Page, Name>(async () => {
    const [page] = await Promise.all([load(), laterWords()]);
    return page;
  }, name);
}

const rootRoute = createRootRoute({ component: AppShell, notFoundComponent: NotFoundPage });

const boardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: boardSearch,
  component: BoardPage,
});

/** Loaded when somebody points at a row: the board does not need the chart. */
const keyResultRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/key-results/$key',
  validateSearch: keyResultSearch,
  component: later(() => import('./pages/key-result.tsx'), 'KeyResultPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: SignInPage,
});

/** Once in an account's life: not loaded with the board. */
const setPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-password',
  component: later(() => import('./pages/set-password.tsx'), 'SetPasswordPage'),
});

/** The other pages, each loaded when somebody goes there. */
const newKeyResultsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/new-key-results.tsx'), 'NewKeyResultsPage'),
});

const bindRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/key-results/$key/bind',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/bind.tsx'), 'BindPage'),
});

const connectionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connections',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/connections.tsx'), 'ConnectionsPage'),
});

const newConnectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connections/new',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/new-connection.tsx'), 'NewConnectionPage'),
});

const connectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connections/$key',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/connection.tsx'), 'ConnectionPage'),
});

const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/alerts.tsx'), 'AlertsPage'),
});

const alertRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts/$id',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/alert.tsx'), 'AlertPage'),
});

const alertRulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts/rules',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/alert-rules.tsx'), 'AlertRulesPage'),
});

const channelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts/channels',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/channels.tsx'), 'ChannelsPage'),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts/deliveries',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/deliveries.tsx'), 'DeliveriesPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/settings.tsx'), 'WorkspacePage'),
});

const membersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/members',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/members.tsx'), 'MembersPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/account',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/account.tsx'), 'AccountPage'),
});

const auditLogRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/audit-log',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/audit-log.tsx'), 'AuditLogPage'),
});

const cyclesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/cycles',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/cycles.tsx'), 'CyclesPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/data',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/data.tsx'), 'DataPage'),
});

const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues/$',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/queues.tsx'), 'QueuesPage'),
});

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  validateSearch: wordsOnly,
  component: later(() => import('./pages/welcome.tsx'), 'WelcomePage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    boardRoute,
    keyResultRoute,
    signInRoute,
    setPasswordRoute,
    newKeyResultsRoute,
    bindRoute,
    connectionsRoute,
    newConnectionRoute,
    connectionRoute,
    alertsRoute,
    alertRoute,
    alertRulesRoute,
    channelsRoute,
    deliveriesRoute,
    settingsRoute,
    membersRoute,
    accountRoute,
    auditLogRoute,
    cyclesRoute,
    dataRoute,
    queuesRoute,
    welcomeRoute,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
