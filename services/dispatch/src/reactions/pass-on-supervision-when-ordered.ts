import { SupervisionOrdered } from '@shouwen/contracts';
import { when } from '@shouwen/engine';
import { PassOnSupervision } from '../clock/pass-on-supervision.js';

export const passOnSupervisionWhenOrdered = when(
  SupervisionOrdered,
  'pass-on-supervision-when-ordered',
  ({ data: { ticketId, by, unit } }) => [PassOnSupervision.of({ ticketId, by, unit })],
);
