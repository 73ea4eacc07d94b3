export { appStore } from './app-store.ts';
export { chartmogul } from './chartmogul.ts';
export { codecov } from './codecov.ts';
export { paddle } from './paddle.ts';
export { prometheus } from './prometheus.ts';
export { revenuecat } from './revenuecat.ts';
export { shopify } from './shopify.ts';
export { sonarqube } from './sonarqube.ts';
