import { describe, expect, it } from '@jest/globals';
import { plainActivity } from '../activity/activity.arbitrary.js';
import { stillWaiting, type Resolved } from './order.js';

const known = (externalId: string, version: number | null = null): Resolved => {
  return { activity: plainActivity({ externalId, version }) };
};
const waits = (externalId: string, version: number | null = null, raw = ''): Resolved => {
  return { waiting: { source: 'crm', externalId, version, missing: 'externalId:eve', raw } };
};
const left = (...items: Resolved[]) =>
  stillWaiting(items).map(({ externalId, version, raw }) => [externalId, version, raw]);

describe('what of a batch has to wait', () => {
  it.each<[string, Resolved[], unknown[]]>([
    ['nothing where everybody is known', [known('1'), known('2')], []],
    ['what names somebody unknown', [known('1'), waits('2')], [['2', null, '']]],
    ['the last of an identity', [waits('1', null, 'a'), waits('1', null, 'b')], [['1', null, 'b']]],
    ['the newest by its version', [waits('1', 2, 'a'), waits('1', 1, 'b')], [['1', 2, 'a']]],
    ['the last of the same version', [waits('1', 2, 'a'), waits('1', 2, 'b')], [['1', 2, 'b']]],
    ['nothing that a later item replaces', [waits('1'), known('1')], []],
    ['nothing that a newer version replaces', [waits('1', 1), known('1', 2)], []],
    ['what an older version cannot replace', [waits('1', 2), known('1', 1)], [['1', 2, '']]],
    ['what replaces a known one', [known('1'), waits('1')], [['1', null, '']]],
    [
      'what is newer, even after older ones',
      [waits('1', 3), known('1', 2), waits('1', 1)],
      [['1', 3, '']],
    ],
  ])('is %s', (_, items, expected) => {
    expect(left(...items)).toEqual(expected);
  });

  it('is told apart by source', () => {
    const elsewhere: Resolved = { activity: plainActivity({ source: 'erp', externalId: '1' }) };
    expect(left(waits('1'), elsewhere)).toHaveLength(1);
  });
});
