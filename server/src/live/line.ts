import type { Tx } from '../platform/database.js';

/** What is done with what comes in on a line. */
export interface Ears {
  hear(text: string): void;
  /** Something may have been missed. */
  lost(): void;
}

/** Carries short texts from any process of the installation to all of them. */
export interface Line {
  /** Heard by all once the transaction has committed, and never when it has not. */
  send(tx: Tx, text: string): Promise<void>;
  /** Begins to hear; whatever breaks later is mended without a word but `lost`. */
  open(ears: Ears): Promise<void>;
  close(): Promise<void>;
}

export const LINE = Symbol('line');
