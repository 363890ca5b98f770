// A file with every kind of fault that a file may have, and what must become of each of its rows.

export interface FaultyFile {
  /** Windows-1252, semicolons, decimal commas, French dates. */
  bytes: Buffer;
  rows: number;
  skipped: number;
  recorded: number;
  revised: number;
  unchanged: number;
  waiting: number;
  /** Lines of the refused rows. */
  refused: number[];
  /** What counts in the end, in hundredths: by identity the last that was said. */
  cents: Map<string, number>;
}

export const faultyMapping = {
  kind: 'activities',
  columns: {
    'member.externalId': 'Vendeur',
    occurredAt: 'Date',
    amount: 'Montant',
    currency: 'Devise',
    customer: 'Client',
    type: 'Étape',
  },
  constants: { source: 'erp', externalId: '{N°}' },
  values: { Étape: { Gagné: 'deal.won', Rêvé: 'deal.dreamt' } },
  skip: [{ column: 'Étape', is: ['En cours'] }],
  decimals: 'comma',
};

const dates = ['10/03/2026', '10.03.26', '10 mars 2026', '2026-03-10', '10/03/2026 14h30'];

/** `1 234,50` */
const french = (cents: number) => {
  const whole = String(Math.floor(cents / 100)).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, '\u00a0');
  return `${whole},${String(cents % 100).padStart(2, '0')}`;
};

type Row = Record<'id' | 'who' | 'date' | 'amount' | 'currency' | 'customer' | 'stage', string>;

const lineOf = ({ id, who, date, amount, currency, customer, stage }: Row) =>
  [id, who, date, amount, currency, customer, stage].join(';');

/** Faults by name: what they make of a good row. */
const faults: Record<string, (row: Row) => string> = {
  'a day that there is not': (row) => lineOf({ ...row, date: '31/02/2026' }),
  'a date in words': (row) => lineOf({ ...row, date: 'avant-hier' }),
  'a date to come': (row) => lineOf({ ...row, date: '10/03/2199' }),
  'an amount of another country': (row) => lineOf({ ...row, amount: '12.5' }),
  'an amount below nothing': (row) => lineOf({ ...row, amount: '-12,50' }),
  'an amount in words': (row) => lineOf({ ...row, amount: 'offert' }),
  'an amount past all': (row) => lineOf({ ...row, amount: '99 999 999 999,00' }),
  'no seller': (row) => lineOf({ ...row, who: '' }),
  'no identity': (row) => lineOf({ ...row, id: '' }),
  'a currency of another country': (row) => lineOf({ ...row, currency: 'USD' }),
  'a type that there is not': (row) => lineOf({ ...row, stage: 'Rêvé' }),
  'a customer without end': (row) => lineOf({ ...row, customer: 'x'.repeat(201) }),
  'a cell too many': (row) => `${lineOf(row)};encore`,
  'a stray quotation mark': (row) => lineOf({ ...row, customer: '"Dupont' }),
  'something behind a quotation mark': (row) => lineOf({ ...row, customer: '"Dupont" fils' }),
};

/** @param rows how many there are, blank lines not counted */
export function faultyFile(rows: number, members: readonly string[]): FaultyFile {
  const refused: number[] = [];
  const cents = new Map<string, number>();
  const lines = ['N°;Vendeur;Date;Montant;Devise;Client;Étape'];
  const counts = { skipped: 0, recorded: 0, revised: 0, unchanged: 0, waiting: 0 };
  const names = Object.keys(faults);
  let last = { text: '', id: '' };
  for (let at = 0; at < rows; at++) {
    const amount = (at * 7_919) % 1_000_000;
    const row: Row = {
      id: `V-${at}`,
      who: members[at % members.length] ?? '',
      date: dates[at % dates.length] ?? '',
      amount: french(amount),
      currency: at % 3 === 0 ? 'EUR' : '',
      customer: `Société n° ${at % 97}`,
      stage: 'Gagné',
    };
    const kind = at % 10;
    if (kind === 3) {
      refused.push(lines.length + 1);
      lines.push(faults[names[Math.floor(at / 10) % names.length] ?? '']?.(row) ?? '');
    } else if (kind === 5) {
      counts.skipped += 1;
      lines.push(lineOf({ ...row, stage: 'En cours', date: '' }));
    } else if (kind === 6) {
      counts.waiting += 1;
      lines.push(lineOf({ ...row, who: `inconnu ${at % 50}` }));
    } else if (kind === 7 && last.id !== '') {
      // What was said of one before is said again.
      counts.unchanged += 1;
      lines.push(last.text);
    } else if (kind === 8 && last.id !== '') {
      counts.revised += 1;
      cents.set(last.id, amount + 1);
      lines.push(lineOf({ ...row, id: last.id, amount: french(amount + 1) }));
    } else {
      counts.recorded += 1;
      cents.set(row.id, amount);
      const text = lineOf(row);
      last = { text, id: row.id };
      if (at % 100 === 9) {
        // A cell of two lines, and a blank line behind the row.
        const whole = lineOf({ ...row, customer: '"Société\nd’ailleurs, dite ""l’autre"""' });
        lines.push(...whole.split('\n'), '');
        last = { text: '', id: '' };
      } else lines.push(text);
    }
  }
  const text = lines.join('\r\n').replaceAll('’', '\u0092');
  return { bytes: Buffer.from(text, 'latin1'), rows, ...counts, refused, cents };
}
