import { spec } from '@shouwen/testkit';
import { CARD_PLACES } from '@shouwen/contracts';
import { faultsOf } from '@shouwen/engine';
import {
  CREW_MEMBER,
  WORK_ORDER,
  aCrewArrived,
  aCrewAssigned,
  aNoAccessRecorded,
  aVisitAppointed,
  aWorkFinished,
  aWorkOrderIssued,
  at,
  standards,
} from '../../test/build.js';
import { RecordNoAccess, recordNoAccess } from './record-no-access.js';

const given = spec(recordNoAccess, { actor: CREW_MEMBER, standards });
const issued = [aWorkOrderIssued(), aCrewAssigned(), aVisitAppointed()];
const leaving = (time: string, override: object = {}) => ({
  ...{ workOrderId: WORK_ORDER, occurredAt: at(time), cardPlace: 'letterbox' as const },
  ...{ contactPerson: '陈工', contactPhone: '13900000001' },
  ...override,
});
const { pack } = standards.noAccessWaitMinutes({
  ...{ utility: 'heat', typeCode: 'heat.no-heat', category: 'repair' },
  asOf: at('14:00'),
});

describe('record that nobody opened', () => {
  it('records the card with whom to call, once the wait of the pack is over', () =>
    given(...issued, aCrewArrived('14:30'))
      .when(leaving('14:45'))
      .records({ ...aNoAccessRecorded('14:45', { waitedMinutes: 15 }), pack }));
  it('is refused before the wait of the pack is over', () =>
    given(...issued, aCrewArrived('14:30'))
      .when(leaving('14:44'))
      .isRejected('no-access.too-early'));
  it('is refused without an arrival', () =>
    given(...issued)
      .when(leaving('14:45'))
      .isRejected('work-order.not-arrived'));
  it('brings an arrival that could not be sent on its own', () =>
    given(...issued)
      .when(leaving('14:50', { arrivedAt: '2026-01-15T14:30:00+08:00' }))
      .records(
        { ...aCrewArrived('14:30'), occurredAt: at('14:30') },
        { ...aNoAccessRecorded('14:50', { waitedMinutes: 20 }), pack },
      ));
  it('changes nothing when told twice', () =>
    given(...issued, aCrewArrived('14:30'), aNoAccessRecorded('14:45'))
      .when(leaving('14:45', { arrivedAt: at('14:30') }))
      .changesNothing());
  it('changes nothing when told again later in the same visit', () =>
    given(...issued, aCrewArrived('14:30'), aNoAccessRecorded('14:45'))
      .when(leaving('14:55'))
      .changesNothing());
  it('records a second visit that nobody opened to', () =>
    given(...issued, aCrewArrived('14:30'), aNoAccessRecorded('14:45'))
      .when(leaving('15:40', { arrivedAt: at('15:20') }))
      .records(
        { ...aCrewArrived('15:20'), occurredAt: at('15:20') },
        { ...aNoAccessRecorded('15:40', { waitedMinutes: 20 }), pack },
      ));
  it('is refused after the finish', () =>
    given(...issued, aCrewArrived('14:30'), aWorkFinished('14:40'))
      .when(leaving('14:50'))
      .isRejected('work-order.already-finished'));
  it('never takes the customer’s door as a place for the card', () => {
    const place = (cardPlace: string) =>
      faultsOf(
        RecordNoAccess,
        Object.assign(new RecordNoAccess(), leaving('14:45', { cardPlace })),
      );
    expect(place('door')).toEqual([
      expect.objectContaining({ field: 'cardPlace', message: expect.stringContaining('door') }),
    ]);
    expect(CARD_PLACES.map(place)).toEqual(CARD_PLACES.map(() => []));
  });
});
