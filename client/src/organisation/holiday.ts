/** A holiday as it is edited; `year` is where it stands in the list, whatever is typed. */
export interface HolidayRow {
  day: string | null;
  name: string | null;
  year: string;
}
