/** As many characters as Excel puts in a cell. */
export const CELL_MAX = 32_767;
