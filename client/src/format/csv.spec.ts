import { describe, expect, it } from '@jest/globals';
import { toCsv } from './csv';

describe('a table for Excel', () => {
  const rows = [
    ['Nom', 'Total'],
    ['Léa; dite « Lé »', '1500.25'],
    ['dit "Jo"', -3],
    [null, 0.5],
  ];

  it('in French has semicolons and decimal commas', () => {
    expect(toCsv(rows, 'fr')).toBe(
      '\uFEFFNom;Total\r\n"Léa; dite « Lé »";1500,25\r\n"dit ""Jo""";-3\r\n;0,5\r\n',
    );
  });

  it('in English has commas and points', () => {
    expect(toCsv(rows, 'en')).toBe(
      '\uFEFFNom,Total\r\nLéa; dite « Lé »,1500.25\r\n"dit ""Jo""",-3\r\n,0.5\r\n',
    );
  });

  it.each([['=1+1'], ['+33 6'], ['-Zoé'], ['@sum'], ['\t=1']])(
    'never makes a formula of %j',
    (text) => expect(toCsv([[text]], 'en')).toContain(`'${text}`),
  );

  it('leaves negative numbers alone', () => {
    expect(toCsv([['-12.5']], 'fr')).toBe('\uFEFF-12,5\r\n');
  });
});
