import {
  CrewAssigned,
  WorkFinished,
  WorkOrderIssued,
  WorkOrderReassigned,
  WorkOrderReturned,
  WorkOrderWithdrawn,
} from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';

export interface CrewBoardDocument {
  readonly unit: string;
  /** Open jobs that lie here, oldest first. */
  readonly workOrderIds: readonly string[];
  readonly open: number;
  readonly finished: number;
  readonly lastFinishedAt?: string;
}

type Fact =
  | WorkOrderIssued
  | CrewAssigned
  | WorkOrderReassigned
  | WorkOrderReturned
  | WorkFinished
  | WorkOrderWithdrawn;

/** Per unit and crew: how much lies there, and how much was done. */
export const crewBoardView = defineView<CrewBoardDocument, Fact>({
  name: 'crew-board',
  on: [
    WorkOrderIssued,
    CrewAssigned,
    WorkOrderReassigned,
    WorkOrderReturned,
    WorkFinished,
    WorkOrderWithdrawn,
  ],
  id: ({ data }) => [...new Set('from' in data ? [data.from, placeOf(data)] : [data.unit])],
  evolve: (document, event, unit) => {
    const { workOrderId } = event.data;
    const known = document ?? { unit, workOrderIds: [], open: 0, finished: 0 };
    const others = known.workOrderIds.filter((id) => id !== workOrderId);
    switch (event.type) {
      case 'dispatch.work-order-issued':
        return counted(known, [...others, workOrderId]);
      case 'dispatch.crew-assigned':
      case 'dispatch.work-order-reassigned':
      case 'dispatch.work-order-returned':
        return counted(known, placeOf(event.data) === unit ? [...others, workOrderId] : others);
      case 'dispatch.work-finished': {
        const { finishedAt } = event.data;
        const { lastFinishedAt: last = finishedAt } = known;
        const lastFinishedAt = last > finishedAt ? last : finishedAt;
        return { ...counted(known, others), finished: known.finished + 1, lastFinishedAt };
      }
      case 'dispatch.work-order-withdrawn':
        return counted(known, others);
    }
  },
  indexes: ['unit', 'open', 'finished'],
  roles: ['dispatcher', 'duty-leader', 'crew', 'supervisor'],
  unit: 'unit',
});

const placeOf = (data: { unit: string; crew?: string }): string => data.crew ?? data.unit;

const counted = (
  document: CrewBoardDocument,
  workOrderIds: readonly string[],
): CrewBoardDocument => ({ ...document, workOrderIds, open: workOrderIds.length });
