import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import { DeviceService } from './device.service.js';
import * as store from './throttle.store.js';
import type { Bucket } from './throttle.store.js';
import type { Visitor } from './visitor.js';

/** Ten tries at once for an e-mail from one place, then one every minute and a half. */
const BY_PAIR = { holds: 10, leakMs: 90_000 };
/** For an e-mail from wherever: a hundred at once, then two a minute. */
const BY_EMAIL = { holds: 100, leakMs: 30_000 };
/** A whole office may sit behind one address. */
const BY_ADDRESS = { holds: 50, leakMs: 10_000 };
/** A customer of a provider may have thousands of networks; a proxy, everybody behind it. */
const BY_WIDE = { holds: 500, leakMs: 1_000 };

/** The groups of an IPv6 address; undefined for any other. */
function groupsOf(address: string): number[] | undefined {
  if (!isIPv6(address) || /^::ffff:[\d.]+$/i.test(address)) return undefined;
  const groups = (part = '') =>
    part.split(':').flatMap((group) => (group ? [Number.parseInt(group, 16)] : []));
  const [before, after] = address.split('::').map(groups);
  const zeros = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  return [...(before ?? []), ...Array<number>(zeros).fill(0), ...(after ?? [])];
}

/** The place that somebody comes from, and the wider one that has many such places. */
function placesOf({ address, claimed }: Visitor): { near: string; wide?: string } {
  if (claimed !== undefined) return { near: `${address}|${claimed}`, wide: address };
  const groups = groupsOf(address);
  if (!groups) return { near: address.replace(/^::ffff:/i, '') };
  return { near: groups.slice(0, 4).join(':'), wide: `${groups.slice(0, 3).join(':')}/48` };
}

/** Slows down whoever guesses passwords, whichever process they ask. */
@Injectable()
export class ThrottleService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly devices: DeviceService,
  ) {}

  /**
   * Counts one try; what it answers takes it back, for a try that was right. A browser in which
   * this e-mail has signed in before is counted by itself: no guesser elsewhere can keep its owner
   * out. Problems: `too-many-requests`.
   */
  async attempt(email: string, visitor: Visitor): Promise<() => Promise<void>> {
    const poured: Bucket[] = [];
    for (const bucket of await this.bucketsOf(email, visitor)) {
      const seconds = await this.pour(bucket);
      if (seconds !== undefined) {
        // A try that was not let in counts nowhere.
        await this.takeBack(poured);
        throw new ProblemError('too-many-requests', `Try again in ${seconds} s`).after(seconds);
      }
      poured.push(bucket);
    }
    return async () => {
      await this.takeBack(poured);
      await this.database.read((tx) => store.sweepThrottles(tx, this.clock.now()));
    };
  }

  private async bucketsOf(email: string, visitor: Visitor): Promise<Bucket[]> {
    const device = await this.devices.known(visitor.device, email);
    if (device !== undefined) return [bucket(`device ${device} ${email}`, BY_PAIR)];
    const { near, wide } = placesOf(visitor);
    return [
      bucket(`pair ${near} ${email}`, BY_PAIR),
      bucket(`address ${near}`, BY_ADDRESS),
      ...(wide === undefined ? [] : [bucket(`wide ${wide}`, BY_WIDE)]),
      bucket(`email ${email}`, BY_EMAIL),
    ];
  }

  /** In how many seconds there is room again; undefined where there was. */
  private async pour(bucket: Bucket): Promise<number | undefined> {
    const now = this.clock.now();
    return this.database.read(async (tx) => {
      if (await store.pour(tx, bucket, now)) return undefined;
      const waitMs = (await store.roomAt(tx, bucket)).getTime() - now.getTime();
      return Math.max(1, Math.ceil(waitMs / 1000));
    });
  }

  private async takeBack(buckets: readonly Bucket[]): Promise<void> {
    if (buckets.length === 0) return;
    await this.database.read(async (tx) => {
      for (const one of buckets) await store.takeBack(tx, one);
    });
  }
}

const bucket = (subject: string, size: Omit<Bucket, 'subject'>): Bucket => ({
  subject: digestId(subject),
  ...size,
});
