import { describe, expect, it } from '@jest/globals';
import { toCsv } from './csv';

describe('a table for Excel', () => {
  const rows = [
    ['Nom', 'Total'],
    ['Léa; dite « Lé »', '1500.25'],
    ['dit "Jo"', -3],
    [null, 0.5],
  ];
  const decimals = [false, true];

  it('in French has semicolons and decimal commas', () => {
    expect(toCsv(rows, 'fr', decimals)).toBe(
      '\uFEFF"Nom";"Total"\r\n"Léa; dite « Lé »";"1500,25"\r\n"dit ""Jo""";"-3"\r\n"";"0,5"\r\n',
    );
  });

  it('in English has commas and points', () => {
    expect(toCsv(rows, 'en', decimals)).toBe(
      '\uFEFF"Nom","Total"\r\n"Léa; dite « Lé »","1500.25"\r\n"dit ""Jo""","-3"\r\n"","0.5"\r\n',
    );
  });

  it.each([['=1+1'], ['+33 6'], ['-Zoé'], ['@sum'], [' =1'], ['\u00a0=1'], ['＝1+1']])(
    'never makes a formula of %j',
    (text) => expect(toCsv([[text]], 'en')).toContain(`"'${text}`),
  );

  it('leaves nothing to compute behind a separator of another reader either', () => {
    expect(toCsv([['\t=1', 'x;=1', 'x,=1']], 'en')).toContain(`"'\t'=1","x;'=1","x,'=1"`);
  });

  it('leaves negative numbers alone', () => {
    expect(toCsv([['-12.5', -0.25]], 'fr', [true])).toBe('\uFEFF"-12,5";"-0,25"\r\n');
  });

  it('writes computed numbers with the digits that mean something, decimals with all of theirs', () => {
    expect(toCsv([[1.1237479683632987, '0.1234567', 70342.5]], 'fr', [false, true])).toBe(
      '\uFEFF"1,1237";"0,1234567";"70342,5"\r\n',
    );
  });

  it('takes no name for a number', () => {
    expect(toCsv([['3.10']], 'fr')).toBe('\uFEFF"3.10"\r\n');
  });
});
