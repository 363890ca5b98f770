import { describe, expect, it } from '@jest/globals';
import { mappingSchema } from './mapping.js';
import { reasonOf } from './reason.js';

const mapping = mappingSchema.parse({
  kind: 'activities',
  columns: { amount: 'Montant', 'member.email': 'Vendeur', occurredAt: 'Date' },
  constants: { externalId: '{N°}#vente', type: 'deal.won' },
});
const reason = (locale: 'fr' | 'en', pointer: string, code: string, detail = 'as it is') =>
  reasonOf(locale, mapping, { pointer, code, detail });

describe('a reason', () => {
  it('names the columns of the file and says what they lack, in French', () => {
    expect(reason('fr', '/occurredAt', 'invalid')).toBe(
      'Date : une date est attendue, comme 31/12/2026',
    );
    expect(reason('fr', '/amount', 'invalid-amount')).toMatch(/^Montant : un montant positif/);
    expect(reason('fr', '/member', 'member-missing')).toMatch(/^Vendeur : aucun commercial/);
    expect(reason('fr', '/externalId', 'invalid')).toMatch(/^N° : un texte est attendu/);
    expect(reason('fr', '', 'row-unreadable')).toMatch(/^ligne illisible/);
  });

  it('is the words of the API in English', () => {
    expect(reason('en', '/amount', 'invalid-amount')).toBe('Montant: as it is');
    expect(reason('en', '/source', 'invalid')).toBe('source: as it is');
    expect(reason('en', '', 'row-unreadable')).toBe('as it is');
  });
});
