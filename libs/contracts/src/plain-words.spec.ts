import { describe, expect, it } from '@jest/globals';
import { fill, localTime, placeholdersOf, staffNamed, type Language } from './plain-words.js';

const names = {
  type: (code: string, language: Language) =>
    code === 'heat.no-heat' ? { en: 'no heating', zh: '不热' }[language] : undefined,
  unit: (path: string, language: Language) =>
    path === '/mingcheng/heat' ? { en: 'Heat company', zh: '热力公司' }[language] : undefined,
  staff: (number: string) => (number === '1001' ? '王五' : undefined),
};

describe('fill a sentence', () => {
  it.each<[template: string, data: object, en: string, zh: string]>([
    ['{number}', { number: 'H260115-7K2M9QX4' }, 'H260115-7K2M9QX4', 'H260115-7K2M9QX4'],
    ['{count}', { count: 0 }, '0', '0'],
    ['{isLate}', { isLate: true }, 'yes', '是'],
    ['{isLate}', { isLate: false }, 'no', '否'],
    [
      '{dueAt|date}',
      { dueAt: '2026-01-15T16:05:00.000Z' },
      '2026-01-16 00:05',
      '2026年1月16日 00:05',
    ],
    ['{dueAt|date}', { dueAt: 'soon' }, 'soon', 'soon'],
    ['{typeCode|type}', { typeCode: 'heat.no-heat' }, 'no heating', '不热'],
    ['{typeCode|type}', { typeCode: 'heat.other' }, 'heat.other', 'heat.other'],
    ['{typeCode|type}', { typeCode: 'unclassified' }, 'not yet classified', '未分类'],
    ['{unit|unit}', { unit: '/mingcheng/heat' }, 'Heat company', '热力公司'],
    ['{unit|unit}', { unit: '/mingcheng/gas' }, '/mingcheng/gas', '/mingcheng/gas'],
    ['{by|staff}', { by: '1001' }, '王五 (1001)', '王五（1001）'],
    ['{by|staff}', { by: '1002' }, '1002', '1002'],
    ['{by|staff}', { by: 'duty-leader' }, 'duty leader', '值班长'],
    ['{by|staff}', { by: 'system:dispatch.start-clock' }, 'the system', '系统'],
    ['a[ by {by|staff}]', { by: '1002' }, 'a by 1002', 'a by 1002'],
    ['a[ by {by|staff}][b]', {}, 'a[b]', 'a[b]'],
    ['a[ by {by}]', { by: '[{x}]' }, 'a by [{x}]', 'a by [{x}]'],
    ['{channel}', { channel: 'phone' }, 'phone', '电话'],
    ['{units|unit}', { units: ['/mingcheng/heat', '/x'] }, 'Heat company, /x', '热力公司、/x'],
    ['{list}', { list: [] }, 'none', '无'],
    ['{tells|staff}', { tells: [] }, 'nobody', '无人'],
    [
      '{tells|staff}',
      { tells: [{ post: 'head-of-station', staff: '1001' }] },
      '王五 (1001), head of station',
      '站长王五（1001）',
    ],
    ['{matters}', { matters: [{ ticketId: 't1', how: 'opened' }] }, 't1 opened', 't1 新立'],
    ['{gone}', {}, 'not stated', '未注明'],
    ['{gone|date}', { gone: null }, 'not stated', '未注明'],
    ['{gone|staff}', { gone: '' }, 'not stated', '未注明'],
    ['{source.system}', { source: { system: '12345' } }, '12345', '12345'],
    ['{source.id}', { source: null }, 'not stated', '未注明'],
    ['{a} and {a}, {b}', { a: 'x', b: '{a}' }, 'x and x, {a}', 'x and x, {a}'],
    ['{constructor}{toString}', {}, 'not statednot stated', '未注明未注明'],
  ])('%s', (template, data, en, zh) => {
    expect(fill(template, data, { language: 'en', names })).toBe(en);
    expect(fill(template, data, { language: 'zh', names })).toBe(zh);
  });

  it('shows codes where nobody gave names', () => {
    const data = { typeCode: 'heat.no-heat', unit: '/mingcheng/heat', by: '1001' };
    expect(fill('{typeCode|type} {unit|unit} {by|staff}', data, { language: 'zh' })).toBe(
      'heat.no-heat /mingcheng/heat 1001',
    );
  });

  it('lists what a template asks for', () =>
    expect(placeholdersOf('{a} {b|date} {c.d|staff} {not a field}')).toEqual([
      { field: 'a' },
      { field: 'b', format: 'date' },
      { field: 'c.d', format: 'staff' },
    ]));

  it('gives local time whatever the offset of the instant', () => {
    expect(localTime('2025-12-31T16:00:00.000Z', 'zh')).toBe('2026年1月1日 00:00');
    expect(localTime('2026-01-01T00:00:00+08:00', 'en')).toBe('2026-01-01 00:00');
  });

  it('names the platform in the language asked for', () => {
    expect(staffNamed('system:x', { language: 'zh' })).toBe('系统');
    expect(staffNamed('system:x', { language: 'en', names })).toBe('the system');
  });
});
