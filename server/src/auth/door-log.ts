import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../platform/platform.module.js';
import { AuthService } from './auth.service.js';

export type DoorEvent =
  | 'signed-in'
  | 'signed-out'
  | 'password-shown'
  | 'password-wrong'
  | 'too-many-tries'
  | 'password-changed'
  | 'password-overruled'
  | 'sessions-ended';

interface DoorNote {
  address?: string | null;
  personId?: string | undefined;
  email?: string;
  sessions?: number;
}

/** What happens at the door, as lines of the log; never a secret, and no e-mail that can be read. */
@Injectable()
export class DoorLog {
  constructor(
    private readonly auth: AuthService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** An e-mail is written as a signature: the same one is recognised, and nobody can guess it. */
  async note(door: DoorEvent, { email, ...what }: DoorNote): Promise<void> {
    const seal = email === undefined ? undefined : await this.auth.seal(`log:${email}`);
    const of = seal && { email: seal.toString('hex').slice(0, 16) };
    const warns = door === 'password-wrong' || door === 'too-many-tries';
    this.logger[warns ? 'warn' : 'info']({ door, ...what, ...of }, 'at the door');
  }

  /** What should have been written down elsewhere, and could not be. */
  failed(error: unknown): void {
    this.logger.error({ err: error }, 'a wrong password could not be written down');
  }
}
