import type { Locale } from '@palmares/shared/people/organisation';

/** What a file of refused rows has beside its own columns; by it such a file is known again. */
export const addedColumns: Record<Locale, readonly [line: string, reason: string]> = {
  fr: ['Ligne', 'Motif du refus'],
  en: ['Line', 'Reason'],
};

/** Whether a header is that of a file of refused rows: its cells carry apostrophes of ours. */
export const isOfRefusedRows = (columns: readonly string[]): boolean =>
  Object.values(addedColumns).some(([line, reason]) =>
    columns.some((name, at) => name === line && columns[at + 1] === reason),
  );
