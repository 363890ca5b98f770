import { Injectable } from '@nestjs/common';
import type { Award } from '@palmares/shared/challenge/payout';
import { Database } from '../platform/database.js';
import { awardsTo, prizesOf } from './certification.store.js';

/** A gift of a certified challenge. */
export interface WonPrize {
  challengeId: string;
  name: string;
  prize: string;
  teamId: string | null;
  wonAt: string;
}

@Injectable()
export class PrizeService {
  constructor(private readonly database: Database) {}

  /** Gifts that somebody has won. */
  async list(organisationId: string, memberId: string): Promise<{ items: WonPrize[] }> {
    const rows = await this.database.read((tx) => prizesOf(tx, organisationId, memberId));
    return { items: rows.map((row) => ({ ...row, wonAt: row.wonAt.toISOString() })) };
  }

  /** What a certified challenge gave to somebody. */
  given(organisationId: string, challengeId: string, memberId: string): Promise<Award[]> {
    return this.database.read((tx) => awardsTo(tx, organisationId, challengeId, memberId));
  }
}
