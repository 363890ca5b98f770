import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import * as store from './throttle.store.js';
import type { Bucket } from './throttle.store.js';

/** Ten tries at once for an e-mail, then one every minute and a half. */
const BY_EMAIL = { holds: 10, leakMs: 90_000 };
/** A whole office may sit behind one address. */
const BY_ADDRESS = { holds: 50, leakMs: 10_000 };

/** For IPv6 the half that one customer of a provider has to themselves. */
function network(address: string): string {
  const v4 = /^(?:::ffff:)?([\d.]+)$/i.exec(address)?.[1];
  if (v4 || !isIPv6(address)) return v4 ?? address;
  const groups = (part = '') =>
    part.split(':').flatMap((group) => (group ? [Number.parseInt(group, 16)] : []));
  const [before, after] = address.split('::').map(groups);
  const zeros = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const all = [...(before ?? []), ...Array<number>(zeros).fill(0), ...(after ?? [])];
  return all.slice(0, 4).join(':');
}

/** Slows down whoever guesses passwords: by e-mail and by address, whichever process they ask. */
@Injectable()
export class ThrottleService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one try; what it answers takes it back, for a try that was right. Problems:
   * `too-many-requests`.
   */
  async attempt(email: string, address: string): Promise<() => Promise<void>> {
    const buckets = [
      { subject: digestId(`address ${network(address)}`), ...BY_ADDRESS },
      { subject: digestId(`email ${email}`), ...BY_EMAIL },
    ];
    for (const bucket of buckets) await this.pour(bucket);
    return () =>
      this.database.read(async (tx) => {
        for (const bucket of buckets) await store.takeBack(tx, bucket);
        await store.sweepThrottles(tx, this.clock.now());
      });
  }

  private async pour(bucket: Bucket): Promise<void> {
    const now = this.clock.now();
    await this.database.read(async (tx) => {
      if (await store.pour(tx, bucket, now)) return;
      const waitMs = (await store.roomAt(tx, bucket)).getTime() - now.getTime();
      const seconds = Math.max(1, Math.ceil(waitMs / 1000));
      throw new ProblemError('too-many-requests', `Try again in ${seconds} s`).after(seconds);
    });
  }
}
