import { describe, expect, it } from '@jest/globals';
import { local } from '../test/build.js';
import { loadStandards } from './load.js';
import { makeLexicon, suggest } from './suggestion.js';
import type { TypeEntry } from './pack.js';

const aType = (code: string, words: TypeEntry['words']): TypeEntry => ({
  code,
  category: 'repair',
  name: { en: code, zh: code },
  needsWorkOrder: true,
  isSafety: false,
  clauses: ['W-094'],
  words,
});

const lexicon = makeLexicon({
  types: [
    aType('water.leak', { strong: ['水管漏水'], medium: ['漏水'], weak: ['管'] }),
    aType('water.no-water', { strong: ['没有水'], medium: ['热水'] }),
    aType('water.complaint', { medium: ['投诉', 'rude'] }),
    aType('gas.appliance', { strong: ['热水器', 'gas'] }),
    aType('gas.complaint', { medium: ['投诉', 'rude'] }),
  ],
  utilityWords: new Map([
    ['water', ['自来水']],
    ['gas', ['燃气', 'gas company']],
  ]),
});

describe('what the words of a message suggest', () => {
  it('adds up different words, heaviest first, and a little for the utility', () => {
    expect(suggest(lexicon, '自来水管漏水，地板也漏水')).toEqual([
      { code: 'water.leak', score: 11, words: ['水管漏水', '漏水', '自来水'] },
    ]);
  });

  it('counts a word once however often it is said', () => {
    expect(suggest(lexicon, '漏水漏水漏水')).toEqual([
      { code: 'water.leak', score: 3, words: ['漏水'] },
    ]);
  });

  it('hears the longer word only, where one lies inside the other', () => {
    expect(suggest(lexicon, '热水器坏了').map((s) => s.code)).toEqual(['gas.appliance']);
  });

  it('gives a word that several utilities have to the one that is named', () => {
    expect(suggest(lexicon, '投诉燃气')).toEqual([
      { code: 'gas.complaint', score: 5, words: ['投诉', '燃气'] },
    ]);
  });

  it('suggests nothing by such a word alone', () => {
    expect(suggest(lexicon, '投诉')).toEqual([]);
  });

  it('takes the utility that the caller chose, and no other', () => {
    expect(suggest(lexicon, '投诉', 'water').map((s) => s.code)).toEqual(['water.complaint']);
    expect(suggest(lexicon, '热水器', 'water')).toEqual([]);
  });

  it('puts danger first among equals', () => {
    const types = [
      aType('gas.cooker', { strong: ['灶'] }),
      { ...aType('gas.leak', { strong: ['漏气'] }), isSafety: true },
    ];
    const equal = suggest(makeLexicon({ types, utilityWords: new Map() }), '灶上漏气');
    expect(equal.map((s) => s.code)).toEqual(['gas.leak', 'gas.cooker']);
  });

  it('hears the opening of a long message twice as well', () => {
    const long = `漏水。${'我住在东街。'.repeat(15)}没有水`;
    expect(suggest(lexicon, long).map((s) => [s.code, s.score])).toEqual([
      ['water.leak', 6],
      ['water.no-water', 6],
    ]);
  });

  it('hears Latin words whole and in any case', () => {
    expect(suggest(lexicon, 'The GAS is off').map((s) => s.code)).toEqual(['gas.appliance']);
    expect(suggest(lexicon, 'I gasped')).toEqual([]);
  });

  it.each(['', '   ', '管', '\u0000', '😀'.repeat(500)])('suggests nothing for %j', (text) => {
    expect(suggest(lexicon, text)).toEqual([]);
  });
});

const standards = await loadStandards();
const asOf = local('2026-01-15 20:00');

describe('messages as people write them', () => {
  it.each([
    ['师傅您好，三单元一到五楼全都没水，昨天半夜就断水了', 'water.no-water'],
    ['水龙头放出来的水发黄，还有一股怪味', 'water.quality'],
    ['门前马路地面冒水，估计是主管爆了', 'water.burst'],
    ['这个月水费太高了，是不是漏抄后一起算的', 'water.meter-reading-error'],
    ['孩子洗澡洗到一半没热了，卧室暖气冰凉', 'heat.no-heat'],
    ['家里供暖效果差，室内温度才14度左右', 'heat.low-temperature'],
    ['我们去年退房，暖气费能不能退', 'heat.charges'],
    ['一进楼道就闻到燃气味，报警器响个不停', 'gas.leak-alarm'],
    ['小区去年就交了初装费，天然气入户一直没装', 'gas.connect'],
    ['天然气公司的人上门态度恶劣还推诿', 'gas.complaint'],
    ['村里变压器太小，一到夏天电压不足', 'power.voltage'],
    ['昨晚到现在频繁停电，冰箱里的菜都坏了', 'power.outage'],
    ['刮风把电线杆刮倒，电线断落在田里', 'power.wire-down'],
    ['怎么查自己家的电费账单', 'power.charges'],
  ])('%s', (text, code) => {
    expect(standards.suggestTypes(text, { asOf })[0]?.code).toBe(code);
  });

  it('answers at most five, or as many as asked for', () => {
    const text = '停水、停电、停气、停暖，自来水公司、供电公司、燃气公司、供热公司我都要投诉';
    expect(standards.suggestTypes(text, { asOf })).toHaveLength(5);
    expect(standards.suggestTypes(text, { asOf, limit: 2 })).toHaveLength(2);
  });
});
