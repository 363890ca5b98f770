import { describe, expect, it } from '@jest/globals';
import { isTabular, readTabular, toFile } from './tabular';

describe('what is pasted from a spreadsheet', () => {
  it('is read cell by cell', () => {
    expect(readTabular('Nom\tMontant\r\nLéa\t1 500,25\r\n')).toEqual([
      ['Nom', 'Montant'],
      ['Léa', '1 500,25'],
    ]);
  });

  it('keeps empty cells, and breaks and marks inside a cell', () => {
    expect(readTabular('a\t\tc\n"deux\nlignes"\t"dit ""oui"""\t\n')).toEqual([
      ['a', '', 'c'],
      ['deux\nlignes', 'dit "oui"', ''],
    ]);
    expect(readTabular('a\t')).toEqual([['a', '']]);
  });

  it('passes over empty rows', () => {
    expect(readTabular('a\tb\n\t\n\nc\td')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('is a table from two rows of the same width on', () => {
    expect(isTabular(readTabular('a\tb\nc\td'))).toBe(true);
    expect(isTabular(readTabular('a sentence'))).toBe(false);
    expect(isTabular([])).toBe(false);
  });

  it('becomes a file with every cell in quotes', async () => {
    const file = toFile(
      [
        ['a;b', 'dit "oui"'],
        ['1,5', ''],
      ],
      'x.csv',
    );
    expect(await file.text()).toBe('"a;b";"dit ""oui"""\r\n"1,5";""');
  });
});
