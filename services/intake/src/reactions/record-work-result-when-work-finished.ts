import { when } from '@shouwen/engine';
import { WorkFinished } from '@shouwen/contracts';
import { RecordWorkResult } from '../ticket/record-work-result.js';

/** One job may serve many tickets: its result is the result of each. */
export const recordWorkResultWhenWorkFinished = when(
  WorkFinished,
  'record-work-result-when-work-finished',
  ({ data: { ticketIds, workOrderId, outcome, signature, by, unit } }) =>
    ticketIds.map((ticketId) =>
      RecordWorkResult.of({ ticketId, workOrderId, outcome, signature, by, unit }),
    ),
);
