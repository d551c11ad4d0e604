import { describe, expect, it } from '@jest/globals';
import type { Language } from '@shouwen/contracts';
import { anEvent, recorded } from '../../test/build.js';
import { timelineView } from '../views/timeline.view.js';
import { codesIn, entryOf, type Opened } from './entry.js';

const clause = (id: string) =>
  id === 'H-006'
    ? {
        id,
        clause: '社会服务承诺制度 第六条',
        utility: 'heat',
        rule: 'ARRIVE_60_MIN',
        text: 'A crew arrives within 60 minutes.',
        where: '',
        figure: '60',
      }
    : null;
const names = {
  unit: () => '东站',
  staff: (number: string) => (number === '1001' ? '林晓' : undefined),
  type: (_: string, language: Language) => ({ en: 'no heating', zh: '暖气不热' })[language],
};

/** As a reader gets it: sealed fields opened. */
function opened(type: string, over: { data?: object; recordedAt?: string; sealed?: object } = {}) {
  const event = recorded(anEvent(type, over.data), {
    ...(over.recordedAt ? { recordedAt: over.recordedAt } : {}),
    meta: {
      actor: '1001',
      tenant: 'main',
      correlation: 'c',
      pack: { pack: 'heat', version: '2026.1', hash: 'h', clauses: ['H-006', 'H-999'] },
    },
  });
  const document = timelineView.evolve(null, event, event.id, { blind: (v) => v });
  return { ...document, sealed: over.sealed ?? {} } as Opened;
}
const zh = (document: Opened) => entryOf(document, { language: 'zh', names, clause });
const en = (document: Opened) => entryOf(document, { language: 'en', names, clause });

describe('an entry of the timeline', () => {
  it('says what happened in Chinese, with the place of the clause', () => {
    const entry = zh(opened('intake.ticket-opened'));
    expect(entry.sentence).toContain('工单 H260115-0000000H 已受理：暖气不热');
    expect(entry.sentence).toContain('2026年1月15日 16:00');
    expect(entry.who).toBe('林晓（1001）');
    expect(entry.clauses[0]).toEqual({
      id: 'H-006',
      rule: 'ARRIVE_60_MIN',
      text: 'H-006 社会服务承诺制度 第六条',
    });
    expect(entry.pack).toEqual({ pack: 'heat', version: '2026.1' });
  });

  it('says it in English, with what the clause asks for', () => {
    const entry = en(opened('intake.ticket-opened'));
    expect(entry.sentence).toContain('Ticket H260115-0000000H was opened: no heating');
    expect(entry.clauses[0]?.text).toBe('A crew arrives within 60 minutes.');
  });

  it('names a clause that the catalogue does not have by its id', () =>
    expect(zh(opened('intake.ticket-opened')).clauses[1]).toEqual({
      id: 'H-999',
      rule: 'H-999',
      text: 'H-999',
    }));

  it.each([
    ['2026-01-15T08:05:00.000Z', false],
    ['2026-01-15T08:05:00.001Z', true],
  ])('recorded at %s: late entry %s', (recordedAt, isLateEntry) =>
    expect(zh(opened('dispatch.crew-arrived', { recordedAt })).isLateEntry).toBe(isLateEntry),
  );

  it('is a late entry where the event says so itself', () =>
    expect(zh(opened('intake.ticket-opened', { data: { isLateEntry: true } })).isLateEntry).toBe(
      true,
    ));

  it('shows personal fields as far as they were opened, and says where a person is erased', () => {
    const type = 'dispatch.supervision-ordered';
    const seen = opened(type, { sealed: { affectedId: { instruction: '今天上门' } } });
    expect(zh(seen).sentence).toContain('今天上门');
    const erased = opened(type, { sealed: { affectedId: {} } });
    expect(zh(erased).sentence).toContain('（已删除）');
    expect(en(erased).sentence).toContain('(erased)');
  });

  it('knows whose names its sentence needs', () => {
    expect(codesIn(opened('dispatch.clock-breached'))).toEqual({
      units: [],
      staff: ['3001', '3001', '1001'],
    });
    expect(codesIn(opened('dispatch.crew-arrived')).units).not.toEqual([]);
  });
});
