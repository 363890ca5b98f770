import { ProblemError } from '../http/problem-error.js';

/** How many workbooks one organisation, and all of them, may have on their way at a time. */
const OF_ONE_MAX = 4;
const OF_ALL_MAX = 20;

/**
 * Workbooks are read one after another: each may take hundreds of megabytes while it is read. One
 * whose upload is slow holds a place in the line, and nobody up.
 */
export class WorkbookLine {
  private readonly places = new Map<string, number>();
  private all = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** Holds a place for the work. Problems: `too-many-requests`. */
  async hold<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const own = this.places.get(owner) ?? 0;
    if (own >= OF_ONE_MAX || this.all >= OF_ALL_MAX) {
      throw new ProblemError('too-many-requests', 'Other workbooks are being read');
    }
    this.all += 1;
    this.places.set(owner, own + 1);
    try {
      return await work();
    } finally {
      this.all -= 1;
      const left = (this.places.get(owner) ?? 1) - 1;
      if (left > 0) this.places.set(owner, left);
      else this.places.delete(owner);
    }
  }

  /** Does the work when that of all who asked before is done. */
  async turn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => {});
    return done;
  }
}

/** The one line of this process. */
export const workbookLine = new WorkbookLine();
