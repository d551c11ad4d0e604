/** What the group sells; also the first part of a ticket type's code. */
export const UTILITIES = ['water', 'heat', 'gas', 'power'] as const;
export type Utility = (typeof UTILITIES)[number];
