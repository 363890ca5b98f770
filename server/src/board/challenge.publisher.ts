import { Inject, Injectable } from '@nestjs/common';
import { boardTopic } from '@palmares/shared/live/event';
import type { Logger } from 'pino';
import { ChallengeService } from '../challenge/challenge.service.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { LOGGER } from '../platform/platform.module.js';

/** Says that a challenge has been launched, amended, certified or cancelled. */
@Injectable()
export class ChallengePublisher {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly gateway: LiveGateway,
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    signal.on((message) => {
      if (message.kind !== 'challenge') return;
      const { organisationId, challengeId } = message;
      this.tell(organisationId, challengeId).catch((error: unknown) =>
        this.logger.error({ err: error, challengeId }, 'nobody could be told of a challenge'),
      );
    });
  }

  private async tell(organisationId: string, challengeId: string): Promise<void> {
    const organisation = `organisation:${organisationId}` as const;
    const topic = boardTopic(challengeId);
    if (!this.gateway.isWatched(topic) && !this.gateway.hasListeners(organisation)) return;
    const { status, version } = await this.challenges.view(organisationId, challengeId);
    const frame = { challengeId, status, version };
    this.gateway.emitTo(topic, 'challenge.changed', frame);
    this.gateway.emit(organisation, 'challenge.changed', frame);
  }
}
