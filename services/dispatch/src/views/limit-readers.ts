/** Who may read limits and escalations of their own units. */
export const LIMIT_READERS = [
  'call-taker',
  'window-clerk',
  'dispatcher',
  'crew',
  'supervisor',
  'duty-leader',
  'supervision-office',
  'quality-inspector',
  'analyst',
  'auditor',
] as const;
