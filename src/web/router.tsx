import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { boardSearch, keyResultSearch } from './board-search.ts';
import { AppShell } from './components/app-shell.tsx';
import { PageError } from './components/page-error.tsx';
import { BoardPage } from './pages/board.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { SignInPage } from './pages/sign-in.tsx';

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
  component: lazyRouteComponent(() => import('./pages/key-result.tsx'), 'KeyResultPage'),
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
  component: lazyRouteComponent(() => import('./pages/set-password.tsx'), 'SetPasswordPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([boardRoute, keyResultRoute, signInRoute, setPasswordRoute]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
