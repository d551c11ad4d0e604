import { describe, expect, it } from '@jest/globals';
import { anEvent, recorded } from '../../test/build.js';
import { staffNamesView, unitNamesView } from './names.view.js';

const tools = { blind: (value: string) => value };

describe('names of units', () => {
  const registered = recorded(
    anEvent('dispatch.unit-registered', { unit: '/m/heat', name: '热力公司', nameEn: 'Heat' }),
  );
  const renamed = recorded(
    anEvent('dispatch.unit-renamed', { unit: '/m/heat', name: '供热公司', nameEn: 'Heating' }),
  );

  it('keeps the newest name in both languages', () => {
    const first = unitNamesView.evolve(null, registered, '/m/heat', tools);
    expect(first).toEqual({ unit: '/m/heat', zh: '热力公司', en: 'Heat' });
    const second = unitNamesView.evolve(first, renamed, '/m/heat', tools);
    expect(second).toEqual({ unit: '/m/heat', zh: '供热公司', en: 'Heating' });
    expect(unitNamesView.evolve(second, renamed, '/m/heat', tools)).toEqual(second);
  });
});

describe('names of staff', () => {
  const registered = recorded(
    anEvent('dispatch.staff-registered', { staff: '2001', name: '陈立' }),
  );
  const forgotten = recorded({
    ...anEvent('dispatch.staff-contact-changed', { staff: '2001' }),
    data: { staff: '2001', staffId: 'staff-2001' },
  });

  it('keeps the name sealed', () => {
    const document = staffNamesView.evolve(null, registered, '2001', tools);
    expect(document).toEqual({ staff: '2001', person: registered.sealed['staffId'] });
    expect(JSON.stringify(document)).not.toContain('陈立');
    expect(staffNamesView.evolve(document, registered, '2001', tools)).toEqual(document);
  });

  it('knows no name any more once it was withdrawn', () => {
    const document = staffNamesView.evolve(null, registered, '2001', tools);
    expect(staffNamesView.evolve(document, forgotten, '2001', tools)).toEqual({ staff: '2001' });
  });
});
