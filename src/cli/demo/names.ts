/** Below the folder that the demo opens for queries. */
export const WAREHOUSE = 'warehouse';
