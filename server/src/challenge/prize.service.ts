import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { prizesOf } from './certification.store.js';

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
}
