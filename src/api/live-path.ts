/** What happens, as it happens: server-sent events. */
export const LIVE_PATH = '/api/v1/events';
