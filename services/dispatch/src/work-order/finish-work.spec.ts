import { spec } from '@shouwen/testkit';
import {
  CREW_MEMBER,
  EAST,
  WORK_ORDER,
  aCrewArrived,
  aCrewAssigned,
  aCrewDeparted,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReturned,
  aWorkOrderWithdrawn,
  at,
  standards,
} from '../../test/build.js';
import { finishWork } from './finish-work.js';

const given = spec(finishWork, { actor: CREW_MEMBER, standards });
const issued = [aWorkOrderIssued(), aCrewAssigned()];
const finishing = (time: string, override: object = {}) => ({
  ...{ workOrderId: WORK_ORDER, occurredAt: at(time), outcome: 'restored' as const },
  ...{ result: '更换阀门', signature: 'signed' as const },
  ...override,
});
const pack = standards
  .closingEvidence({
    ...{ utility: 'heat', typeCode: 'heat.no-heat', category: 'repair' },
    asOf: at('14:00'),
  })
  .find(({ evidence }) => evidence === 'signature')!.pack;

describe('finish the work', () => {
  it('records outcome, result and signature, with the clause that asks for it', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(finishing('15:30'))
      .records({ ...aWorkFinished('15:30'), pack }));
  it('lets gas flow again only with somebody present, a tight pipe and a check', () => {
    const danger = { utility: 'gas', typeCode: 'gas.leak-alarm', category: 'emergency' };
    const alarm = [aWorkOrderIssued({ ...danger, isSafety: true }), aCrewArrived('14:20')];
    const safe = { isSomebodyPresent: true, isTight: true, isChecked: true };
    const done = { signature: 'not-asked' as const };
    for (const resupply of [undefined, { ...safe, isTight: false }])
      given(...alarm)
        .when(finishing('15:30', { ...done, ...(resupply ? { resupply } : {}) }))
        .isRejected('gas.resupply-unsafe');
    expect(
      given(...alarm)
        .when(finishing('15:30', { ...done, resupply: safe }))
        .events(),
    ).toMatchObject([{ data: { outcome: 'restored', resupply: safe } }]);
    given(...alarm)
      .when(finishing('15:30', { ...done, outcome: 'not-restored' }))
      .records(aWorkFinished('15:30', { ...done, outcome: 'not-restored', unit: EAST }));
  });
  it('changes nothing when told twice', () =>
    given(...issued, aCrewArrived('14:40'), aWorkFinished('15:30'))
      .when(finishing('15:30'))
      .changesNothing());
  it('is refused when it was finished with another outcome', () =>
    given(...issued, aWorkFinished('15:30'))
      .when(finishing('15:30', { outcome: 'customer-side' }))
      .isRejected('work-order.already-finished'));
  it('is accepted before the arrival is known', () =>
    given(...issued)
      .when(finishing('15:30'))
      .records({ ...aWorkFinished('15:30'), pack }));
  it('brings an arrival that could not be sent on its own', () =>
    given(...issued)
      .when(finishing('15:30', { arrivedAt: at('14:40') }))
      .records(
        { ...aCrewArrived('14:40'), occurredAt: at('14:40') },
        { ...aWorkFinished('15:30'), pack },
      ));
  it('is refused before something that is already recorded on site', () =>
    given(...issued, aCrewDeparted('14:20'), aCrewArrived('14:40'))
      .when(finishing('14:30'))
      .isRejected('work-order.finished-too-early'));
  it('is refused before the arrival that comes with it', () =>
    given(...issued)
      .when(finishing('14:30', { arrivedAt: at('14:40') }))
      .isRejected('work-order.finished-too-early'));
  it('is refused without the signature that the pack asks for', () =>
    given(...issued, aCrewArrived('14:40'))
      .when({ ...finishing('15:30'), signature: undefined } as object)
      .isRejected('signature.missing'));
  it('accepts a refused signature before a witness', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(finishing('15:30', { signature: 'refused', refusedBecause: '不认可', witness: '王工' }))
      .records({
        ...aWorkFinished('15:30', {
          ...{ signature: 'refused', refusedBecause: '不认可' },
          ...{ witnessId: `witness-${WORK_ORDER}`, witness: '王工' },
        }),
        pack,
      }));
  it('refuses a refused signature without a witness', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(finishing('15:30', { signature: 'refused', refusedBecause: '不认可' }))
      .isRejected('signature.witness-missing'));
  it('asks for no signature where nothing was changed on site', () =>
    given(...issued)
      .when(finishing('15:30', { outcome: 'answered', signature: 'not-asked' }))
      .records(aWorkFinished('15:30', { outcome: 'answered', signature: 'not-asked' })));
  it('is refused on a withdrawn work order after that', () =>
    given(...issued, aWorkOrderWithdrawn())
      .when(finishing('15:30'))
      .isRejected('work-order.withdrawn'));
  it('counts on a withdrawn work order when it happened before', () =>
    given(...issued, aWorkOrderWithdrawn())
      .when(finishing('14:50'))
      .records({ ...aWorkFinished('14:50'), pack }));
  it('is refused while the work order waits to be assigned again', () =>
    given(...issued, aWorkOrderReturned())
      .when(finishing('15:30'))
      .isRejected('work-order.returned'));
});
